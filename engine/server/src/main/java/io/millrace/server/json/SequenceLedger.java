// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import org.agrona.DirectBuffer;

/**
 * Notices which numbers of a MoldUDP64 session never came by. The session is its ten bytes as they
 * are. One thread.
 */
final class SequenceLedger {
    private static final int SESSION_LENGTH = 10;

    private long sessionHead;
    private int sessionTail;
    private long expected;
    private boolean hasSession;

    void clear() {
        hasSession = false;
    }

    void onPacket(DirectBuffer buffer, int sessionOffset, long sequence, int count,
        WireSummary summary) {
        long head = buffer.getLong(sessionOffset);
        int tail = buffer.getShort(sessionOffset + SESSION_LENGTH - Short.BYTES);
        if (!hasSession || head != sessionHead || tail != sessionTail) {
            hasSession = true;
            sessionHead = head;
            sessionTail = tail;
            expected = sequence;
        }
        if (sequence > expected) {
            summary.gaps++;
            summary.missing += sequence - expected;
        }
        expected = Math.max(expected, sequence + count);
    }
}
