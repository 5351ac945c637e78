// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** Processor time of the threads of this process by their names. */
public final class ThreadTimes {
    private ThreadTimes() {
    }

    /** Processor time of all live threads whose name begins like this. */
    public static long processorNs(String prefix) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sumNs = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(prefix)) {
                sumNs += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sumNs;
    }
}
