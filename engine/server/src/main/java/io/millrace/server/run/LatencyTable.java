// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.journal.LatencyReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Percentiles of several steps side by side, in microseconds. One thread. */
public final class LatencyTable {
    /** Percentiles of a row. */
    public static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
    /** Names of the percentiles. */
    public static final String[] NAMES = {"p50", "p90", "p99", "p99.9", "p99.99", "max"};

    private static final double NS_PER_US = 1_000;

    private final Map<String, Histogram> histogramByStep = new LinkedHashMap<>();

    /** Adds a row; a step that was never measured is left out. */
    public LatencyTable add(String step, Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            histogramByStep.put(step, histogram);
        }
        return this;
    }

    /** Adds what a journal alone tells: every event carries its stamps. */
    public LatencyTable addJournal(Path epochDirectory) {
        for (LatencyReport.Stage stage
            : new LatencyReport(epochDirectory, Long.MIN_VALUE, Long.MAX_VALUE).read()) {
            add(stage.name(), stage.histogram());
        }
        return this;
    }

    /** Rows by step. */
    public Map<String, Histogram> rows() {
        return histogramByStep;
    }

    /** The table as lines of text. */
    public String text() {
        StringBuilder text =
            new StringBuilder(String.format(Locale.ROOT, "%-28s %12s", "microseconds", "count"));
        for (String name : NAMES) {
            text.append(String.format(Locale.ROOT, " %10s", name));
        }
        text.append('\n');
        histogramByStep.forEach((step, histogram) -> {
            text.append(String.format(Locale.ROOT, "%-28s %,12d", step, histogram.getTotalCount()));
            for (double percentile : PERCENTILES) {
                text.append(String.format(Locale.ROOT, " %10.1f",
                    histogram.getValueAtPercentile(percentile) / NS_PER_US));
            }
            text.append('\n');
        });
        return text.toString();
    }
}
