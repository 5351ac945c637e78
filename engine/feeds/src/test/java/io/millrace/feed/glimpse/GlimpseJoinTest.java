// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.glimpse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookView;
import io.millrace.engine.Engine;
import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.feed.snapshot.SnapshotCounters;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.snapshot.SnapshotState;
import io.millrace.feed.soupbintcp.SoupBinTcpContext;
import io.millrace.feed.soupbintcp.SoupBinTcpCredentials;
import io.millrace.feed.soupbintcp.SoupBinTcpServer;
import io.millrace.feed.soupbintcp.SoupBinTcpSession;
import io.millrace.feed.transport.TcpReceiver;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A market goes on while a snapshot of it is read over a loopback socket; the books must be those
 * of one who heard everything.
 */
class GlimpseJoinTest {
    private static final int PATIENCE = 2_000_000;
    private static final long TIME_NS = 1_772_800_000_000_000_000L;

    private final Engine engine = Engine.inline();
    private final EventPublisher inbound = engine.pipeline().inbound();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
    private final FeedCounters counters = new FeedCounters();
    private final ChainClock chainClock = new ChainClock(inbound, 0);
    private final ItchMarket market = new ItchMarket(3);
    private SoupBinTcpServer spins;
    private SnapshotGate gate;
    private long nowNs = 1;

    @BeforeEach
    void open() throws IOException {
        spins = new SoupBinTcpServer();
        spins.onLogin(() -> {
            spins.messages().clear();
            market.snapshot().forEach(spins::message);
        });
        gate = new SnapshotGate(inbound, channel, counters, decoder(engine, channel, counters),
            new GlimpseSource(context(), new TcpReceiver(spins.address(), 1 << 16, () -> TIME_NS),
                inbound, chainClock), new SnapshotContext(1 << 20, 5, 1_000_000));
    }

    @AfterEach
    void close() throws IOException {
        gate.close();
        spins.close();
        engine.close();
    }

    @Test
    void shouldJoinASoupBinTcpSessionInItsMidst() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            market.trade();
        }
        try (SoupBinTcpServer live = new SoupBinTcpServer()) {
            market.messages().forEach(live::message);
            SoupBinTcpSession session = new SoupBinTcpSession(context().startSequence(0),
                new TcpReceiver(live.address(), 1 << 16, () -> TIME_NS),
                new SoupBinTcpSession.Parts(inbound, chainClock, channel, counters, gate, gate));
            spins.slice(200);
            int[] steps = {0};
            await(() -> gate.counters().ended() == 1 && gate.state() == SnapshotState.PASSING,
                () -> {
                    poll(live);
                    session.onTime(nowNs);
                    if (!live.logins().isEmpty() && steps[0]++ % 3 == 0) {
                        live.message(market.trade());
                    }
                });
            live.message(market.trade());
            await(() -> session.expectedSequence() == market.messages().size() + 1, () -> {
                poll(live);
                session.onTime(nowNs);
            });
            assertTrue(gate.counters().held() > 20, gate.counters().toString());
            assertBooksOfTheWholeFlow();
            session.close();
        }
        assertAccounted();
    }

    @Test
    void shouldHealALossOnMulticastThoughTheFirstSnapshotsAreCutOff() throws IOException {
        MoldUdp64Session session = multicast();
        deliver(session, 1, market.messages().size());
        for (int i = 0; i < 2_000; i++) {
            market.trade();
            deliver(session, market.messages().size(), market.messages().size());
        }
        for (int i = 0; i < 40; i++) {
            market.trade();
        }
        spins.slice(300).cutAfter(1_500);
        await(() -> gate.counters().ended() == 1 && gate.state() == SnapshotState.PASSING,
            () -> {
                if (gate.counters().failed() == 2) {
                    spins.cutAfter(Long.MAX_VALUE);
                }
                market.trade();
                deliver(session, market.messages().size(), market.messages().size());
            });
        assertEquals(List.of(3L, 2L, 1L), List.of(gate.counters().begun(),
            gate.counters().failed(), gate.counters().ended()), gate.counters().toString());
        assertBooksOfTheWholeFlow();
        assertEquals(40, counters.missing());
        assertAccounted();
    }

    @Test
    void shouldKeepTheBooksStaleWhileNoSnapshotCanBeHad() throws IOException {
        MoldUdp64Session session = multicast();
        deliver(session, 1, market.messages().size());
        for (int i = 0; i < 100; i++) {
            market.trade();
            deliver(session, market.messages().size(), market.messages().size());
        }
        assertFalse(book(engine, 1).isStale());
        spins.cutAfter(400);
        market.trade();
        await(() -> gate.counters().givenUp() == 1 && gate.state() == SnapshotState.PASSING,
            () -> {
                market.trade();
                deliver(session, market.messages().size(), market.messages().size());
            });
        engine.drain();
        for (int locate = 1; locate <= ItchMarket.SYMBOLS; locate++) {
            assertTrue(book(engine, locate).isStale());
        }
        assertEquals(5, gate.counters().failed());
        assertAccounted();
    }

    private void await(BooleanSupplier condition, Runnable step) throws IOException {
        boolean holds = false;
        for (int i = 0; i < PATIENCE && !holds; i++) {
            nowNs += 10_000;
            step.run();
            gate.onTime(nowNs);
            spins.poll();
            engine.drain();
            holds = condition.getAsBoolean();
        }
        assertTrue(holds, () -> gate.state() + " " + gate.counters());
    }

    /** Without anybody to ask: a hole is given up at once, to the snapshots. */
    private MoldUdp64Session multicast() {
        return new MoldUdp64Session(inbound, channel, counters, SessionStart.FIRST_MESSAGE,
            RecoveryContext.none().snapshots(gate), List.of(), gate);
    }

    private void deliver(MoldUdp64Session session, int from, int to) {
        MoldUdp64PacketEncoder packets = new MoldUdp64PacketEncoder("S");
        UnsafeBuffer packet = new UnsafeBuffer(new byte[1400]);
        packets.begin(packet, 0, packet.capacity(), from);
        for (int i = from; i <= to; i++) {
            byte[] message = market.messages().get(i - 1);
            packets.append(new UnsafeBuffer(message), 0, message.length);
        }
        session.onPacket(packet, 0, packets.length(), TIME_NS);
        engine.drain();
    }

    /** Every live message was delivered, is contained in a snapshot, or is missing. */
    private void assertAccounted() {
        gate.close();
        SnapshotCounters snapshots = gate.counters();
        long live = counters.messages() - snapshots.snapshotMessages();
        assertEquals(market.messages().size(),
            live + snapshots.superseded() + counters.missing(), counters + " " + snapshots);
        assertTrue(counters.isBalanced());
    }

    private void assertBooksOfTheWholeFlow() {
        engine.drain();
        Engine whole = Engine.inline();
        Itch50Decoder decoder = decoder(whole, new FeedChannel(Venue.XNAS, 1, 0),
            new FeedCounters());
        long sequence = 1;
        for (byte[] message : market.messages()) {
            decoder.onMessage(new UnsafeBuffer(message), 0, message.length, sequence++, TIME_NS);
            whole.drain();
        }
        for (int locate = 1; locate <= ItchMarket.SYMBOLS; locate++) {
            List<String> expected = lines(book(whole, locate));
            assertTrue(expected.size() > 2, "locate " + locate);
            assertEquals(expected, lines(book(engine, locate)), ItchMarket.symbol(locate));
            assertFalse(book(engine, locate).isStale(), ItchMarket.symbol(locate));
        }
        whole.close();
    }

    private static BookView book(Engine of, int locate) {
        return of.pipeline().market().book(
            of.pipeline().market().instrumentId(ItchMarket.symbol(locate)), Venue.XNAS.id());
    }

    private static List<String> lines(BookView book) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < book.bidLevelCount(); i++) {
            lines.add("bid " + book.bidPrice(i) + " " + book.bidSize(i));
            book.forEachBidOrder(i, (id, size) -> lines.add(id + " " + size));
        }
        for (int i = 0; i < book.askLevelCount(); i++) {
            lines.add("ask " + book.askPrice(i) + " " + book.askSize(i));
            book.forEachAskOrder(i, (id, size) -> lines.add(id + " " + size));
        }
        return lines;
    }

    private static Itch50Decoder decoder(Engine of, FeedChannel channel, FeedCounters counters) {
        Itch50Decoder decoder = new Itch50Decoder(of.pipeline().inbound(), channel, counters,
            of.pipeline().instruments());
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
        return decoder;
    }

    private static SoupBinTcpContext context() {
        return new SoupBinTcpContext().retryNs(1_000_000, 2_000_000)
            .credentials(new SoupBinTcpCredentials("USER", "PASS"));
    }

    private static void poll(SoupBinTcpServer server) {
        try {
            server.poll();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
