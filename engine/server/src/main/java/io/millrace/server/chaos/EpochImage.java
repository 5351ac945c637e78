// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.journal.JournalQueue;
import io.millrace.simulator.SeededRandom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of an epoch as a kill leaves them: what the process had written, and nothing that a
 * close would still have done. A power loss takes some of their end as well. One thread.
 */
final class EpochImage {
    /** Zeros stand at least so far behind the last append, and nothing else. */
    private static final long MARGIN = 1 << 20;
    private static final String QUEUE_SUFFIX = ".cq4";

    private EpochImage() {
    }

    /**
     * Copies an epoch.
     *
     * @param written bytes of the longest queue; what is behind them is zero
     */
    static void copy(Path from, Path to, long written) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    copyFile(path, target, written + MARGIN);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory and all that is in it. */
    static void delete(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last bytes of a queue before a position never reached the disk, or only some of them. */
    static void tear(Path epoch, JournalQueue queue, long position, SeededRandom random) {
        long torn = Math.min(position / 2, 1 + random.below(1 << 4 + random.below(12)));
        try (Stream<Path> files = Files.list(queue.directory(epoch))) {
            List<Path> queueFiles =
                files.filter(file -> file.toString().endsWith(QUEUE_SUFFIX)).toList();
            for (Path file : queueFiles) {
                tear(file, position - torn, (int) torn, random);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tear(Path file, long position, int length, SeededRandom random)
        throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int garbage = random.oneIn(2) ? 0 : random.below(Math.min(length, 64));
        for (int i = 0; i < garbage; i++) {
            bytes.put(i, (byte) random.below(256));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (random.oneIn(4)) {
                channel.truncate(position);
            } else {
                channel.write(bytes, position);
            }
        }
    }

    private static void copyFile(Path from, Path to, long limit) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
             FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW,
                 StandardOpenOption.WRITE)) {
            long size = source.size();
            long copied = 0;
            long wanted = Math.min(size, limit);
            while (copied < wanted) {
                copied += source.transferTo(copied, wanted - copied, target);
            }
            if (size > wanted) {
                target.write(ByteBuffer.allocate(1), size - 1);
            }
        }
    }
}
