// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import org.agrona.DirectBuffer;

/** Takes the bytes of one connection. The buffer is valid only during the call. */
@FunctionalInterface
public interface StreamHandler {
    /** Answer to bytes that cannot be right, behind which no packet can be found any more. */
    int REFUSED = -1;

    /**
     * Takes as many whole packets as there are, from the first byte on; what it does not take is
     * shown again, with what came since.
     *
     * @param receiveTimeNs ns since the Unix epoch at which the last of the bytes were read
     * @return bytes taken, or {@link #REFUSED}
     */
    int onStream(DirectBuffer buffer, int offset, int length, long receiveTimeNs);
}
