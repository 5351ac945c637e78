// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.journal.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The disk of a rehearsal, which is full when the seed wants it: then a journal's file grows by
 * what is left and no more. What is written goes to a real file. One thread.
 */
final class RehearsedDisk implements Disk {
    static final String NO_SPACE = "the rehearsed disk has no space left";

    private static final long ROOMY_BYTES = 1L << 40;

    private long usableBytes = ROOMY_BYTES;
    private boolean isFull;
    private boolean wasFull;

    /** Somebody else takes all but a few bytes. */
    void fill(long leftBytes) {
        isFull = true;
        wasFull = true;
        usableBytes = leftBytes;
    }

    /** There is space again. */
    void clear() {
        isFull = false;
        usableBytes = ROOMY_BYTES;
    }

    boolean isFull() {
        return isFull;
    }

    /** True when it was full at any time. */
    boolean wasFull() {
        return wasFull;
    }

    @Override
    public long usableBytes() {
        return usableBytes;
    }

    @Override
    public int write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        if (usableBytes == 0) {
            throw new IOException(NO_SPACE);
        }
        bytes.limit(bytes.position() + (int) Math.min(bytes.remaining(), usableBytes));
        int count = file.write(bytes, position);
        usableBytes -= count;
        return count;
    }
}
