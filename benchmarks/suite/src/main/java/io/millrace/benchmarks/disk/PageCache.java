// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Brings a machine into the state of one that has been writing for a while: nearly all memory holds
 * pages of files, and a new page takes the place of an old one. A virtual machine that has much
 * free memory has given it back to its host and fetches it again page by page, which costs more
 * than all that a journal does. Used by one thread.
 */
public final class PageCache implements AutoCloseable {
    private static final int CHUNK_LENGTH = 1 << 20;
    private static final int CHUNKS_PER_LOOK = 64;
    private static final long FREE_KIB = 1 << 20;
    /** Enough for the machines that the bars are judged on; larger ones stay partly free. */
    private static final long MAX_LENGTH = 32L << 30;
    /** Runs that write less than this are too short for the difference. */
    private static final long SHORT_RUN_BYTES = 1_000_000_000L;

    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH);
    private final Path file;
    private final boolean isShortRun;

    /**
     * @param folder   a file beside it holds the old pages; all contenders of a row share it
     * @param runBytes what a run writes
     */
    public PageCache(Path folder, long runBytes) {
        file = folder.toAbsolutePath().resolveSibling("pages");
        isShortRun = runBytes < SHORT_RUN_BYTES;
    }

    /** Fills memory with old pages, all of them on disk already. */
    public void fill() {
        if (isShortRun) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                while (freeKib() > FREE_KIB && channel.position() < MAX_LENGTH) {
                    takeSome(channel);
                }
                channel.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the old pages. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what the file has, then appends. */
    private void takeSome(FileChannel channel) throws IOException {
        for (int i = 0; i < CHUNKS_PER_LOOK; i++) {
            if (channel.read(chunk.clear()) < 0) {
                channel.write(chunk.clear());
            }
        }
    }

    private static long freeKib() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/meminfo")).stream()
            .filter(text -> text.startsWith("MemFree:")).findFirst().orElse("MemFree: 0 kB");
        return Long.parseLong(line.split("\\s+")[1]);
    }
}
