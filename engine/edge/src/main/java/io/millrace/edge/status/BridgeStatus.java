// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * One bridge from the journal to the outside.
 *
 * @param name            of its sink
 * @param circuit         closed, open or half open
 * @param epoch           trading date that it reads, as the number yyyymmdd, 0 when not told
 * @param lagEvents       events that the outside has not acknowledged
 * @param lagNs           age of the oldest of them that was read
 * @param eventsPerSecond acknowledged in the last second
 * @param failures        attempts that failed
 * @param stalls          batches that were not acknowledged in time
 * @param deadLetters     records that the outside refused for good
 */
public record BridgeStatus(String name, BreakerState circuit, long epoch, long lagEvents,
                           long lagNs, double eventsPerSecond, long failures, long stalls,
                           long deadLetters) {
}
