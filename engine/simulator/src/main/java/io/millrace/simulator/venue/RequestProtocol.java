// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** How a session protocol asks again and is answered. Owned by the venue's thread. */
interface RequestProtocol {
    /** Bytes of the longest request. */
    int maxRequestLength();

    /** Takes a request; says why it is not answered, or null when it is. */
    RequestCount refusal(DirectBuffer request, int length);

    /** Builds the next reply to the request taken last; returns its length, or 0 for no more. */
    int nextReply(MutableDirectBuffer reply, int maxLength);

    /** Messages asked for by the request taken last. */
    long wanted();

    /** Messages in its replies so far. */
    long answered();
}
