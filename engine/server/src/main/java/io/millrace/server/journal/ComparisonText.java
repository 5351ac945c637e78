// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.JournalTail;
import io.millrace.journal.compare.Border;
import io.millrace.journal.compare.Comparison;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Tells how one queue of two journals compares. One thread. */
final class ComparisonText {
    private static final int MOST_BORDERS = 20;

    private final Terminal terminal;
    private final Path first;
    private final Path second;

    /** @param first directory of the epoch that is called A */
    ComparisonText(Terminal terminal, Path first, Path second) {
        this.terminal = terminal;
        this.first = first;
        this.second = second;
    }

    void print(Comparison comparison) throws IOException {
        boolean isDifferent = comparison.firstDiffering() != 0;
        terminal.print(comparison.queue().label() + ": " + comparison.equalCount()
            + " equal events" + (isDifferent ? ", then they differ\n" : "\n"));
        print("A", comparison.first());
        print("B", comparison.second());
        for (Border border : comparison.borders().stream().limit(MOST_BORDERS).toList()) {
            terminal.print("  A " + text(border.first()) + "; B " + text(border.second())
                + ": " + reason(border) + "\n");
        }
        if (comparison.borders().size() > MOST_BORDERS) {
            terminal.print("  and " + (comparison.borders().size() - MOST_BORDERS)
                + " more such places\n");
        }
        if (isDifferent) {
            print(comparison, first, comparison.first());
            print(comparison, second, comparison.second());
        }
    }

    private void print(String name, Comparison.Side side) throws IOException {
        if (side.starts().size() > 1) {
            terminal.print("  " + name + ": " + side.starts().size() + " lives, begun at "
                + side.starts().stream().map(Object::toString).collect(Collectors.joining(", "))
                + "\n");
        }
        for (var hole : side.holes()) {
            terminal.print("  " + name + ": " + hole + "\n");
        }
        if (side.leftOut() > 0) {
            terminal.print("  " + name + ": " + side.leftOut() + " derived events left out\n");
        }
    }

    private static String reason(Border border) {
        if (border.isHole()) {
            return "a hole, not compared";
        }
        return border.isFinding() ? "data that is not in both" : "a life begins or ends";
    }

    private static String text(Border.Part part) {
        return "goes on at " + part.to() + " behind " + part.count()
            + (part.count() == 1 ? " event" : " events") + " of its own, " + part.dataCount()
            + " of them data";
    }

    private void print(Comparison comparison, Path directory, Comparison.Side side)
        throws IOException {
        terminal.print(directory + ": ");
        try (JournalTail tail = JournalTail.written(directory, comparison.queue())) {
            if (side.differing() == 0 || !tail.seekSequence(side.differing()) || !tail.next()) {
                terminal.print("ends\n");
                return;
            }
            JsonLines lines = new JsonLines(terminal.out());
            new EventJson(lines).print(tail.event());
            lines.flush();
        }
    }
}
