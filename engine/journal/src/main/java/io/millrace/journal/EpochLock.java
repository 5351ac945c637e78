// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * The right to write one epoch, held by one process at a time: a lock of the operating system on
 * {@code <epoch>/writer.lock}, which holds the process's number. It ends with the process however
 * that ends, so that a file that was left lying means nothing. Control thread.
 */
public final class EpochLock implements AutoCloseable {
    /** Name of the file in an epoch's directory. */
    public static final String FILE_NAME = "writer.lock";

    private static final int LONGEST_PID = 20;

    private final Path epochDirectory;
    private final FileChannel channel;
    private final FileLock lock;

    private EpochLock(Path epochDirectory, FileChannel channel, FileLock lock) {
        this.epochDirectory = epochDirectory;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock; makes the directory when it is not there.
     *
     * @throws JournalException naming the process that holds it
     */
    public static EpochLock take(Path epochDirectory) {
        Path file = epochDirectory.resolve(FILE_NAME);
        FileChannel channel = null;
        try {
            Files.createDirectories(epochDirectory);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                throw new JournalException(epochDirectory + " is written by process " + holder
                    + "; stop that one, or name another --journal.directory or trading date");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid())
                .getBytes(StandardCharsets.US_ASCII)), 0);
            return new EpochLock(epochDirectory, channel, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /** Process that writes an epoch, as far as it tells its number, or null when none does. */
    public static String holder(Path epochDirectory) {
        Path file = epochDirectory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ,
                 StandardOpenOption.WRITE);
             FileLock lock = tryLock(channel)) {
            return lock == null ? read(channel) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.isEmpty() ? "unknown" : pid;
    }

    /** Removes everything of the epoch but the lock. */
    public void clear() {
        try (Stream<Path> entries = Files.list(epochDirectory)) {
            entries.filter(entry -> !entry.endsWith(FILE_NAME))
                .forEach(entry -> IoUtil.delete(entry.toFile(), false));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + epochDirectory, e);
        }
    }

    /** Gives the lock back; the file stays. */
    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give the lock of an epoch back", e);
        }
    }
}
