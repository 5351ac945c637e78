// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import io.millrace.bridge.Position;
import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * What the name of a file tells.
 *
 * @param table of its rows
 * @param group of their symbols
 * @param epoch trading date
 * @param queue of the journal
 * @param from  first sequence of its batch
 * @param to    last sequence of its batch
 */
record PartName(String table, String group, LocalDate epoch, JournalQueue queue, long from,
                long to) {
    private static final String DATE_FOLDER = "trading_date=";
    private static final Pattern OURS = Pattern.compile(
        "part-\\d{4}-\\d\\d-\\d\\d-(inbound|outbound)-\\d{12,}-\\d{12,}\\.parquet(\\.part)?");

    static PartName of(String table, String group, JournalQueue queue, Position from,
        Position to) {
        return new PartName(table, group, to.epoch(), queue, from.sequence(queue) + 1,
            to.sequence(queue));
    }

    /** Below the root, as the manifest names it; in the order of the sequences. */
    String path() {
        return String.format("%s/part-%s-%s-%012d-%012d.parquet", folder(table, epoch, group),
            epoch, queue.label(), from, to);
    }

    /** Folder of a group's files below the root. */
    static String folder(String table, LocalDate epoch, String group) {
        return table + '/' + folder(epoch) + "/symbol_group=" + group;
    }

    /** Name of a date's folder in each table. */
    static String folder(LocalDate epoch) {
        return DATE_FOLDER + epoch;
    }

    /** The date of a folder in a table, or null when it is of another kind. */
    static LocalDate date(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches(DATE_FOLDER + "\\d{4}-\\d\\d-\\d\\d")
            ? LocalDate.parse(name.substring(DATE_FOLDER.length())) : null;
    }

    /** True for a file that a bridge made, whole or not. */
    static boolean isOurs(Path file) {
        return OURS.matcher(file.getFileName().toString()).matches();
    }
}
