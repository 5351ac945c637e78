// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.feed.SessionStart;

/** The next expected number of one session; numbers are unsigned. Used by one thread. */
final class MoldUdp64Sequence {
    private final SessionStart start;
    private long sessionHigh;
    private int sessionLow;
    private long expected;
    private boolean isKnown;

    MoldUdp64Sequence(SessionStart start) {
        this.start = start;
    }

    boolean isKnown() {
        return isKnown;
    }

    long sessionHigh() {
        return sessionHigh;
    }

    int sessionLow() {
        return sessionLow;
    }

    boolean isOf(MoldUdp64Packet packet) {
        return packet.sessionHigh() == sessionHigh && packet.sessionLow() == sessionLow;
    }

    void adopt(MoldUdp64Packet packet) {
        sessionHigh = packet.sessionHigh();
        sessionLow = packet.sessionLow();
        expected(start == SessionStart.FIRST_MESSAGE ? 1 : firstOf(packet));
        isKnown = true;
    }

    long expected() {
        return expected;
    }

    /** Goes on from a number. */
    void expected(long next) {
        expected = next;
    }

    /** True when messages are missing between the expected number and this one. */
    boolean isBefore(long sequence) {
        return Long.compareUnsigned(expected, sequence) < 0;
    }

    /** Blocks at the start of a packet that came before, all of them at most. */
    int seen(long sequence, int count) {
        long behind = expected - sequence;
        return Long.compareUnsigned(behind, count) < 0 ? (int) behind : count;
    }

    private static long firstOf(MoldUdp64Packet packet) {
        return packet.sequence() == 0 ? 1 : packet.sequence();
    }
}
