// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Events at the end of an outbound queue whose causes the inbound queue does not hold: a power loss
 * took more of the one than of the other. They are cut off with the excerpt that the first of them
 * stands in; what has a cause is derived again. One thread; no engine may write the epoch
 * meanwhile.
 *
 * @param epochDirectory directory of the epoch
 * @param file           the outbound queue's last file
 * @param position       byte offset of the excerpt that holds the first of them
 * @param lastKept       outbound event before that excerpt, 0 when there is none
 * @param firstUncaused  the first of them
 * @param last           last outbound event
 * @param lastInbound    last event of the inbound queue, 0 when there is none
 */
public record UncausedTail(Path epochDirectory, Path file, long position, long lastKept,
    long firstUncaused, long last, long lastInbound) {

    /**
     * Looks for such events; reads only the ends of both queues when there are none.
     *
     * @return empty when the last outbound event has its cause
     */
    public static Optional<UncausedTail> find(Path epochDirectory) {
        long lastInbound = last(epochDirectory, JournalQueue.INBOUND);
        long last = last(epochDirectory, JournalQueue.OUTBOUND);
        if (last == 0 || !isUncaused(epochDirectory, last, lastInbound)) {
            return Optional.empty();
        }
        long first = 1;
        long uncaused = last;
        while (first < uncaused) {
            long middle = first + (uncaused - first) / 2;
            if (isUncaused(epochDirectory, middle, lastInbound)) {
                uncaused = middle;
            } else {
                first = middle + 1;
            }
        }
        return Optional.of(at(epochDirectory, uncaused, last, lastInbound));
    }

    private static UncausedTail at(Path epochDirectory, long uncaused, long last,
        long lastInbound) {
        Path directory = JournalQueue.OUTBOUND.directory(epochDirectory);
        try (CycleFiles files = new CycleFiles(directory, true)) {
            files.seekSequence(uncaused);
            ExcerptWalker walker = files.walker();
            ExcerptWalker.Step step = walker.step();
            while (!isOf(walker, step, uncaused)) {
                if (step == ExcerptWalker.Step.END_OF_FILE || step == ExcerptWalker.Step.END
                    || step == ExcerptWalker.Step.BROKEN) {
                    throw new JournalException(directory + " is damaged before event " + uncaused);
                }
                walker.advance();
                step = walker.step();
            }
            return new UncausedTail(epochDirectory, files.path(), walker.position(),
                walker.firstSequence() - 1, uncaused, last, lastInbound);
        }
    }

    private static boolean isOf(ExcerptWalker walker, ExcerptWalker.Step step, long sequence) {
        return step == ExcerptWalker.Step.EXCERPT && walker.firstSequence() <= sequence
            && sequence < walker.firstSequence() + walker.count();
    }

    private static long last(Path epochDirectory, JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(epochDirectory, queue)) {
            return tail.damageListener(damage -> { }).seekEnd();
        }
    }

    /** Causes never decrease along the queue. */
    private static boolean isUncaused(Path epochDirectory, long sequence, long lastInbound) {
        try (JournalTail tail = JournalTail.written(epochDirectory, JournalQueue.OUTBOUND)) {
            return tail.damageListener(damage -> { }).seekSequence(sequence) && tail.next()
                && tail.event().originSequence() > lastInbound;
        }
    }

    /**
     * Cuts them off: the queue is written anew up to there and replaced as a whole.
     *
     * @throws JournalException when something before them is damaged, or stands in another file
     */
    public void cut() {
        List<Path> files = CycleFiles.list(JournalQueue.OUTBOUND.directory(epochDirectory));
        if (files.size() != 1) {
            throw new JournalException(epochDirectory + " has " + files.size() + " outbound files,"
                + " so that none is cut");
        }
        CycleRewrite.rewrite(epochDirectory, JournalQueue.OUTBOUND, file, position);
    }

    /** What is wrong, in words. */
    @Override
    public String toString() {
        return "outbound events " + firstUncaused + " to " + last + " have causes that the inbound"
            + " queue lost, which ends with event " + lastInbound;
    }
}
