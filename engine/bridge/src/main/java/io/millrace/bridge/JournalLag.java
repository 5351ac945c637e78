// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many events stand in the journals behind a position. Of epochs that have ended the end is
 * read once, of the newest one by whoever writes it, or from its files. Bridge's thread.
 */
final class JournalLag {
    private final Path root;
    private final Set<JournalQueue> queues;
    private final BridgeContext.JournalEnd newest;
    private final Map<String, Long> ended = new HashMap<>();

    JournalLag(Path root, Set<JournalQueue> queues, BridgeContext.JournalEnd newest) {
        this.root = root;
        this.queues = queues;
        this.newest = newest;
    }

    /** @param later epochs behind the position's */
    long events(Position position, List<LocalDate> later) {
        long events = 0;
        for (JournalQueue queue : queues) {
            long lag = end(position.epoch(), queue, later.isEmpty()) - position.sequence(queue);
            for (int i = 0; i < later.size(); i++) {
                lag += end(later.get(i), queue, i == later.size() - 1);
            }
            events += Math.max(0, lag);
        }
        return events;
    }

    private long end(LocalDate epoch, JournalQueue queue, boolean isNewest) {
        if (isNewest) {
            return newest != null ? newest.sequence(queue) : end(JournalTail.following(
                Journal.directory(root, epoch), queue));
        }
        return ended.computeIfAbsent(epoch + queue.label(),
            key -> end(JournalTail.written(Journal.directory(root, epoch), queue)));
    }

    private static long end(JournalTail opened) {
        try (JournalTail tail = opened) {
            return tail.damageListener(damage -> { }).seekEnd();
        }
    }
}
