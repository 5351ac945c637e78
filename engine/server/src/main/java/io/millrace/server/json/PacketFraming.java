// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import org.agrona.DirectBuffer;

/**
 * What the packets of a session protocol say of themselves: points at one packet at a time, and
 * believes all it says but the lengths. One thread.
 */
public interface PacketFraming {
    /** What a packet is. */
    enum Kind {
        /** It holds messages. */
        DATA,
        /** It tells the next sequence only. */
        HEARTBEAT,
        /** It says that the session is over. */
        SESSION_END,
        /** It is of another protocol than the one that is read. */
        FOREIGN,
        /** It has no whole header of this protocol. */
        MALFORMED
    }

    /** Points at a packet; all else is told only of one that is neither foreign nor malformed. */
    Kind wrap(DirectBuffer buffer, int offset, int length);

    /** First half of what tells the packet's session from others. */
    long sessionHigh();

    /** Second half of it. */
    long sessionLow();

    /** The session's number of the first message. */
    long sequence();

    /** True when the packet says that nothing of its session stands before it. */
    boolean isStart();

    /** When the packet was sent, ns since the Unix epoch; 0 when it does not say. */
    long sendTimeNs();

    /** Messages that the packet says to hold. */
    int count();

    /** Offset of the first block, which is a length and so many bytes of message. */
    int firstBlock();

    /** Where the last block ends at the latest. */
    int end();

    /** Bytes of a block's length. */
    int prefixLength();

    /** Bytes of the message in a block. */
    int messageLength(int block);
}
