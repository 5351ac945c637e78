// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.BitSet;

/**
 * Where a thread runs, read back from the kernel.
 *
 * @param plan   what was wanted
 * @param actual cpus that the kernel allows it
 */
public record ThreadReport(ThreadPlan plan, BitSet actual) {
    /** True when the thread was to be pinned and is not, or not so. */
    public boolean isAmiss() {
        return !plan.cpus().isEmpty() && !plan.cpus().equals(actual);
    }

    @Override
    public String toString() {
        String wanted = plan.cpus().isEmpty() ? "any cpu" : "cpu " + plan.cpus();
        return "thread " + plan.role() + ": wanted " + wanted + ", allowed " + actual
            + ", waits by " + plan.waiting()
            + (isAmiss() ? " - NOT AS WANTED" : "");
    }
}
