// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

/**
 * The file of one trading date. What a run before has left there stays, up to its last whole block;
 * what a crash cut is taken off. A write that fails leaves the file as it was. Owned by the
 * recorder's thread.
 */
final class RecordingFile implements AutoCloseable {
    private static final int WORDS_LENGTH = 8;

    private final Path path;
    private final FileChannel channel;
    private final DiskSpace space;
    private final ByteBuffer words = ByteBuffer.allocate(WORDS_LENGTH).order(LITTLE_ENDIAN);
    private final long cutLength;
    private long length;

    private RecordingFile(Path path, FileChannel channel, DiskSpace space)
        throws IOException {
        this.path = path;
        this.channel = channel;
        this.space = space;
        long size = channel.size();
        length = wholeLength(size);
        cutLength = size - length;
        channel.truncate(length);
        channel.position(length);
    }

    /** Opens the file of a date, or makes it. */
    static RecordingFile open(Path path, DiskSpace space) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE,
            StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new RecordingFile(path, channel, space);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Name of the file of a date. */
    static Path path(Path directory, LocalDate date) {
        return directory.resolve(date + ".pcapng");
    }

    /** Bytes that are free for us where a file lies. */
    static long usableLength(Path path) {
        return path.toFile().getUsableSpace();
    }

    Path path() {
        return path;
    }

    /** Bytes that an earlier run had begun and not ended. */
    long cutLength() {
        return cutLength;
    }

    /** True when so many bytes fit and leave others free. */
    boolean hasSpace(long count, long minimumFreeLength) throws IOException {
        return space.freeLength() - count >= minimumFreeLength;
    }

    /** Appends all of it, or nothing. */
    void append(ByteBuffer blocks, long minimumFreeLength) throws IOException {
        if (!hasSpace(blocks.remaining(), minimumFreeLength)) {
            throw new IOException("the disk of " + path + " has less than "
                + (minimumFreeLength >> 20) + " MB free");
        }
        try {
            while (blocks.hasRemaining()) {
                channel.write(blocks);
            }
            length = channel.position();
        } catch (IOException failure) {
            channel.truncate(length);
            channel.position(length);
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(true);
        }
    }

    /** End of the last whole block. */
    private long wholeLength(long size) throws IOException {
        if (size >= PcapNgBlocks.FRAME_LENGTH) {
            long last = read(size - Integer.BYTES, Integer.BYTES).getInt(0);
            if (isLength(last) && last <= size && blockLength(size - last, size) == last) {
                return size;
            }
        }
        if (size >= WORDS_LENGTH && read(0, WORDS_LENGTH).getInt(0) != PcapNgBlocks.SECTION) {
            throw new IOException(path + " is no recording; move it away");
        }
        long position = 0;
        for (long next; (next = blockLength(position, size)) > 0;) {
            position += next;
        }
        return position;
    }

    /** Length of the whole block at a position, or 0. */
    private long blockLength(long position, long size) throws IOException {
        if (size - position < PcapNgBlocks.FRAME_LENGTH) {
            return 0;
        }
        read(position, WORDS_LENGTH);
        long total = words.getInt(Integer.BYTES);
        return PcapNgBlocks.isType(words.getInt(0)) && isLength(total) && total <= size - position
            && read(position + total - Integer.BYTES, Integer.BYTES).getInt(0) == total ? total : 0;
    }

    private static boolean isLength(long total) {
        return total >= PcapNgBlocks.FRAME_LENGTH && (total & 3) == 0;
    }

    private ByteBuffer read(long position, int count) throws IOException {
        words.clear().limit(count);
        while (words.hasRemaining()) {
            if (channel.read(words, position + words.position()) < 0) {
                throw new IOException(path + " became shorter while it was read");
            }
        }
        return words;
    }
}
