// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksRunTest {
    /** Another build may run benchmarks on this machine; here no time is told. */
    static {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void shouldRunEveryBenchmarkOnce() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include("Benchmark\\.")
            .mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1).forks(0)
            .param("liveOrders", "1000").param("run", "16").param("commitInterval", "4")
            .verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run();

        TreeSet<String> names = new TreeSet<>();
        results.forEach(result -> names.add(result.getPrimaryResult().getLabel()));
        assertEquals("[addAndDelete, addReplaceAndDelete, append, events, execute, fields, json, "
            + "nothing, orderAdded, read, reduce, sbe]", names.toString());
    }
}
