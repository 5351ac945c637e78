// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import java.util.List;
import java.util.Map;

/**
 * One moment of an engine as the edge shows it. Immutable.
 *
 * @param timeMs      ms since the Unix epoch
 * @param state       what the engine does
 * @param isSimulated true when all data are simulated
 * @param tradingDate as the number yyyymmdd, 0 when not told
 * @param startTimeMs start of the engine, ms since the Unix epoch, 0 when not told
 * @param feeds       by name
 * @param rings       by name
 * @param queues      of the journal, by name; none without a journal
 * @param bridges     by name
 * @param stages      in the order of an event's way
 * @param holes       the newest
 * @param errors      the distinct ones
 * @param checks      whether it is ready
 * @param counters    all of them, by label
 */
public record EngineStatus(long timeMs, EngineState state, boolean isSimulated, long tradingDate,
                           long startTimeMs, List<FeedStatus> feeds, List<RingStatus> rings,
                           List<QueueStatus> queues, List<BridgeStatus> bridges,
                           List<StageTimes> stages,
                           List<HoleStatus> holes, ErrorSummary errors, List<Check> checks,
                           Map<String, Long> counters) {
    /** Before anything was heard. */
    public static final EngineStatus NOTHING_YET = new EngineStatus(0, EngineState.STARTING, false,
        0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), ErrorSummary.NONE,
        List.of(new Check("engine", false, "starting")), Map.of());

    /** True when every check holds. */
    public boolean isReady() {
        return checks.stream().allMatch(Check::isGood);
    }

    /** False when only a restart can help. */
    public boolean isAlive() {
        return state != EngineState.FAILED && state != EngineState.STALLED;
    }
}
