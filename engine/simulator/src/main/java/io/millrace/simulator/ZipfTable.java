// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * Draws ranks, from 0, with probability proportional to 1 / (rank + 1)^exponent: Vose's alias
 * table, one random number and one look-up per draw. Immutable.
 */
final class ZipfTable {
    private final int[] threshold;
    private final int[] alias;

    ZipfTable(int ranks, double exponent) {
        threshold = new int[ranks];
        alias = new int[ranks];
        double[] share = shares(ranks, exponent);
        int[] small = new int[ranks];
        int[] large = new int[ranks];
        int smallCount = 0;
        int largeCount = 0;
        for (int i = 0; i < ranks; i++) {
            if (share[i] < 1) {
                small[smallCount++] = i;
            } else {
                large[largeCount++] = i;
            }
        }
        while (smallCount > 0 && largeCount > 0) {
            int less = small[--smallCount];
            int more = large[largeCount - 1];
            threshold[less] = (int) (share[less] * Integer.MAX_VALUE);
            alias[less] = more;
            share[more] -= 1 - share[less];
            if (share[more] < 1) {
                largeCount--;
                small[smallCount++] = more;
            }
        }
        fill(small, smallCount);
        fill(large, largeCount);
    }

    int draw(SeededRandom random) {
        long bits = random.nextLong();
        int rank = (int) ((bits >>> 32) * threshold.length >>> 32);
        return ((int) bits & Integer.MAX_VALUE) <= threshold[rank] ? rank : alias[rank];
    }

    private void fill(int[] ranks, int count) {
        for (int i = 0; i < count; i++) {
            threshold[ranks[i]] = Integer.MAX_VALUE;
        }
    }

    /** Probability of each rank times the number of ranks. */
    private static double[] shares(int ranks, double exponent) {
        double[] share = new double[ranks];
        double sum = 0;
        for (int i = 0; i < ranks; i++) {
            share[i] = StrictMath.pow(i + 1.0, -exponent);
            sum += share[i];
        }
        for (int i = 0; i < ranks; i++) {
            share[i] *= ranks / sum;
        }
        return share;
    }
}
