// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * What a journal asks of the file system it is on, in place of the real one: whether there is space
 * left, and pages ahead of its appends. A rehearsal fills such a disk when it likes.
 */
public interface Disk {
    /** Bytes that are left. Any thread. */
    long usableBytes();

    /**
     * Writes where a file is to have pages. A thread that appends.
     *
     * @return number of bytes, fewer than there are when space is left for no more
     * @throws IOException when there is no space at all
     */
    int write(FileChannel file, ByteBuffer bytes, long position) throws IOException;
}
