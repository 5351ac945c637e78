// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.MAX_BLOCK_LENGTH;
import static io.millrace.event.EventDescriptor.COMMON_LENGTH;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;

/**
 * Bytes of an excerpt: a run of events behind 16 bytes that tell and guard them. All fields are
 * little-endian. The check covers everything behind itself. An excerpt without events is a part of
 * the head.
 *
 * <pre>
 *  +0       +4       +8              +16                    +16+8+blockLength
 *  | crc32c | count  | firstSequence | header + block       | header + block       | ...
 *  | u32    | u32    | i64           | of firstSequence     | of firstSequence + 1 |
 * </pre>
 */
final class ExcerptDescriptor {
    static final int CRC_OFFSET = 0;
    static final int COUNT_OFFSET = 4;
    static final int FIRST_SEQUENCE_OFFSET = 8;
    static final int RUN_OFFSET = 16;

    /** Longest excerpt. */
    static final int MAX_LENGTH = 1 << 16;
    /** Most events in an excerpt. */
    static final int MAX_EVENTS = 1024;
    /** Bytes of the shortest event, header and block. */
    static final int MIN_EVENT_LENGTH = HEADER_LENGTH + COMMON_LENGTH + MEASUREMENT_LENGTH;
    /** Bytes of the longest event, header and block. */
    static final int MAX_EVENT_LENGTH = HEADER_LENGTH + MAX_BLOCK_LENGTH;

    private ExcerptDescriptor() {
    }

    /** True when so many events can have so many bytes, head of the excerpt included. */
    static boolean isPossible(int count, int length) {
        int runLength = length - RUN_OFFSET;
        return count >= 1 && count <= MAX_EVENTS && length <= MAX_LENGTH && (length & 7) == 0
            && runLength >= count * MIN_EVENT_LENGTH && runLength <= count * MAX_EVENT_LENGTH;
    }
}
