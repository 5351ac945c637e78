// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Does nothing, so that what the harness allocates by itself can be told from what we do. */
public class EmptyBenchmark extends Defaults {
    /** Nothing. */
    @Benchmark
    public void nothing() {
        // what is measured is the harness
    }
}
