// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import org.agrona.MutableDirectBuffer;

/** Gives the messages of one session in their order, each with its time. One thread. */
public interface MessageSource {
    /**
     * Writes the next message, at most {@link OrderFlow#MAX_MESSAGE_LENGTH} bytes.
     *
     * @return its length, or 0 when the session has no more
     */
    int next(MutableDirectBuffer buffer, int offset);

    /** When the last message is sent, ns since midnight Eastern. */
    long timeNs();

    /** True when the next message says more of the last one's event: alone that is half of it. */
    default boolean isMidEvent() {
        return false;
    }
}
