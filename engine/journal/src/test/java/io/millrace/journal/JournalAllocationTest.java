// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalAllocationTest {
    private static final int RUN_LENGTH = 200;
    private static final int RUNS = 4_000;
    /** Code that is not compiled yet may allocate; compiled code may not. */
    private static final int PASSES = 10;
    private static final long MOST_BYTES_PER_PASS = RUNS * RUN_LENGTH / 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path root;

    @Test
    void shouldAllocateNothingPerEventWhenWritingAndReading() {
        int passes = 0;
        try (JournalFixture fixture = JournalFixture.create(root)) {
            long least = Long.MAX_VALUE;
            while (passes < PASSES && least > MOST_BYTES_PER_PASS) {
                least = Math.min(least, write(fixture));
                passes++;
            }
            assertTrue(least <= MOST_BYTES_PER_PASS, "writer: " + least + " bytes");
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < PASSES && least > MOST_BYTES_PER_PASS; i++) {
            least = Math.min(least, read((long) passes * RUNS * RUN_LENGTH));
        }
        assertTrue(least <= MOST_BYTES_PER_PASS, "tail: " + least + " bytes");
    }

    /** Bytes that the writer allocated; publishing is not counted. */
    private long write(JournalFixture fixture) {
        long allocated = 0;
        for (int run = 0; run < RUNS; run++) {
            for (int i = 0; i < RUN_LENGTH; i++) {
                fixture.publishOrder();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            int workCount = fixture.inboundWriter.doWork();
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals(RUN_LENGTH, workCount);
        }
        return allocated;
    }

    private long read(long eventCount) {
        Path directory = JournalFixture.directory(root);
        long before = threads.getCurrentThreadAllocatedBytes();
        long last = 0;
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            while (tail.next()) {
                last = tail.event().sequence();
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(eventCount, last);
        return allocated;
    }
}
