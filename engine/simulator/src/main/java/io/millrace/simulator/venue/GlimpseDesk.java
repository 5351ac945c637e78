// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import java.util.function.LongSupplier;

/**
 * The day once more, a little behind the venue: it follows what was sent, and stands still while
 * one connection reads a snapshot from it. So a snapshot is one moment's truth, and the venue never
 * waits for it. Owned by the thread of the GLIMPSE server.
 */
final class GlimpseDesk {
    private static final int DATAGRAMS_PER_TURN = 64;

    private final VenueDay twin;
    private final LongSupplier messagesSent;
    private final SnapshotCursor cursor;
    private final byte[] sessionName = new byte[SessionState.NAME_LENGTH];
    private final String firstSession;
    private Object reader;

    /** @param messagesSent what the venue has sent, in all sessions */
    GlimpseDesk(VenueContext context, LongSupplier messagesSent) {
        this.messagesSent = messagesSent;
        firstSession = context.session();
        twin = VenueDay.twin(context, messagesSent);
        cursor = twin.flow().newSnapshot();
        SessionState.putName(firstSession, sessionName);
    }

    /** Follows the venue unless a snapshot is being read; returns the datagrams it went on by. */
    int follow() {
        int count = 0;
        while (reader == null && count < DATAGRAMS_PER_TURN && isBehind() && advance()) {
            count++;
        }
        return count;
    }

    /**
     * Begins a snapshot that has the effect of everything that was sent up to a moment; false when
     * that is not possible yet.
     */
    boolean begin(Object newReader, long sentBefore) {
        boolean isReady = reader == null && twin.flow().messages() >= sentBefore
            && !twin.flow().isTellingSnapshot();
        if (isReady) {
            reader = newReader;
            cursor.begin();
        }
        return isReady;
    }

    /** Ends a snapshot, whether it was read to its end or not. */
    void end(Object oldReader) {
        reader = reader == oldReader ? null : reader;
    }

    SnapshotCursor cursor() {
        return cursor;
    }

    /** Number of the first message of the live session that the snapshot does not contain. */
    long nextSequence() {
        return twin.flow().sessionMessages() + 1;
    }

    long messagesSent() {
        return messagesSent.getAsLong();
    }

    /** The live session's name, padded with spaces. */
    byte[] session() {
        return sessionName;
    }

    private boolean isBehind() {
        return twin.flow().messages() < messagesSent.getAsLong()
            || twin.flow().isTellingSnapshot();
    }

    private boolean advance() {
        if (twin.next()) {
            return true;
        }
        if (!twin.beginNextSession()) {
            return false;
        }
        SessionState.putName(SessionState.nameOf(firstSession, twin.flow().session()), sessionName);
        return true;
    }
}
