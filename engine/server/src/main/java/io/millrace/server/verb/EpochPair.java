// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.journal.Journal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Two epochs to be compared, of one trading date where there is a choice.
 *
 * @param first  directory of an epoch, null when that side does not have the date
 * @param second the same of the other side
 */
public record EpochPair(Path first, Path second) {
    /**
     * The pairs that two directories stand for: epochs are a pair; of a root the date of the other
     * side is taken; of two roots all dates, unless they have none in common.
     */
    public static List<EpochPair> of(Path first, Path second) {
        if (Journal.exists(first) || Journal.exists(second)) {
            return List.of(new EpochPair(ofDate(first, second), ofDate(second, first)));
        }
        List<LocalDate> ofFirst = Journal.list(first);
        List<LocalDate> ofSecond = Journal.list(second);
        if (ofFirst.stream().noneMatch(ofSecond::contains)) {
            return List.of(
                new EpochPair(EpochDirectory.resolve(first), EpochDirectory.resolve(second)));
        }
        TreeSet<LocalDate> dates = new TreeSet<>(ofFirst);
        dates.addAll(ofSecond);
        List<EpochPair> pairs = new ArrayList<>();
        dates.forEach(date -> pairs.add(new EpochPair(
            ofFirst.contains(date) ? epoch(first, date) : null,
            ofSecond.contains(date) ? epoch(second, date) : null)));
        return pairs;
    }

    /** True when both sides have the date. */
    public boolean isWhole() {
        return first != null && second != null;
    }

    private static Path ofDate(Path directory, Path other) {
        if (!Journal.exists(directory) && other.getFileName() != null) {
            for (LocalDate date : Journal.list(directory)) {
                if (date.toString().equals(other.getFileName().toString())) {
                    return epoch(directory, date);
                }
            }
        }
        return EpochDirectory.resolve(directory);
    }

    private static Path epoch(Path root, LocalDate date) {
        return EpochDirectory.resolve(Journal.directory(root, date));
    }
}
