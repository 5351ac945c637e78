// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A BinaryFILE of messages, each behind its two-byte length, mapped and cut into chunks of an equal
 * number of messages, so that every contender reads the same bytes from the same memory. Immutable.
 */
public final class MessageFile {
    /** Bytes of the length in front of each message. */
    public static final int LENGTH_BYTES = 2;

    private static final int LONGEST_RECORD = LENGTH_BYTES + 0xFFFF;

    private final List<ByteBuffer> chunks = new ArrayList<>();
    private final List<MappedByteBuffer> mappings = new ArrayList<>();
    private final int chunkMessages;

    /**
     * Maps a file and touches all of it.
     *
     * @param chunkMessages messages in each chunk; a shorter rest at the end of the file is left
     *     out
     */
    public MessageFile(Path path, int chunkMessages) {
        this.chunkMessages = chunkMessages;
        try (FileChannel channel = FileChannel.open(path)) {
            long offset = 0;
            ByteBuffer chunk = next(channel, offset);
            while (chunk != null) {
                chunks.add(chunk);
                offset += chunk.capacity();
                chunk = next(channel, offset);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keepWarm();
    }

    /** Number of chunks. */
    public int chunkCount() {
        return chunks.size();
    }

    /** Messages in each chunk. */
    public int chunkMessages() {
        return chunkMessages;
    }

    /** The index-th chunk, from 0: big-endian, whole records from its first byte to its last. */
    public ByteBuffer chunk(int index) {
        return chunks.get(index).duplicate();
    }

    /** Touches the whole file, so that it is in memory. */
    public void keepWarm() {
        mappings.forEach(MappedByteBuffer::load);
    }

    private ByteBuffer next(FileChannel channel, long offset) throws IOException {
        long left = channel.size() - offset;
        long most = Math.min(left, (long) chunkMessages * LONGEST_RECORD);
        MappedByteBuffer rest =
            channel.map(MapMode.READ_ONLY, offset, Math.min(most, Integer.MAX_VALUE));
        int length = 0;
        for (int i = 0; i < chunkMessages; i++) {
            boolean isEnd = length + LENGTH_BYTES > rest.capacity();
            int record = isEnd ? 0 : rest.getShort(length) & 0xFFFF;
            if (record == 0 || length + LENGTH_BYTES + record > rest.capacity()) {
                return null;
            }
            length += LENGTH_BYTES + record;
        }
        MappedByteBuffer mapping = channel.map(MapMode.READ_ONLY, offset, length);
        mappings.add(mapping);
        return mapping;
    }
}
