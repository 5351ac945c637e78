// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the decode, publish and book benchmarks with the allocation profiler and fails unless each
 * operation allocates nothing and the collector never ran. The harness and its profiler allocate
 * too, so much a second whatever is measured: an empty benchmark of the same run tells how much,
 * and nothing may stand out from twice that. What was measured is printed as it is.
 */
public final class AllocationGate {
    private static final List<Class<?>> BENCHMARKS =
        List.of(DecodeBenchmark.class, PublishBenchmark.class, BookBenchmark.class);
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String ALLOCATED_PER_SECOND = "gc.alloc.rate";
    private static final String COLLECTIONS = "gc.count";
    private static final double HARNESS_FACTOR = 2;

    private AllocationGate() {
    }

    /** Runs the gate; exit 1 when something allocates. */
    public static void main(String... words) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        BENCHMARKS.forEach(type -> options.include(type.getName() + "\\."));
        options.include(EmptyBenchmark.class.getName() + "\\.");
        options.addProfiler(GCProfiler.class).warmupIterations(2).measurementIterations(3)
            .warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true);
        System.exit(isClean(new Runner(options.build()).run()) ? 0 : 1);
    }

    private static boolean isClean(Collection<RunResult> results) {
        boolean isClean = !results.isEmpty();
        double limit = HARNESS_FACTOR * harness(results);
        System.out.println();
        for (RunResult result : results) {
            double bytes = secondary(result, ALLOCATED);
            double collections = secondary(result, COLLECTIONS);
            double rate = secondary(result, ALLOCATED_PER_SECOND);
            boolean isZero = rate < limit && Math.round(bytes) == 0 && collections == 0;
            isClean &= isZero;
            System.out.printf("%-60s %12.9f B/op  %.6f MB/s of %.6f  %.0f collections  %s%n",
                name(result), bytes, rate, limit, collections, isZero ? "PASS" : "FAIL");
        }
        System.out.println(isClean ? "PASS" : "FAIL");
        return isClean;
    }

    private static double harness(Collection<RunResult> results) {
        return results.stream()
            .filter(result -> result.getParams().getBenchmark()
                .startsWith(EmptyBenchmark.class.getName()))
            .mapToDouble(result -> secondary(result, ALLOCATED_PER_SECOND)).findFirst()
            .orElse(0);
    }

    private static double secondary(RunResult result, String label) {
        Result<?> measured = result.getSecondaryResults().get(label);
        return measured == null ? Double.NaN : measured.getScore();
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        StringBuilder name = new StringBuilder(
            benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1));
        result.getParams().getParamsKeys().forEach(key ->
            name.append(' ').append(key).append('=').append(result.getParams().getParam(key)));
        return name.toString();
    }
}
