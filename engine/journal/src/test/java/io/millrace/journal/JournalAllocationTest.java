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
    private static final int WARM_UP_RUNS = 4000;
    private static final int RUNS = 10_000;
    private static final double MOST_BYTES_PER_EVENT = 0.01;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path root;

    @Test
    void shouldAllocateNothingPerEventWhenWritingAndReading() {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            write(fixture, WARM_UP_RUNS);
            long allocated = write(fixture, RUNS);
            double perEvent = (double) allocated / (RUNS * RUN_LENGTH);
            assertTrue(perEvent < MOST_BYTES_PER_EVENT, "writer: " + perEvent + " bytes per event");
        }
        read();
        double perEvent = (double) read() / (RUNS * RUN_LENGTH);
        assertTrue(perEvent < MOST_BYTES_PER_EVENT, "tail: " + perEvent + " bytes per event");
    }

    /** Bytes that the writer allocated; publishing is not counted. */
    private long write(JournalFixture fixture, int runs) {
        long allocated = 0;
        for (int run = 0; run < runs; run++) {
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

    private long read() {
        Path directory = JournalFixture.directory(root);
        long before = threads.getCurrentThreadAllocatedBytes();
        long last = 0;
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            while (tail.next()) {
                last = tail.event().sequence();
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals((long) (WARM_UP_RUNS + RUNS) * RUN_LENGTH, last);
        return allocated;
    }
}
