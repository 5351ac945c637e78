// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

/**
 * What came of one seed.
 *
 * @param seed      the seed
 * @param steps     steps that were done
 * @param crashes   times that the engine was killed
 * @param holes     that the journal declares in the end
 * @param inbound   events that went in
 * @param print     hash of all that was derived
 * @param faults    what could go wrong
 * @param violation null when every invariant held
 */
public record SeedResult(long seed, int steps, int crashes, int holes, long inbound,
    long print, String faults, Violation violation) {
    /** True when every invariant held. */
    public boolean isSound() {
        return violation == null;
    }
}
