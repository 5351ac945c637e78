// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.metric;

import static io.millrace.edge.metric.MetricFamily.Type.COUNTER;
import static io.millrace.edge.metric.MetricFamily.Type.GAUGE;
import static io.millrace.edge.metric.MetricFamily.Type.HISTOGRAM;

import io.millrace.edge.status.EngineStatus;
import io.millrace.edge.status.EngineState;
import io.millrace.edge.status.FeedStatus;
import io.millrace.edge.status.LineHealth;
import io.millrace.edge.status.LineStatus;
import io.millrace.edge.status.StageTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What `/metrics` answers: one moment of an engine as Prometheus reads it. One thread. */
public final class Metrics {
    /** Media type of the text. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NS_PER_SECOND = 1e9;
    private static final String LATENCY = "millrace_stage_latency_seconds";

    private final MetricTable table = new MetricTable();
    private final Map<String, Target> targetByLabel = new HashMap<>();
    private final String version;

    /** @param version of this build */
    public Metrics(String version) {
        this.version = version;
    }

    /**
     * The text for one moment.
     *
     * @param edge what the edge counts about itself, by name of metric
     */
    public String text(EngineStatus status, Map<String, Long> edge) {
        PrometheusText text = new PrometheusText();
        text.family(new MetricFamily("millrace_build_info", GAUGE, "This build; always 1."))
            .sample("millrace_build_info", Map.of("version", version), 1);
        text.single("millrace_engine_up", GAUGE, "1 while the engine runs.",
            status.state() == EngineState.RUNNING ? 1 : 0);
        text.single("millrace_ready", GAUGE, "1 when every condition of /readyz holds.",
            status.isReady() ? 1 : 0);
        text.single("millrace_errors_total", COUNTER, "Errors noted, equal ones included.",
            status.errors().total());
        addLines(text, status.feeds());
        addCounters(text, status.counters());
        addStages(text, status.stages());
        edge.forEach((name, value) -> text.single(name,
            name.endsWith("_total") ? COUNTER : GAUGE, "Of the edge itself.", value));
        return text.text();
    }

    private static void addLines(PrometheusText text, List<FeedStatus> feeds) {
        if (feeds.isEmpty()) {
            return;
        }
        String line = "millrace_line_up";
        text.family(new MetricFamily(line, GAUGE, "1 while packets come on the line."));
        for (FeedStatus feed : feeds) {
            for (LineStatus status : feed.lines()) {
                text.sample(line, labels("feed", feed.name(), "line", status.name()),
                    status.health() == LineHealth.UP ? 1 : 0);
            }
        }
    }

    private void addCounters(PrometheusText text, Map<String, Long> counters) {
        Map<String, List<Sample>> byFamily = new HashMap<>();
        counters.forEach((label, value) -> {
            Target target = targetByLabel.computeIfAbsent(label, this::target);
            byFamily.computeIfAbsent(target.family(), family -> new ArrayList<>())
                .add(new Sample(target, value * target.scale()));
        });
        for (MetricFamily family : table.families()) {
            add(text, family, byFamily.get(family.name()));
        }
        add(text, MetricTable.OTHERS, byFamily.get(MetricTable.OTHERS.name()));
    }

    private static void add(PrometheusText text, MetricFamily family, List<Sample> samples) {
        if (samples != null) {
            text.family(family);
            samples.forEach(sample -> text.sample(sample.target().name(),
                sample.target().labels(), sample.value()));
        }
    }

    private Target target(String label) {
        for (MetricRule rule : table.rules()) {
            Map<String, String> labels = rule.match(label);
            if (labels != null) {
                return new Target(rule.family(), rule.family() + rule.suffix(), labels,
                    rule.scale());
            }
        }
        return new Target(MetricTable.OTHERS.name(), MetricTable.OTHERS.name(),
            Map.of("label", label), 1);
    }

    private static void addStages(PrometheusText text, List<StageTimes> stages) {
        if (stages.isEmpty()) {
            return;
        }
        text.family(new MetricFamily(LATENCY, HISTOGRAM,
            "Time from receipt to a point of an event's way, from the journal."));
        for (StageTimes stage : stages) {
            for (int i = 0; i < StageTimes.BOUNDS_NS.size(); i++) {
                text.sample(LATENCY + "_bucket", labels("stage", stage.name(), "le",
                    Double.toString(StageTimes.BOUNDS_NS.get(i) / NS_PER_SECOND)),
                    stage.buckets().get(i));
            }
            text.sample(LATENCY + "_bucket", labels("stage", stage.name(), "le", "+Inf"),
                stage.count());
            Map<String, String> labels = Map.of("stage", stage.name());
            text.sample(LATENCY + "_sum", labels, stage.sumNs() / NS_PER_SECOND);
            text.sample(LATENCY + "_count", labels, stage.count());
        }
    }

    private static Map<String, String> labels(String first, String firstValue, String second,
        String secondValue) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(first, firstValue);
        labels.put(second, secondValue);
        return labels;
    }

    /** Where a counter's value goes. */
    private record Target(String family, String name, Map<String, String> labels, double scale) {
    }

    /** A value and where it goes. */
    private record Sample(Target target, double value) {
    }
}
