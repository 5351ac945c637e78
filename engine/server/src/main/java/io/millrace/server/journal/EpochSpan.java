// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalSummary;
import io.millrace.journal.JournalSummary.QueueSummary;
import io.millrace.server.verb.Times;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Says of a time whether an epoch covers it, and which other epochs there are. One thread. */
final class EpochSpan {
    private static final int MOST_NAMED = 5;

    private final Path epoch;
    private final QueueSummary inbound;

    EpochSpan(Path epoch) {
        this.epoch = epoch;
        inbound = JournalSummary.of(epoch).queues().get(0);
    }

    /** Why a time is outside of the epoch; null when it is within. */
    String problem(long timeNs) {
        if (inbound.last() == 0) {
            return epoch + " holds no event yet";
        }
        if (timeNs >= inbound.firstTimeNs() && timeNs <= inbound.lastTimeNs()) {
            return null;
        }
        return "--at " + Times.text(timeNs)
            + (timeNs < inbound.firstTimeNs() ? " is before " : " is behind ") + epoch
            + ", which goes from " + Times.text(inbound.firstTimeNs()) + " to "
            + Times.text(inbound.lastTimeNs()) + others();
    }

    private String others() {
        Path root = epoch.toAbsolutePath().getParent();
        List<LocalDate> dates = Journal.list(root).stream()
            .filter(date -> !Journal.directory(root, date).equals(epoch.toAbsolutePath())).toList();
        return dates.isEmpty() ? "" : "; beside it: "
            + dates.subList(Math.max(0, dates.size() - MOST_NAMED), dates.size()).stream()
                .map(date -> Journal.directory(root, date).toString())
                .collect(Collectors.joining(", "));
    }
}
