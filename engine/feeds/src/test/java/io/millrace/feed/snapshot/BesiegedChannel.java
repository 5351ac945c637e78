// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.ScriptedConnection;
import io.millrace.instrument.Venue;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A channel that goes on while the server of its snapshots talks nonsense, and heals as soon as one
 * answer is right. Each live message is its own number.
 */
public final class BesiegedChannel {
    /** First byte of the messages of snapshots; live ones begin with the high byte of a number. */
    public static final byte MARK = (byte) 0xEE;

    private static final long LATER_NS = 60_000_000_000L;
    private static final int POLLS = 5;
    private static final int HOLE = 3;
    private static final int HOLD_BYTES = 1 << 20;
    private static final int MESSAGES = 1_000;
    private static final int MAX_DRAINS = 1_000;

    private final FeedCounters counters = new FeedCounters();
    private final EventLog log;
    private final ScriptedConnection connection;
    private final SnapshotGate gate;
    private long next = 1;
    private long lost;
    private long lastDelivered;
    private long delivered;
    private long answers;
    private long sieges;
    private long nowNs = 1;

    /** @param source on the connection, not started */
    public BesiegedChannel(EventLog log, ScriptedConnection connection, SnapshotSource source) {
        this.log = log;
        this.connection = connection;
        gate = new SnapshotGate(log.publisher(), new FeedChannel(Venue.SIMA, 1, 0), counters,
            new Messages(), source, new SnapshotContext(HOLD_BYTES, SnapshotContext.MAX_ATTEMPTS,
                MESSAGES));
    }

    /** Number of the live message that comes next. */
    public long next() {
        return next;
    }

    /** Messages are lost, so that a snapshot is asked for. */
    public void begin() {
        gate.onGivenUp(next, next + HOLE);
        next += HOLE;
        lost += HOLE;
        sieges++;
        gate.onTime(nowNs);
    }

    /** The server's answer, behind which it ends; the channel goes on meanwhile. */
    public void answer(byte[] bytes) {
        answers++;
        connection.write(bytes);
        connection.end();
        for (int i = 0; i < POLLS; i++) {
            live();
            gate.onTime(nowNs);
        }
        connection.sent().clear();
        log.count();
        nowNs += LATER_NS;
        gate.onTime(nowNs);
    }

    /** Asserts that the last answer healed the channel, which goes on from there. */
    public void assertHealed() {
        for (int i = 0; i < MAX_DRAINS && gate.state() == SnapshotState.DRAINING; i++) {
            gate.onTime(nowNs);
            log.count();
        }
        assertEquals(SnapshotState.PASSING, gate.state(), gate.counters().toString());
        assertEquals(sieges, gate.counters().ended());
        live();
        assertEquals(next - 1, lastDelivered);
    }

    /** Asserts that every message and every answer is accounted for; returns the counts. */
    public String assertAccounted() {
        SnapshotCounters snapshots = gate.counters();
        gate.close();
        long ended = snapshots.failed() + snapshots.abandoned() + snapshots.tooOld()
            + snapshots.ended();
        assertEquals(List.of(next - 1, answers, answers, 0L, 0L), List.of(
            delivered + lost + snapshots.superseded(), snapshots.asked(), ended,
            snapshots.givenUp(), counters.missing()), snapshots.toString());
        return String.format("%,d answers, %,d live messages, %,d delivered; %s", answers,
            next - 1 - lost, delivered, snapshots);
    }

    private void live() {
        UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);
        message.putLong(0, next, BIG_ENDIAN);
        gate.onMessage(message, 0, Long.BYTES, next++, nowNs);
    }

    /** Live messages come in order, each once; those of snapshots are marked. */
    private final class Messages implements MessageHandler {
        @Override
        public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                              long receiveTimeNs) {
            if (buffer.getByte(offset) == MARK) {
                return;
            }
            long number = buffer.getLong(offset, BIG_ENDIAN);
            assertEquals(channelSequence, number);
            assertTrue(number > lastDelivered, () -> number + " behind " + lastDelivered);
            lastDelivered = number;
            delivered++;
        }

        @Override
        public void onSessionChanged() {
            throw new AssertionError("no session changed");
        }
    }
}
