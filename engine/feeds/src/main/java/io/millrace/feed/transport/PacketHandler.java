// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import org.agrona.DirectBuffer;

/** Takes the payload of one datagram at a time. The buffer is valid only during the call. */
@FunctionalInterface
public interface PacketHandler {
    /**
     * Called once per datagram, in the order of arrival.
     *
     * @param receiveTimeNs ns since the Unix epoch at which it was read, or UNDEFINED when not
     *                      known
     */
    void onPacket(DirectBuffer buffer, int offset, int length, long receiveTimeNs);
}
