// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.journal.Journal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Finds the epoch that a directory stands for: itself, or the newest one below it. */
public final class EpochDirectory {
    private EpochDirectory() {
    }

    /** The directory of an epoch that this build can read, given it or the root that holds it. */
    public static Path resolve(Path directory) {
        Path epoch = find(directory);
        Journal.refuseUnknown(epoch);
        return epoch;
    }

    private static Path find(Path directory) {
        if (Journal.exists(directory)) {
            return directory;
        }
        List<LocalDate> dates = Journal.list(directory);
        if (dates.isEmpty()) {
            throw new UsageException("there is no journal in " + directory
                + "; give the directory of an epoch, or the root with one folder per trading date");
        }
        return Journal.directory(directory, dates.get(dates.size() - 1));
    }
}
