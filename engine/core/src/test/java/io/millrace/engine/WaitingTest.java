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
    private static final long TIME_NS = 200_000_000;
    /** A pause of the virtual machine is a switch too. */
    private static final int FEW = 20;

    @Test
    void shouldLeaveTheCoreToOthersUnlessTheCoreIsItsOwn() throws IOException {
        assertFalse(sleeps(Waiting.BUSY_SPIN));
        assertTrue(sleeps(Waiting.SPIN_YIELD));
        assertTrue(sleeps(Waiting.SPIN_YIELD_PARK));
    }

    @Test
    void shouldSpinAnewBehindWork() throws IOException {
        IdleStrategy idle = new YieldingIdleStrategy(100, 1);
        assertFalse(sleeps(() -> idle.idle(1)));
        assertTrue(sleeps(idle::idle));
    }

    @Test
    void shouldWaitForAFullRingWithoutTakingTheCoreOfItsReaders() {
        assertEquals(Waiting.SPIN_YIELD_PARK, Waiting.SPIN_YIELD.whileFull());
        assertEquals(Waiting.BUSY_SPIN, Waiting.BUSY_SPIN.whileFull());
    }

    private static boolean sleeps(Waiting waiting) throws IOException {
        IdleStrategy idle = waiting.newIdleStrategy();
        return sleeps(() -> idle.idle(0));
    }

    private static boolean sleeps(Runnable turn) throws IOException {
        long before = sleepCount();
        long endNs = System.nanoTime() + TIME_NS;
        while (System.nanoTime() < endNs) {
            turn.run();
        }
        return sleepCount() - before > FEW;
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
