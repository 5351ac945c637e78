// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.edge.PretendedEngine;
import io.millrace.edge.status.EngineStatus;
import io.millrace.edge.status.StatusReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final PretendedEngine engine = PretendedEngine.running()
        .set("feed.SIMA-1.breaker", 2).took(1_500).took(70_000).error("torn");

    @Test
    void shouldFollowTheGrammarWithEveryMetric() {
        ExpositionCheck text = text();

        assertEquals(List.of(), text.problems());
        assertEquals(List.of(), text.types().entrySet().stream()
            .filter(type -> type.getKey().endsWith("_total") != type.getValue().equals("counter"))
            .toList(), "counters end in _total, and nothing else does");
        assertEquals(List.of(), text.types().keySet().stream()
            .filter(name -> !name.startsWith("millrace_")).toList());
    }

    @Test
    void shouldTurnCountersIntoMetricsInBaseUnits() {
        Map<String, Double> samples = text().samples();

        assertEquals(Map.ofEntries(
            Map.entry("millrace_engine_up", 1.0),
            Map.entry("millrace_ready", 1.0),
            Map.entry("millrace_simulated", 1.0),
            Map.entry("millrace_errors_total", 1.0),
            Map.entry("millrace_circuit_state{feed=\"SIMA-1\"}", 2.0),
            Map.entry("millrace_feed_messages_total{feed=\"SIMA-1\"}", 900.0),
            Map.entry("millrace_line_up{feed=\"SIMA-1\",line=\"B\"}", 1.0),
            Map.entry("millrace_line_wins_total{feed=\"SIMA-1\",line=\"B\"}", 200.0),
            Map.entry("millrace_line_lead_seconds_sum{feed=\"SIMA-1\",line=\"A\"}", 6e-6),
            Map.entry("millrace_line_lead_seconds_count{feed=\"SIMA-1\",line=\"A\"}", 4.0),
            Map.entry("millrace_ring_high_water_events{ring=\"inbound\"}", 512.0),
            Map.entry("millrace_journal_events_total{queue=\"outbound\"}", 1_000.0),
            Map.entry("millrace_book_refused_total{reason=\"unknown-order\"}", 3.0),
            Map.entry("millrace_other{label=\"something.new\"}", 7.0),
            Map.entry("millrace_edge_connections", 5.0)), samples.entrySet().stream()
            .filter(sample -> wanted(sample.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void shouldCountLatenciesUpToTheLastBucket() {
        Map<String, Double> samples = text().samples();
        String bucket = "millrace_stage_latency_seconds_bucket{stage=\"inbound ring\",le=\"";

        assertEquals(0, samples.get(bucket + "1.0E-6\"}"));
        assertEquals(1, samples.get(bucket + "2.0E-6\"}"));
        assertEquals(2, samples.get(bucket + "1.0E-4\"}"));
        assertEquals(2, samples.get(bucket + "+Inf\"}"));
        assertEquals(2,
            samples.get("millrace_stage_latency_seconds_count{stage=\"inbound ring\"}"));
        assertEquals(71_500e-9,
            samples.get("millrace_stage_latency_seconds_sum{stage=\"inbound ring\"}"), 1e-7);
    }

    @Test
    void shouldEscapeWhatALabelMayHold() {
        engine.set("odd.\"quoted\\path\"\nline", 1);
        ExpositionCheck text = text();

        assertEquals(List.of(), text.problems());
        assertEquals(1,
            text.samples().get("millrace_other{label=\"odd.\\\"quoted\\\\path\\\"\\nline\"}"));
    }

    @Test
    void shouldSayThatNothingRunsBeforeAnythingWasHeard() {
        ExpositionCheck text = new ExpositionCheck(
            new Metrics("1").text(EngineStatus.NOTHING_YET, Map.of()));

        assertEquals(List.of(), text.problems());
        assertEquals(0, text.samples().get("millrace_engine_up"));
    }

    @Test
    void shouldNameEveryMetricOfTheTableOnce() {
        List<String> names = new MetricTable().families().stream().map(MetricFamily::name)
            .toList();

        assertEquals(names.stream().distinct().toList(), names);
        assertTrue(new MetricTable().rules().stream().map(MetricRule::family)
            .allMatch(names::contains));
    }

    private ExpositionCheck text() {
        EngineStatus status = new StatusReader(engine, 1_000).read(1_000_000_000_000L);
        return new ExpositionCheck(
            new Metrics("0.1.0").text(status, Map.of("millrace_edge_connections", 5L)));
    }

    private static boolean wanted(String sample) {
        return sample.matches("millrace_(engine_up|ready|simulated|errors_total|edge_connections)"
            + "|millrace_(circuit_state|feed_messages_total|other|book_refused_total).*"
            + "|millrace_line_(up|wins_total).*B.*|millrace_line_lead_seconds_.*line=.A.*"
            + "|millrace_ring_high_water_events.*inbound.*"
            + "|millrace_journal_events_total.*outbound.*");
    }
}
