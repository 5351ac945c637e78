// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iexsnap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookView;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.engine.Engine;
import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.deep.DeepDecoder;
import io.millrace.feed.iex.IexMessages;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import io.millrace.feed.iextp.IexTpSession;
import io.millrace.feed.iextp.IexTpSubscription;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.snapshot.SnapshotState;
import io.millrace.feed.transport.ScriptedConnection;
import io.millrace.instrument.Venue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A market of levels goes on while a snapshot of it is asked for and read. */
class IexSnapJoinTest {
    private static final int SYMBOLS = 4;
    private static final long STEP_NS = 10_000_000L;

    private final Random random = new Random(3);
    private final Engine engine = Engine.inline();
    private final EventPublisher inbound = engine.pipeline().inbound();
    private final FeedChannel channel = new FeedChannel(Venue.IEXG, 1, 0);
    private final FeedCounters counters = new FeedCounters();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final IexSnapSource source = new IexSnapSource(new IexSnapContext("token"), connection,
        inbound, new ChainClock(inbound, 0));
    private final SnapshotGate gate = new SnapshotGate(inbound, channel, counters,
        new DeepDecoder(inbound, channel, counters, engine.pipeline().instruments()), source,
        new SnapshotContext(1 << 20, 5, 1_000_000));
    private final IexTpSession session = new IexTpSession(inbound, channel, counters,
        new IexTpSubscription(Set.of(MessageProtocol.DEEP_1_0), SessionStart.FIRST_MESSAGE),
        RecoveryContext.none().snapshots(gate), List.of(), gate);
    private final IexTpSegmentEncoder segments =
        new IexTpSegmentEncoder(MessageProtocol.DEEP_1_0, 1, SnapFrames.SESSION);
    /** Shares by side and price, of each symbol. */
    private final List<Map<String, Long>> levels = new ArrayList<>();
    private long sequence = 1;
    private long nowNs = 1;

    IexSnapJoinTest() {
        source.follow(session);
        for (int i = 0; i < SYMBOLS; i++) {
            levels.add(new TreeMap<>());
        }
    }

    @AfterEach
    void close() {
        gate.close();
        engine.close();
    }

    @Test
    void shouldHealALossThatHitTheMidstOfAnUpdate() {
        trade(200, true);
        send(change(0, 0), true);
        trade(50, false);
        trade(20, true);
        assertTrue(book(0).isStale());
        assertEquals(SnapshotState.HOLDING, gate.state());
        byte[] answer = SnapFrames.snapshot(sequence - 1, snapshot());
        trade(30, true);
        connection.write(answer);
        trade(5, true);
        assertEquals(SnapshotState.PASSING, gate.state(), gate.counters().toString());
        assertBooks();
        trade(100, true);
        assertBooks();
        assertEquals(List.of(1L, 0L, 50L), List.of(gate.counters().ended(),
            gate.counters().failed(), counters.missing()));
    }

    @Test
    void shouldAskAgainWhenTheFirstAnswersAreCutOrTooOld() {
        trade(100, true);
        trade(10, false);
        trade(5, true);
        connection.write(SnapFrames.error('R'));
        trade(40, true);
        byte[] answer = SnapFrames.snapshot(sequence - 1, snapshot());
        connection.write(Arrays.copyOf(answer, answer.length / 2));
        connection.end();
        trade(60, true);
        connection.write(SnapFrames.snapshot(sequence - 1, snapshot()));
        trade(5, true);
        assertEquals(List.of(1L, 2L), List.of(gate.counters().ended(), gate.counters().failed()),
            gate.counters().toString());
        assertBooks();
    }

    /** Changes that complete their update, one to a segment. */
    private void trade(int count, boolean isSent) {
        for (int i = 0; i < count; i++) {
            send(change(random.nextInt(SYMBOLS), 1), isSent);
        }
    }

    private void send(byte[] message, boolean isSent) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[200]);
        segments.begin(target, 0, 200, sequence, (sequence - 1) * 32);
        segments.append(new UnsafeBuffer(message), 0, message.length);
        sequence++;
        if (isSent) {
            session.onPacket(target, 0, segments.length(), IexMessages.TIME_NS);
        }
        nowNs += STEP_NS;
        gate.onTime(nowNs);
        inbound.commit();
        engine.drain();
    }

    private byte[] change(int symbol, int flags) {
        boolean isBuy = random.nextBoolean();
        long price = 1_000_000 + 100L * random.nextInt(20) + (isBuy ? 0 : 10_000);
        long shares = random.nextInt(3) * 100L;
        String key = (isBuy ? "bid " : "ask ") + price;
        if (shares == 0) {
            levels.get(symbol).remove(key);
        } else {
            levels.get(symbol).put(key, shares);
        }
        return IexMessages.of(symbol(symbol), isBuy ? IexMessages.buyUpdate(flags, price, shares)
            : IexMessages.sellUpdate(flags, price, shares));
    }

    /** All that the venue has, in frames. */
    private List<byte[]> snapshot() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < SYMBOLS; i++) {
            String symbol = symbol(i);
            frames.add(SnapFrames.data(1, IexMessages.of(symbol,
                IexMessages.securityDirectory(0, 1))));
            levels.get(i).forEach((key, shares) -> {
                long price = Long.parseLong(key.substring(4));
                frames.add(SnapFrames.data(2, IexMessages.of(symbol, key.startsWith("bid")
                    ? IexMessages.buyUpdate(0, price, shares)
                    : IexMessages.sellUpdate(0, price, shares))));
            });
        }
        return frames;
    }

    private void assertBooks() {
        for (int i = 0; i < SYMBOLS; i++) {
            Map<String, Long> shown = new TreeMap<>();
            BookView book = book(i);
            for (int k = 0; k < book.bidLevelCount(); k++) {
                shown.put("bid " + book.bidPrice(k) / 100_000, book.bidSize(k) / 1_000_000);
            }
            for (int k = 0; k < book.askLevelCount(); k++) {
                shown.put("ask " + book.askPrice(k) / 100_000, book.askSize(k) / 1_000_000);
            }
            assertEquals(levels.get(i), shown, symbol(i));
            assertTrue(book.isWhole(), symbol(i));
            assertFalse(book.isStale(), symbol(i));
        }
    }

    private BookView book(int symbol) {
        return engine.pipeline().market().book(
            engine.pipeline().market().instrumentId(symbol(symbol)), Venue.IEXG.id());
    }

    private static String symbol(int index) {
        return "SYM" + index;
    }
}
