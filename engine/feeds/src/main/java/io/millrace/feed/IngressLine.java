// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.feed.transport.PacketReceiver;

/**
 * One line of a feed and the session that its datagrams belong to; the lines of one channel share
 * the session.
 *
 * @param number of the line within its channel, from 1
 */
public record IngressLine(int number, PacketReceiver receiver, FeedSession session,
                          FeedCounters counters) {
    /** Checks the number. */
    public IngressLine {
        if (number < 1 || number > LineScorecard.MAX_LINES) {
            throw new IllegalArgumentException("line " + number + " is not within 1 to "
                + LineScorecard.MAX_LINES);
        }
    }

    /** The first line of a channel. */
    public IngressLine(PacketReceiver receiver, FeedSession session, FeedCounters counters) {
        this(1, receiver, session, counters);
    }
}
