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
 * operation allocates nothing. What the harness allocates is divided by the operations too and
 * printed as it is; one object in a whole invocation of 1,536 operations would be more.
 */
public final class AllocationGate {
    private static final List<Class<?>> BENCHMARKS =
        List.of(DecodeBenchmark.class, PublishBenchmark.class, BookBenchmark.class);
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final double HARNESS_BYTES = 0.01;

    private AllocationGate() {
    }

    /** Runs the gate; exit 1 when something allocates. */
    public static void main(String... words) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        BENCHMARKS.forEach(type -> options.include(type.getName() + "\\."));
        options.addProfiler(GCProfiler.class).warmupIterations(2).measurementIterations(3)
            .warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true);
        System.exit(isClean(new Runner(options.build()).run()) ? 0 : 1);
    }

    private static boolean isClean(Collection<RunResult> results) {
        boolean isClean = !results.isEmpty();
        System.out.println();
        for (RunResult result : results) {
            double bytes = allocated(result);
            boolean isZero = bytes < HARNESS_BYTES;
            isClean &= isZero;
            System.out.printf("%-60s %12.9f B/op  %s%n", name(result), bytes,
                isZero ? "PASS" : "FAIL");
        }
        System.out.println(isClean ? "PASS" : "FAIL");
        return isClean;
    }

    private static double allocated(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return allocated == null ? Double.NaN : allocated.getScore();
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
