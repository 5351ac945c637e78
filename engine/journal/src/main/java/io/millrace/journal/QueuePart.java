// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * A queue that is written anew in a directory beside the old one, and put in its place as a whole.
 * What is not put in its place is deleted. Control thread; no engine may write the queue meanwhile.
 */
final class QueuePart implements AutoCloseable {
    private static final String SUFFIX = ".part";
    private static final String METADATA_FILE = "metadata.cq4t";

    private final Path queueDirectory;
    private final Path part;
    private final LocalDate date;
    private final CycleAppender appender;
    private boolean isOpen = true;

    /** @param context options and counters of the writer, concluded */
    QueuePart(Path epochDirectory, JournalQueue queue, LocalDate date, JournalContext context) {
        queueDirectory = queue.directory(epochDirectory);
        part = queueDirectory.resolveSibling(queueDirectory.getFileName() + SUFFIX);
        this.date = date;
        try {
            delete();
            Files.createDirectories(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part, e);
        }
        appender = new CycleAppender(part, queue, date, context,
            new DiskWatch(part, 0, 0, context.counters()));
    }

    /** Appends to the new queue. */
    CycleAppender appender() {
        return appender;
    }

    /** Appends a whole document of another queue as it stands. */
    void append(ExcerptWalker walker) {
        if (appender.room() != Room.ENOUGH) {
            throw new JournalException("there is no space to write " + queueDirectory + " anew");
        }
        appender.buffer().putBytes(0, walker.file().buffer(),
            walker.runOffset() - ExcerptDescriptor.RUN_OFFSET, walker.length());
        appender.append(walker.length(), walker.count(), walker.firstSequence());
    }

    /** Ends the new queue and lets it take the place of the old one. */
    void replace() {
        appender.force();
        closeAppender();
        Path name = CycleAppender.file(part, date).getFileName();
        try {
            Files.createDirectories(queueDirectory);
            Files.move(part.resolve(name), queueDirectory.resolve(name), ATOMIC_MOVE,
                REPLACE_EXISTING);
            Files.move(part.resolve(METADATA_FILE), queueDirectory.resolve(METADATA_FILE),
                ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot replace " + queueDirectory, e);
        }
    }

    @Override
    public void close() {
        closeAppender();
        try {
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + part, e);
        }
    }

    private void closeAppender() {
        if (isOpen) {
            isOpen = false;
            appender.close();
        }
    }

    private void delete() throws IOException {
        if (!Files.isDirectory(part)) {
            return;
        }
        try (Stream<Path> entries = Files.list(part)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(part);
    }
}
