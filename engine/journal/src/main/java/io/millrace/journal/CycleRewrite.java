// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.journal.ExcerptWalker.Step;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Writes a queue's only file anew, document by document: for a queue whose library remembers places
 * that are not there. Control thread; no engine may write the queue meanwhile.
 */
final class CycleRewrite {
    private CycleRewrite() {
    }

    /**
     * A file without any whole document stays as it is: its queue is begun anew.
     *
     * @throws JournalException when something before the file's end is no whole document
     */
    static void rewrite(Path epochDirectory, JournalQueue queue, Path file) {
        rewrite(epochDirectory, queue, file, Long.MAX_VALUE);
    }

    /** The same with what stands before a document, whose byte offset is given. */
    static void rewrite(Path epochDirectory, JournalQueue queue, Path file, long end) {
        LocalDate date = Journal.head(epochDirectory).tradingDate();
        try (QueuePart target = new QueuePart(epochDirectory, queue, date,
            new JournalContext().minimumFreeMb(0).conclude())) {
            if (copy(file, target, end) > 0) {
                target.replace();
            }
        }
    }

    private static int copy(Path path, QueuePart target, long end) {
        int count = 0;
        try (CycleWindow file = new CycleWindow(path)) {
            ExcerptWalker walker = new ExcerptWalker(file, true);
            Step step = walker.step();
            while (walker.position() < end
                && (step == Step.EXCERPT || step == Step.HEAD || step == Step.STRUCTURE)) {
                if (step != Step.STRUCTURE) {
                    target.append(walker);
                    count++;
                }
                walker.advance();
                step = walker.step();
            }
            if (walker.position() == end) {
                return count;
            }
            if (step != Step.END || walker.resync(walker.position(), Long.MAX_VALUE)) {
                throw new JournalException(path + " is damaged at " + walker.position()
                    + ", so that it cannot be written anew");
            }
        }
        return count;
    }
}
