// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;

/**
 * Zeroed off-heap memory, aligned to cache lines, that lives as long as this object. Owned by the
 * chain's thread.
 */
final class Region {
    private final ByteBuffer memory;

    Region(long bytes) {
        memory = BufferUtil.allocateDirectAligned(Math.toIntExact(bytes),
            BitUtil.CACHE_LINE_LENGTH);
    }

    long address() {
        return BufferUtil.address(memory);
    }

    long length() {
        return memory.capacity();
    }
}
