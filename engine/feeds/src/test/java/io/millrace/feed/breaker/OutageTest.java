// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookView;
import io.millrace.engine.Engine;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.glimpse.ItchMarket;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.net.InetAddress;
import java.time.LocalDate;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both lines of a feed are cut while a market goes on; what its books say of themselves. */
class OutageTest {
    private static final long MS = 1_000_000L;
    private static final long TIME_NS = 1_772_800_000_000_000_000L;
    private static final int A = 1;
    private static final int B = 2;

    private final Engine engine = Engine.inline();
    private final EventPublisher inbound = engine.pipeline().inbound();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
    private final FeedCounters counters = new FeedCounters();
    private final ItchMarket market = new ItchMarket(11);
    private BreakerSession session;
    private List<MulticastReceiver> receivers;
    private FeedBreaker breaker;
    private long nowNs = 1;

    @BeforeEach
    void open() throws IOException {
        Itch50Decoder decoder = new Itch50Decoder(inbound, channel, counters,
            engine.pipeline().instruments());
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
        MoldUdp64Session packets = new MoldUdp64Session(inbound, channel, counters,
            SessionStart.FIRST_MESSAGE, new RecoveryContext().reorderWindowNs(20 * MS), List.of(),
            decoder);
        receivers = List.of(receiver("239.255.71.5"), receiver("239.255.71.6"));
        breaker = new FeedBreaker(new BreakerContext().lineSilenceNs(100 * MS)
            .openAfterNs(300 * MS).probeNs(50 * MS, 50 * MS), inbound, channel, counters,
            new MulticastFeed(2, receivers, packets, counters, failure -> {
                throw new IllegalStateException(failure);
            }));
        session = new BreakerSession(packets, counters, breaker);
        for (int i = 0; i < 200; i++) {
            trade();
        }
    }

    @AfterEach
    void close() throws IOException {
        for (MulticastReceiver receiver : receivers) {
            receiver.close();
        }
        engine.close();
    }

    @Test
    void shouldMarkTheBooksStaleWhileNothingComesAndTrustThemAfterASilenceWithoutLoss() {
        pass(299);
        assertStale(false);
        pass(1);
        assertStale(true);
        pass(2_000);
        assertTrue(breaker.counters().probes() > 3, breaker.counters().toString());
        trade();
        trade();
        assertStale(true);
        trade();
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
        assertStale(false);
    }

    @Test
    void shouldTrustTheBooksOnlyOnceTheLastMissingMessageCame() {
        pass(300);
        int first = market.messages().size() + 1;
        for (int i = 0; i < 50; i++) {
            market.trade();
        }
        int behind = market.messages().size() + 1;
        for (int i = 0; i < 5; i++) {
            trade();
        }
        assertEquals(BreakerState.HALF_OPEN, breaker.counters().state());
        assertStale(true);
        send(B, "S", first, behind - 1);
        pass(1);
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
        assertStale(false);
        assertEquals(List.of(0L, 0), List.of(counters.missing(),
            channel.flags() & EventFlag.MAYBE_BAD));
    }

    @Test
    void shouldStayStaleAndMarkedAfterALossUntilAnotherSessionBegins() {
        pass(300);
        for (int i = 0; i < 50; i++) {
            market.trade();
        }
        for (int i = 0; i < 5; i++) {
            trade();
        }
        pass(30);
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
        assertEquals(50, counters.missing());
        for (int i = 0; i < 1_000; i++) {
            trade();
        }
        assertStale(true);
        assertEquals(EventFlag.MAYBE_BAD, channel.flags());

        send(A, "T", 1, 20);
        send(B, "T", 1, 20);
        send(A, "T", 21, market.messages().size());
        pass(1);
        assertStale(false);
        assertEquals(List.of(0, 1L, market.messages().size() + 1L), List.of(channel.flags(),
            counters.sessionChanges(), session.expectedSequence()));
    }

    @Test
    void shouldOpenNeitherForOneLineNorAfterTheEndOfTheSession() {
        for (int i = 0; i < 100; i++) {
            pass(10);
            trade();
        }
        assertEquals(0, breaker.counters().opened());
        UnsafeBuffer packet = new UnsafeBuffer(new byte[64]);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("S");
        encoder.begin(packet, 0, packet.capacity(), market.messages().size() + 1).endOfSession();
        session.onPacket(A, packet, 0, encoder.length(), TIME_NS);
        pass(10_000);
        assertEquals(0, breaker.counters().opened());
        assertStale(false);
    }

    private void trade() {
        market.trade();
        int last = market.messages().size();
        send(A, "S", last == ItchMarket.SYMBOLS + 1 ? 1 : last, last);
        pass(0);
    }

    private void send(int line, String name, int from, int to) {
        MoldUdp64PacketEncoder packets = new MoldUdp64PacketEncoder(name);
        UnsafeBuffer packet = new UnsafeBuffer(new byte[1 << 16]);
        packets.begin(packet, 0, packet.capacity(), from);
        for (int i = from; i <= to; i++) {
            byte[] message = market.messages().get(i - 1);
            packets.append(new UnsafeBuffer(message), 0, message.length);
        }
        session.onPacket(line, packet, 0, packets.length(), TIME_NS + nowNs);
        engine.drain();
    }

    /** Lets time pass, with a duty cycle every millisecond. */
    private void pass(long ms) {
        for (long i = 0; i <= ms; i++) {
            nowNs += i == 0 ? 0 : MS;
            session.onTime(TIME_NS + nowNs);
            inbound.commit();
            engine.drain();
        }
    }

    private void assertStale(boolean isStale) {
        engine.drain();
        for (int locate = 1; locate <= ItchMarket.SYMBOLS; locate++) {
            BookView book = engine.pipeline().market().book(engine.pipeline().market()
                .instrumentId(ItchMarket.symbol(locate)), Venue.XNAS.id());
            assertEquals(isStale, book.isStale(), ItchMarket.symbol(locate));
            assertFalse(book.bidLevelCount() + book.askLevelCount() == 0);
        }
    }

    private static MulticastReceiver receiver(String group) throws IOException {
        return MulticastReceiver.open(InetAddress.getByName(group), 0, "127.0.0.1", 1 << 16,
            () -> TIME_NS);
    }
}
