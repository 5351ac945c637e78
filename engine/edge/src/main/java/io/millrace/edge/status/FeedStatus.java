// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import java.util.List;

/**
 * One channel of one venue as it is now and since the start.
 *
 * @param name              as {@link StatusLabels#feedName}
 * @param breaker           its circuit breaker
 * @param messagesPerSecond in the last second
 * @param messages          that reached the decoder
 * @param missing           lost for good
 * @param gaps              holes, or parts of them, lost for good
 * @param sessionChanges    times that another session began
 * @param holesOpened       holes that opened
 * @param holesOpen         holes open now
 * @param healedByLine      healed by a line
 * @param healedByRequest   healed by a request server
 * @param requests          sent to request servers
 * @param heldPackets       held back behind holes now
 * @param lines             in the order of their names
 */
public record FeedStatus(String name, BreakerState breaker, double messagesPerSecond,
                         long messages, long missing, long gaps, long sessionChanges,
                         long holesOpened, long holesOpen, long healedByLine,
                         long healedByRequest, long requests, long heldPackets,
                         List<LineStatus> lines) {
    /** True when at least one line brings packets. */
    public boolean isHeard() {
        return lines.stream().anyMatch(line -> line.health() == LineHealth.UP);
    }
}
