// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import org.agrona.DirectBuffer;

/** Takes the messages that only one of the venue's protocols has. */
@FunctionalInterface
public interface OwnMessages {
    /**
     * Hands one message on; returns {@link IexDispatcher#DISPATCHED}, or the reason why not:
     * {@link IexDispatcher#UNKNOWN_TYPE} when the protocol has no such message of its own.
     */
    int dispatch(DirectBuffer buffer, int offset, int length);
}
