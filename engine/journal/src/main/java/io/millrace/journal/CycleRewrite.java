// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.millrace.journal.ExcerptWalker.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * Writes a queue's file anew, document by document, in a directory beside it, and puts it in its
 * place as a whole: for a queue whose library remembers places that are not there. Control thread;
 * no engine may write the queue meanwhile.
 */
final class CycleRewrite {
    private static final String SUFFIX = ".part";
    private static final String METADATA_FILE = "metadata.cq4t";

    private CycleRewrite() {
    }

    /** @throws JournalException when something before the file's end is no whole document */
    static void rewrite(Path file) {
        Path queueDirectory = file.toAbsolutePath().getParent();
        Path part = queueDirectory.resolveSibling(queueDirectory.getFileName() + SUFFIX);
        LocalDate date = LocalDate.parse(queueDirectory.getParent().getFileName().toString());
        try {
            delete(part);
            Files.createDirectories(part);
            JournalContext context = new JournalContext().minimumFreeMb(0).conclude();
            try (CycleAppender target = new CycleAppender(part, JournalQueue.INBOUND, date,
                context)) {
                copy(file, target);
                target.force();
            }
            replace(part, queueDirectory, file.getFileName());
            delete(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + " anew", e);
        }
    }

    /** Puts a queue's only file, written elsewhere, in its place. */
    static void replace(Path part, Path queueDirectory, Path name) throws IOException {
        Files.move(part.resolve(name), queueDirectory.resolve(name), ATOMIC_MOVE,
            REPLACE_EXISTING);
        Files.move(part.resolve(METADATA_FILE), queueDirectory.resolve(METADATA_FILE), ATOMIC_MOVE,
            REPLACE_EXISTING);
    }

    private static void copy(Path path, CycleAppender target) {
        try (CycleWindow file = new CycleWindow(path)) {
            ExcerptWalker walker = new ExcerptWalker(file, true);
            Step step = walker.step();
            while (step == Step.EXCERPT || step == Step.HEAD || step == Step.STRUCTURE) {
                if (step != Step.STRUCTURE) {
                    append(walker, target);
                }
                walker.advance();
                step = walker.step();
            }
            if (step != Step.END || walker.resync(walker.position(), Long.MAX_VALUE)) {
                throw new JournalException(path + " is damaged at " + walker.position()
                    + ", so that it cannot be written anew");
            }
        }
    }

    private static void append(ExcerptWalker walker, CycleAppender target) {
        if (!target.hasSpace()) {
            throw new JournalException("no space to write a queue's file anew");
        }
        target.buffer().putBytes(0, walker.file().buffer(),
            walker.runOffset() - ExcerptDescriptor.RUN_OFFSET, walker.length());
        target.append(walker.length(), walker.count(), walker.firstSequence());
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(directory);
    }
}
