// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import org.agrona.DirectBuffer;

/**
 * Takes every message of a capture file together with its place in the file. The buffer is valid
 * during the call.
 */
@FunctionalInterface
public interface CaptureMessageHandler {
    /**
     * Called once per message as it stands on the wire, repeated ones too.
     *
     * @param frame    number of the frame in the file, from 1; of the message when the file holds
     *                 no packets
     * @param index    place of the message within its packet, from 0
     * @param sequence the session's number of the message; its place in the file when that has no
     *                 numbers
     * @param timeNs   capture time of the frame, UNDEFINED when the file tells none
     */
    void onMessage(DirectBuffer buffer, int offset, int length, long frame, int index,
                   long sequence, long timeNs);
}
