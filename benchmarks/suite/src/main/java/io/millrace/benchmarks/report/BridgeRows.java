// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import static io.millrace.benchmarks.report.Bar.atLeast;
import static io.millrace.benchmarks.report.Bar.shown;
import static io.millrace.benchmarks.report.Bar.told;

import io.millrace.benchmarks.bridge.BareContender;
import io.millrace.benchmarks.bridge.BridgeContender;
import io.millrace.benchmarks.bridge.LagContender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the bridges: each beside its client library alone, and its lag. Immutable. */
final class BridgeRows {
    static final List<String> IDS =
        List.of("bridge-kafka", "bridge-clickhouse", "bridge-redis", "bridge-parquet");

    private static final String RATE = ".eventsPerSecond";
    private static final double LEAST = 0.9;
    private static final int BATCH = 16_384;
    /** Each security once in each queue. */
    private static final int REDIS_BATCH = 2_000;
    private static final int LAG_RATE = 30_000;
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    private final ReportSize size;
    private final Workplace workplace;

    BridgeRows(ReportSize size, Workplace workplace) {
        this.size = size;
        this.workplace = workplace;
    }

    /** A row by its name. */
    Row row(String id) {
        if (!IDS.contains(id)) {
            throw new IllegalArgumentException("row " + id);
        }
        String sink = id.substring(id.indexOf('-') + 1);
        int batch = sink.equals("redis") ? REDIS_BATCH : BATCH;
        Map<String, String> options = new TreeMap<>(Map.of("sink", sink, "core", "-1",
            "events", String.valueOf(size.bridgeEvents()), "batch", String.valueOf(batch),
            "rate", String.valueOf(LAG_RATE),
            "seconds", String.valueOf(Math.max(1, size.lineSeconds() / 2)),
            "folder", workplace.scratch().resolve(id).toString()));
        options.put("address", sink.equals("parquet") ? "" : workplace.address(sink));
        Contestant ours = Contestant.of("millrace", BridgeContender.class, options).heap(HEAP);
        Contestant bare = Contestant.of("bare", BareContender.class, options).heap(HEAP);
        Contestant lag = Contestant.of("lag", LagContender.class, options).heap(HEAP);
        return new Row(id, "a journal to " + sink + ", batches of " + batch
            + ", beside the client library alone; lag at " + LAG_RATE + " events/s", List.of(ours,
            ours.named("again"), bare, bare.named("ready").with("ready", 1), lag), bars(),
            told("same", "again" + RATE, "millrace" + RATE), List.of(), 0, size.rounds(),
            size.rounds());
    }

    private static List<Bar> bars() {
        List<Bar> bars = new ArrayList<>(List.of(
            atLeast("of the bare client", "millrace" + RATE, "bare" + RATE, LEAST, Double.NaN),
            told("of one that has everything encoded", "millrace" + RATE, "ready" + RATE),
            shown("events/s", "millrace" + RATE), shown("bare events/s", "bare" + RATE)));
        for (String quantile : List.of("P50", "P90", "P99", "P999", "Max")) {
            bars.add(shown("lag " + quantile + ", ms", "lag.lag" + quantile + "Ms"));
        }
        return bars;
    }
}
