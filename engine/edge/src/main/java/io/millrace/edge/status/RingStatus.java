// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * How full a ring is.
 *
 * @param name      inbound or outbound
 * @param capacity  slots
 * @param used      slots that hold what a reader has yet to take
 * @param highWater most that were seen in use
 */
public record RingStatus(String name, long capacity, long used, long highWater) {
    /** Part of the slots in use. */
    public double usedFraction() {
        return capacity == 0 ? 0 : (double) used / capacity;
    }
}
