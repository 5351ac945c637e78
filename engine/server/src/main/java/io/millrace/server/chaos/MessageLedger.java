// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What became of every message of one channel's session, as the inbound ring tells it: delivered
 * once and in order, lost, or contained in a snapshot; and every hole opened once and closed once,
 * part by part. One thread.
 */
final class MessageLedger {
    private static final byte OPENED = 1;
    private static final byte CLOSED = 2;
    private static final byte DELIVERED = 4;
    private static final byte LOST = 8;
    private static final byte REPLACED = 16;

    private final String channel;
    private final Verdict verdict;
    private final boolean isExact;
    private final BitSet handed;
    private byte[] states = new byte[1 << 12];
    private long position = 1;
    private long end = 1;
    private long lostNow;
    private boolean isInSnapshot;
    private boolean isOver;
    private long delivered;
    private long lost;
    private long replaced;

    /**
     * @param handed  numbers of messages that the decoder got
     * @param isExact whether every message comes as it was sent, none without a byte
     */
    MessageLedger(String channel, Verdict verdict, BitSet handed, boolean isExact) {
        this.handed = handed;
        this.channel = channel;
        this.verdict = verdict;
        this.isExact = isExact;
    }

    /** An event of a live message. */
    void onDelivered(long sequence) {
        if (sequence == position - 1 && is(sequence, DELIVERED)) {
            return;
        }
        verdict.holds("message-delivered-once-in-order", sequence >= position,
            channel + " from " + position + " on", sequence);
        verdict.holds("session-ends-once", !isOver, channel + " of another session", sequence);
        skipTo(sequence);
        deliver(sequence);
        position = sequence + 1;
    }

    void onGap(GapDecoder gap) {
        long from = gap.fromSequence();
        long to = gap.toSequence();
        verdict.holds("hole-has-length", from > 0 && from < to, channel + " more than " + from,
            to);
        for (long sequence = from; sequence < to; sequence++) {
            if (gap.state() == GapState.OPEN) {
                open(sequence);
            } else if (gap.state() == GapState.LOST) {
                lose(sequence);
            } else if (gap.cure() == GapCure.SNAPSHOT) {
                replace(sequence);
            } else {
                heal(sequence);
            }
        }
    }

    void onSnapshotBegun() {
        isInSnapshot = true;
    }

    /**
     * What came before its number is in the snapshot. Before another session begins, one that was
     * not read to its end is told to end with that session's first number.
     */
    void onSnapshotEnded(long next) {
        if (next == 1 && position > 1) {
            isInSnapshot = false;
            isOver = true;
            return;
        }
        verdict.holds("snapshot-goes-on", next >= position, channel + " from " + position + " on",
            next);
        isInSnapshot = false;
        for (long sequence = position; sequence < next; sequence++) {
            if (!is(sequence, LOST) && !is(sequence, REPLACED)) {
                set(sequence, REPLACED);
                replaced++;
            }
        }
        position = Math.max(position, next);
    }

    /** What came and was held back is gone with the process: it is missing once more. */
    void onRestart() {
        for (long sequence = position; sequence < end; sequence++) {
            if (is(sequence, CLOSED) && !is(sequence, DELIVERED) && !is(sequence, LOST)
                && !is(sequence, REPLACED)) {
                states[(int) sequence] = 0;
            }
        }
    }

    /** Number that comes next. */
    long position() {
        return position;
    }

    boolean isInSnapshot() {
        return isInSnapshot;
    }

    /** True when nothing is lost that no snapshot stands for. */
    boolean isWhole() {
        return lostNow == 0 && !isInSnapshot;
    }

    /** Nothing more comes of this session: every hole is closed, every message accounted for. */
    void finish() {
        for (long sequence = 1; sequence < end; sequence++) {
            if (is(sequence, OPENED) && !is(sequence, CLOSED)) {
                verdict.fail("hole-closed-once", channel + " " + sequence + " closed", "open");
            }
        }
        skipTo(Math.max(position, end));
        verdict.equal("delivered-and-lost-is-sent", position - 1, delivered + lost + replaced);
    }

    private void skipTo(long sequence) {
        for (long skipped = position; skipped < sequence; skipped++) {
            if (is(skipped, LOST) || is(skipped, REPLACED)) {
                continue;
            }
            if (isExact && !handed.get((int) skipped)) {
                verdict.fail("delivered-and-lost-is-sent",
                    channel + " " + skipped + " delivered or lost", "neither");
            }
            deliver(skipped);
        }
        position = Math.max(position, sequence);
    }

    private void deliver(long sequence) {
        if (is(sequence, DELIVERED) || is(sequence, LOST) || is(sequence, REPLACED)) {
            verdict.fail("message-delivered-once-in-order", channel + " " + sequence + " once",
                "delivered, lost or replaced before");
        }
        set(sequence, DELIVERED);
        delivered++;
    }

    private void open(long sequence) {
        if (is(sequence, OPENED) || is(sequence, DELIVERED)) {
            verdict.fail("hole-opened-once", channel + " " + sequence + " missing once",
                "opened or delivered before");
        }
        set(sequence, OPENED);
    }

    private void heal(long sequence) {
        if (!is(sequence, OPENED) || is(sequence, CLOSED)) {
            verdict.fail("hole-closed-once", channel + " " + sequence + " open",
                "healed when it was not");
        }
        set(sequence, CLOSED);
    }

    private void lose(long sequence) {
        if (is(sequence, LOST) || is(sequence, DELIVERED)) {
            verdict.fail("hole-closed-once", channel + " " + sequence + " missing",
                "lost when it was lost or delivered before");
        }
        set(sequence, LOST);
        set(sequence, CLOSED);
        lost++;
        lostNow++;
    }

    private void replace(long sequence) {
        boolean wasLost = is(sequence, LOST);
        if (is(sequence, DELIVERED) || !wasLost && (!is(sequence, OPENED) || is(sequence, CLOSED))
            || wasLost && is(sequence, REPLACED)) {
            verdict.fail("hole-closed-once", channel + " " + sequence + " missing",
                "healed by a snapshot when it was not");
        }
        lostNow -= wasLost ? 1 : 0;
        replaced += wasLost || is(sequence, REPLACED) ? 0 : 1;
        set(sequence, CLOSED);
        set(sequence, REPLACED);
    }

    private boolean is(long sequence, byte state) {
        return sequence < states.length && (states[(int) sequence] & state) != 0;
    }

    private void set(long sequence, byte state) {
        while (sequence >= states.length) {
            states = Arrays.copyOf(states, 2 * states.length);
        }
        states[(int) sequence] |= state;
        end = Math.max(end, sequence + 1);
    }
}
