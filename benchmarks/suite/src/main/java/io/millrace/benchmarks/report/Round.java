// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import io.millrace.benchmarks.rig.Figures;
import java.util.Map;

/**
 * What one round measured. Immutable.
 *
 * @param index   number of the round
 * @param figures figures by contestant, in the order they ran
 * @param use     whether it counts
 */
record Round(int index, Map<String, Figures> figures, Use use) {
    /** Why a round counts or not. */
    enum Use { COUNTED, WARM_UP, NOISY }

    /** Most time a quiet round may lose, in percent. */
    static final double MAX_LOST_PERCENT = 1.5;

    /** Worst hiccup reading beside any contestant's run. */
    double hiccupPercent() {
        return worst("hiccupPercent");
    }

    /**
     * Most time that the hypervisor, or another process, took from any contestant's main thread.
     */
    double lostPercent() {
        return Math.max(worst("stolenPercent"), worst("waitedPercent"));
    }

    /** True when too much time was lost for the round to tell anything. */
    boolean isNoisy() {
        return hiccupPercent() > MAX_LOST_PERCENT || lostPercent() > MAX_LOST_PERCENT;
    }

    private double worst(String figure) {
        return figures.values().stream().mapToDouble(values -> values.get(figure)).max().orElse(0);
    }
}
