// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import io.millrace.codec.event.LineState;
import io.millrace.counter.Counters;
import io.millrace.edge.status.EngineSource;
import io.millrace.edge.status.EngineState;
import io.millrace.edge.status.HoleStatus;
import io.millrace.edge.status.JournalReading;
import io.millrace.edge.status.StageTimes;
import io.millrace.edge.status.StatusLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.status.CountersReader;

/** Real counters that a test sets, and a journal that says what the test wants. */
public final class PretendedEngine implements EngineSource, JournalReading {
    public static final String FEED = "SIMA-1";

    private final Counters counters = Counters.inMemory();
    private final Map<String, LineState> lines = new HashMap<>();
    private final Map<String, LineState> breakers = new HashMap<>();
    private final List<HoleStatus> holes = new ArrayList<>();
    private final Histogram times = new Histogram(0xFFFF_FFFFL, 3);

    /** An engine that runs, with one feed of two lines, both rings and a journal. */
    public static PretendedEngine running() {
        PretendedEngine engine = new PretendedEngine();
        engine.set(StatusLabels.ENGINE_STATE, EngineState.RUNNING.ordinal());
        engine.set(StatusLabels.ENGINE_SIMULATED, 1);
        engine.set(StatusLabels.CHAIN_EVENTS, 1_000);
        for (String direction : List.of("inbound", "outbound")) {
            engine.set(StatusLabels.ring(direction, "capacity"), 1_024);
            engine.set(StatusLabels.ring(direction, "used"), 64);
            engine.set(StatusLabels.ring(direction, "high-water"), 512);
            engine.set("journal." + direction + ".sequence", 1_000);
            engine.set("journal." + direction + ".state", 0);
        }
        engine.set(StatusLabels.feed(FEED, "messages"), 900);
        engine.line("A", 100, 700);
        engine.line("B", 90, 200);
        engine.set("book.refused.unknown-order", 3);
        engine.set("something.new", 7);
        return engine;
    }

    public PretendedEngine set(String label, long value) {
        counters.counter(label).set(value);
        return this;
    }

    public PretendedEngine line(String name, long packets, long won) {
        set(StatusLabels.line(FEED, name, "packets"), packets);
        set(StatusLabels.line(FEED, name, "won"), won);
        set(StatusLabels.line(FEED, name, "leads"), 4);
        return set(StatusLabels.line(FEED, name, "lead-ns"), 6_000);
    }

    public PretendedEngine tell(String line, LineState state) {
        lines.put(FEED + '.' + line, state);
        return this;
    }

    public PretendedEngine tellBreaker(LineState state) {
        breakers.put(FEED, state);
        return this;
    }

    public PretendedEngine error(String text) {
        counters.onError(new IllegalStateException(text));
        return this;
    }

    public PretendedEngine took(long ns) {
        times.recordValue(ns);
        return this;
    }

    public PretendedEngine hole(HoleStatus hole) {
        holes.add(hole);
        return this;
    }

    @Override
    public CountersReader counters() {
        return counters.manager();
    }

    @Override
    public int forEachError(ErrorConsumer consumer) {
        return counters.forEachError(consumer);
    }

    @Override
    public String queueState(long state) {
        return state == 0 ? "appending" : "disk full";
    }

    @Override
    public JournalReading journal() {
        return this;
    }

    @Override
    public List<StageTimes> takeStages() {
        return List.of(StageTimes.of("inbound ring", times, times));
    }

    @Override
    public List<HoleStatus> holes() {
        return holes;
    }

    @Override
    public Map<String, LineState> lines() {
        return lines;
    }

    @Override
    public Map<String, LineState> breakers() {
        return breakers;
    }

    @Override
    public long sequence(String queue) {
        return 990;
    }
}
