// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import org.agrona.DirectBuffer;

/**
 * Takes one venue message at a time, freed of its framing. The buffer is valid only during the
 * call.
 */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Called once per message, in the order of the channel.
     *
     * @param channelSequence the venue's number of the message; in a file without numbers its
     *                        place, from 1
     * @param receiveTimeNs   ns since the Unix epoch at which it was received, or UNDEFINED when
     *                        not known
     */
    void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                   long receiveTimeNs);

    /**
     * Called when the channel began a new sequence space: whatever was learnt from the old one is
     * void.
     */
    default void onSessionChanged() {
    }
}
