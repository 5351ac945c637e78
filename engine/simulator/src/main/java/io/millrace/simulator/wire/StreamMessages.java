// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import org.agrona.MutableDirectBuffer;

/** The messages of one connection, in order. Owned by the thread of its server. */
public interface StreamMessages {
    /** Nothing to send now. */
    int NOTHING = 0;
    /** There will be no more. */
    int ENDED = -1;
    /** What comes next is no longer kept. */
    int GONE = -2;

    /** The session, padded with spaces. */
    byte[] session();

    /**
     * Goes to where a client wants to begin.
     *
     * @param requested number of the first message wanted, 0 for the newest one
     * @return number of the first message that comes, or 0 when there is no such session
     */
    long open(boolean isActiveSession, long requested);

    /** Writes the next message; returns its length, or one of the constants. */
    int next(MutableDirectBuffer target, int offset);

    /** The connection is over. */
    void close();
}
