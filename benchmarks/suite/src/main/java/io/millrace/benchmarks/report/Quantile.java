// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

/** Quantiles of a few sorted numbers. */
final class Quantile {
    private Quantile() {
    }

    /** The quantile of sorted values, between two of them by the straight line. */
    static double of(double[] sorted, double quantile) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = quantile * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
