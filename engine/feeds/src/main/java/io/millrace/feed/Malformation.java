// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

/** Why a packet or message was refused. */
public enum Malformation {
    /** The packet is shorter than its header. */
    SHORT_PACKET,
    /** The packet's blocks need more bytes than it has. */
    TRUNCATED_PACKET,
    /** The packet's header and blocks contradict each other on how long it is. */
    BAD_LENGTH,
    /** The packet is of a version of its protocol that is not known. */
    BAD_VERSION,
    /** The packet's sequence is none: 0, or beyond the last number. */
    BAD_SEQUENCE,
    /** The message is shorter than its type's fields. */
    SHORT_MESSAGE,
    /** A field holds a code that its type does not have. */
    BAD_CODE,
    /** A field names no symbol, or bytes that are no text. */
    BAD_SYMBOL,
    /** A price or size does not fit our units. */
    OVERFLOW
}
