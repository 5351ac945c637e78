// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import org.agrona.DirectBuffer;

/**
 * A packet of messages that follow each other by number: blocks of a 16-bit length and so many
 * bytes, which fill it as it says. Checked whole before it is one. Valid during the callback.
 */
public interface NumberedPacket {
    /** Bytes of a block's length. */
    int PREFIX_LENGTH = Short.BYTES;

    /** Number of the first message, or the next one to come when there is none; unsigned. */
    long sequence();

    /** Number behind the last message; the next one to come when there is none. */
    long endSequence();

    /** Number of messages. */
    int count();

    /** The memory that holds the packet. */
    DirectBuffer buffer();

    /** Where the packet begins. */
    int offset();

    /** Bytes of the packet. */
    int length();

    /** Offset of the first block. */
    int firstBlock();

    /** Bytes of all blocks. */
    int blocksLength();
}
