// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import io.millrace.benchmarks.rig.Figures;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A ratio of figures of one round, and what its median has to hold. Figures are written
 * contestant.figure. Without figures below the line it is an absolute bar. Immutable.
 *
 * @param name  what is compared
 * @param above figures multiplied above the line
 * @param below figures multiplied below the line
 * @param bound on which side of the limit the median has to be
 * @param limit the bar
 * @param aim   what we want beyond the bar, NaN when nothing
 */
record Bar(String name, List<String> above, List<String> below, Bound bound, double limit,
           double aim) {
    /** Sides of a limit. */
    enum Bound { AT_MOST, AT_LEAST, FOR_INFORMATION }

    /** Copies the lists. */
    Bar {
        above = List.copyOf(above);
        below = List.copyOf(below);
        Objects.requireNonNull(bound);
    }

    static Bar atMost(String name, String above, String below, double limit, double aim) {
        return new Bar(name, List.of(above), List.of(below), Bound.AT_MOST, limit, aim);
    }

    static Bar atLeast(String name, String above, String below, double limit, double aim) {
        return new Bar(name, List.of(above), List.of(below), Bound.AT_LEAST, limit, aim);
    }

    static Bar absolute(String name, String figure, double limit) {
        return new Bar(name, List.of(figure), List.of(), Bound.AT_MOST, limit, Double.NaN);
    }

    /** A ratio that is printed and judged by nobody. */
    static Bar told(String name, String above, String below) {
        return new Bar(name, List.of(above), List.of(below), Bound.FOR_INFORMATION, Double.NaN,
            Double.NaN);
    }

    /** A figure that is printed and judged by nobody. */
    static Bar shown(String name, String figure) {
        return new Bar(name, List.of(figure), List.of(), Bound.FOR_INFORMATION, Double.NaN,
            Double.NaN);
    }

    /** The ratio of a round. */
    double value(Map<String, Figures> round) {
        return product(above, round) / product(below, round);
    }

    /** True when a median holds the bar. */
    boolean isHeldBy(double median) {
        return switch (bound) {
            case AT_MOST -> median <= limit;
            case AT_LEAST -> median >= limit;
            case FOR_INFORMATION -> true;
        };
    }

    private static double product(List<String> names, Map<String, Figures> round) {
        double product = 1;
        for (String name : names) {
            int dot = name.indexOf('.');
            product *= round.get(name.substring(0, dot)).get(name.substring(dot + 1));
        }
        return product;
    }
}
