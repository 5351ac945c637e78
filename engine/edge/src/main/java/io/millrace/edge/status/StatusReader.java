// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.status.CountersReader;

/**
 * Puts counters, errors and what the journal tells into one picture. It reads only what is shared
 * with other threads and processes anyway. Used by the edge's agent.
 */
public final class StatusReader {
    private static final BreakerState[] CIRCUITS = BreakerState.values();
    private static final long NS_PER_MS = 1_000_000L;
    private static final List<String> DIRECTIONS = List.of("inbound", "outbound");

    private final EngineSource source;
    private final CounterRates rates = new CounterRates();
    private final Movements movements = new Movements();
    private final FeedReader feeds;

    /**
     * @param silenceNs without a packet after which a line is silent
     */
    public StatusReader(EngineSource source, long silenceNs) {
        this.source = source;
        feeds = new FeedReader(silenceNs, rates);
    }

    /**
     * The picture of now.
     *
     * @param nowNs ns since the Unix epoch
     */
    public EngineStatus read(long nowNs) {
        Map<String, Long> counters = counters();
        rates.add(nowNs, counters);
        JournalReading journal = source.journal();
        EngineState state = state(counters, nowNs);
        List<RingStatus> rings = rings(counters);
        List<QueueStatus> queues = queues(counters);
        // What a journal that has stopped told last is not how it is now.
        boolean isJournalCurrent = queues.stream().allMatch(QueueStatus::isAppending);
        List<FeedStatus> feedStatus = feeds.read(counters,
            isJournalCurrent ? journal : JournalReading.NONE, nowNs);
        return new EngineStatus(nowNs / NS_PER_MS, state,
            counters.getOrDefault(StatusLabels.ENGINE_SIMULATED, 0L) != 0,
            counters.getOrDefault(StatusLabels.ENGINE_TRADING_DATE, 0L),
            counters.getOrDefault(StatusLabels.ENGINE_START_TIME, 0L), feedStatus, rings, queues,
            bridges(counters), journal.takeStages(), journal.holes(), errors(),
            Readiness.checks(state, feedStatus, rings, queues), counters);
    }

    private Map<String, Long> counters() {
        Map<String, Long> values = new TreeMap<>();
        source.counters().forEach((CountersReader.CounterConsumer)
            (value, id, label) -> values.put(label, value));
        return values;
    }

    private EngineState state(Map<String, Long> counters, long nowNs) {
        EngineState told =
            EngineState.of(counters.getOrDefault(StatusLabels.ENGINE_STATE, 0L));
        long events = counters.getOrDefault(StatusLabels.CHAIN_EVENTS, 0L);
        boolean isStill = movements.stillNs(StatusLabels.CHAIN_EVENTS, events, nowNs)
            >= Readiness.STALL_NS;
        return told == EngineState.RUNNING && isStill ? EngineState.STALLED : told;
    }

    private List<RingStatus> rings(Map<String, Long> counters) {
        List<RingStatus> rings = new ArrayList<>();
        for (String name : DIRECTIONS) {
            Long capacity = counters.get(StatusLabels.ring(name, "capacity"));
            if (capacity != null) {
                rings.add(new RingStatus(name, capacity,
                    counters.getOrDefault(StatusLabels.ring(name, "used"), 0L),
                    counters.getOrDefault(StatusLabels.ring(name, "high-water"), 0L)));
            }
        }
        return rings;
    }

    private List<QueueStatus> queues(Map<String, Long> counters) {
        List<QueueStatus> queues = new ArrayList<>();
        for (String name : DIRECTIONS) {
            String label = StatusLabels.queue(name, "sequence");
            Long sequence = counters.get(label);
            if (sequence != null) {
                long state = counters.getOrDefault(StatusLabels.queue(name, "state"), 0L);
                queues.add(new QueueStatus(name, source.queueState(state), state == 0, sequence,
                    counters.getOrDefault(StatusLabels.queue(name, "position"), 0L),
                    rates.perSecond(label),
                    counters.getOrDefault(StatusLabels.queue(name, "unjournaled"), 0L),
                    Math.max(0, sequence - source.journal().sequence(name))));
            }
        }
        return queues;
    }

    private List<BridgeStatus> bridges(Map<String, Long> counters) {
        List<BridgeStatus> bridges = new ArrayList<>();
        counters.forEach((label, value) -> {
            String name = StatusLabels.bridgeOf(label, "circuit");
            if (name != null) {
                bridges.add(new BridgeStatus(name, circuit(value),
                    bridge(counters, name, "epoch"), bridge(counters, name, "lag-events"),
                    bridge(counters, name, "lag-ns"),
                    rates.perSecond(StatusLabels.bridge(name, "events")),
                    bridge(counters, name, "failures"), bridge(counters, name, "stalls"),
                    bridge(counters, name, "dead-letters")));
            }
        });
        return bridges;
    }

    /** Bridges count from closed; what they may tell one day is not known yet. */
    private static BreakerState circuit(long value) {
        return value >= 0 && value < CIRCUITS.length - 1 ? CIRCUITS[(int) value + 1]
            : BreakerState.NOT_TOLD;
    }

    private static long bridge(Map<String, Long> counters, String sink, String name) {
        return counters.getOrDefault(StatusLabels.bridge(sink, name), 0L);
    }

    private ErrorSummary errors() {
        ErrorSummary[] summary = {ErrorSummary.NONE};
        source.forEachError((count, firstTimeMs, lastTimeMs, text) ->
            summary[0] = summary[0].plus(count, lastTimeMs, text));
        return summary[0];
    }
}
