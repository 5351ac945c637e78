// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final long SHORT_NS = 100_000_000L;
    private static final long PATIENCE_NS = 20_000_000_000L;
    /** A pause of the virtual machine is a switch too. */
    private static final int PAUSES = 20;
    private static final int TURNS = 1_000;

    @Test
    void shouldLeaveTheCoreToOthersUnlessTheCoreIsItsOwn() throws IOException {
        assertFalse(sleeps(Waiting.BUSY_SPIN, SHORT_NS));
        assertTrue(sleeps(Waiting.SPIN_YIELD, PATIENCE_NS));
        assertTrue(sleeps(Waiting.SPIN_YIELD_PARK, PATIENCE_NS));
    }

    @Test
    void shouldSpinAnewBehindWork() throws IOException {
        IdleStrategy idle = new YieldingIdleStrategy(100, 1);
        assertFalse(sleeps(() -> idle.idle(1), SHORT_NS));
        assertTrue(sleeps(idle::idle, PATIENCE_NS));
    }

    @Test
    void shouldWaitForAFullRingWithoutTakingTheCoreOfItsReaders() {
        assertEquals(Waiting.SPIN_YIELD_PARK, Waiting.SPIN_YIELD.whileFull());
        assertEquals(Waiting.BUSY_SPIN, Waiting.BUSY_SPIN.whileFull());
    }

    private static boolean sleeps(Waiting waiting, long limitNs) throws IOException {
        IdleStrategy idle = waiting.newIdleStrategy();
        return sleeps(() -> idle.idle(0), limitNs);
    }

    /** True as soon as it slept more often than it was paused. */
    private static boolean sleeps(Runnable turn, long limitNs) throws IOException {
        long before = sleepCount();
        long endNs = System.nanoTime() + limitNs;
        while (sleepCount() - before <= PAUSES && System.nanoTime() < endNs) {
            for (int i = 0; i < TURNS; i++) {
                turn.run();
            }
        }
        return sleepCount() - before > PAUSES;
    }

    /** How often the thread gave its core away of itself. */
    private static long sleepCount() throws IOException {
        Path status = Path.of("/proc/thread-self/status");
        assumeTrue(Files.isReadable(status), "a kernel that counts switches");
        return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst()
            .orElseThrow();
    }
}
