// SPDX-License-Identifier: Apache-2.0
package io.millrace.book.side;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Zeroed off-heap memory, aligned to cache lines, that lives as long as this object. Owned by the
 * chain's thread.
 */
public final class Region {
    private final ByteBuffer memory;

    /**
     * @param bytes length, below 2 GiB
     * @throws IllegalStateException when the process may not have so much
     */
    public Region(long bytes) {
        try {
            memory = BufferUtil.allocateDirectAligned(Math.toIntExact(bytes),
                BitUtil.CACHE_LINE_LENGTH);
        } catch (OutOfMemoryError error) {
            throw new IllegalStateException("no " + (bytes >> 20) + " MB off-heap for the books: "
                + "lower engine.max-orders or raise -XX:MaxDirectMemorySize", error);
        }
    }

    /** Makes every byte zero again. */
    public void clear() {
        UnsafeApi.setMemory(address(), length(), (byte) 0);
    }

    /** Address of the first byte. */
    public long address() {
        return BufferUtil.address(memory);
    }

    /** Bytes of the region. */
    public long length() {
        return memory.capacity();
    }
}
