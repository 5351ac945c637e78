// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.feed.transport.PacketHandler;
import org.agrona.DirectBuffer;

/** A session protocol: takes packets in any order, hands messages on in sequence. */
public interface FeedSession extends PacketHandler {
    /** Greatest number of events that a packet can become, asked before it is taken. */
    int eventLimit(DirectBuffer buffer, int offset, int length);
}
