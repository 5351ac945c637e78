// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/** Runs an agent on the test's thread, which may look at all it does in between. */
public final class AgentRun {
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final long IDLE_NS = 200_000;

    private AgentRun() {
    }

    /**
     * Runs an agent until something is so, and rests between duty cycles that found nothing.
     *
     * @param isDone asked before each duty cycle
     * @throws AssertionError when it is not so within a minute
     */
    public static void run(Agent agent, BooleanSupplier isDone) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!isDone.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                fail(agent.roleName() + " did not come to its end");
            }
            if (work(agent) == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    private static int work(Agent agent) {
        try {
            return agent.doWork();
        } catch (Exception thrown) {
            LangUtil.rethrowUnchecked(thrown);
            return 0;
        }
    }
}
