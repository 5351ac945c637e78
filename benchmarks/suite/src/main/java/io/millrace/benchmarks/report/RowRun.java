// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import io.millrace.benchmarks.rig.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs one row: starts all contestants, compares checksums before any time counts, then lets each
 * run every round once in shuffled order. A noisy round is repeated. One thread.
 */
final class RowRun {
    private final Row row;
    private final Workplace workplace;
    private final PrintStream progress;
    private final Random order = new Random(1);
    private final List<ContestantProcess> processes = new ArrayList<>();
    private final List<Round> rounds = new ArrayList<>();

    RowRun(Row row, Workplace workplace, PrintStream progress) {
        this.row = row;
        this.workplace = workplace;
        this.progress = progress;
    }

    RowResult run() {
        progress.println("== " + row.id() + ": " + row.title());
        String before;
        String after;
        try {
            for (Contestant contestant : row.contestants()) {
                processes.add(new ContestantProcess(row.id(), contestant, workplace));
            }
            processes.forEach(ContestantProcess::prepare);
            before = checksum();
            rounds();
            after = checksum();
        } finally {
            processes.forEach(ContestantProcess::close);
        }
        return new RowResult(row, List.copyOf(rounds), List.of(before, after));
    }

    private void rounds() {
        int counted = 0;
        for (int i = 0; i < row.maxRounds() && counted < row.rounds(); i++) {
            Round round = round(i);
            counted += round.use() == Round.Use.COUNTED ? 1 : 0;
            rounds.add(round);
            progress.println(describe(round));
        }
    }

    private Round round(int index) {
        List<ContestantProcess> shuffled = new ArrayList<>(processes);
        Collections.shuffle(shuffled, order);
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (ContestantProcess process : shuffled) {
            figures.put(process.name(), process.round(index));
        }
        Round round = new Round(index, figures, Round.Use.COUNTED);
        if (index < row.warmUps()) {
            return new Round(index, figures, Round.Use.WARM_UP);
        }
        boolean isUseless = row.isRepeatable() && round.isNoisy();
        return isUseless ? new Round(index, figures, Round.Use.NOISY) : round;
    }

    /** The one checksum of all that must be alike. */
    private String checksum() {
        String first = "";
        for (ContestantProcess process : processes) {
            if (row.alike().contains(process.name())) {
                String checksum = process.checksum();
                if (!first.isEmpty() && !checksum.equals(first)) {
                    throw new IllegalStateException(row.id() + ": checksum of " + process.name()
                        + " is " + checksum + ", not " + first);
                }
                first = checksum;
            }
        }
        return first;
    }

    private String describe(Round round) {
        StringBuilder line = new StringBuilder(String.format("  round %2d %-7s hiccup %.2f%% lost "
            + "%.2f%%", round.index(), round.use(), round.hiccupPercent(), round.lostPercent()));
        for (Bar bar : row.bars()) {
            line.append(String.format("  %s %.3f", bar.name(), bar.value(round.figures())));
        }
        if (row.same() != null) {
            line.append(String.format("  A/A %.3f", row.same().value(round.figures())));
        }
        return line.toString();
    }
}
