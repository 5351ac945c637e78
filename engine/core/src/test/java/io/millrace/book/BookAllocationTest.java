// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.millrace.codec.event.Side;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class BookAllocationTest {
    private static final int ROUNDS = 20_000;

    @Test
    void shouldAllocateNothingPerEvent() {
        BookRig rig = new BookRig(BookRig.small().levelUpdates(2));
        long orders = run(rig, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        orders = run(rig, orders);
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertEquals(0, bytes / ROUNDS, bytes + " bytes in " + ROUNDS + " rounds");
        assertEquals(2L * ROUNDS, rig.counts.of(BookRefusal.UNKNOWN_ORDER));
    }

    private static long run(BookRig rig, long firstId) {
        long id = firstId;
        for (int round = 0; round < ROUNDS; round++) {
            int instrument = 1 + round % 5;
            rig.add(instrument, id, Side.BUY, 100 + round % 40, 10)
                .add(instrument, id + 1, Side.SELL, 150 + round % 40, 10)
                .execute(instrument, id, 3).reduce(instrument, id, 3)
                .replace(instrument, id + 1, id + 2, 149, 5).delete(instrument, id + 9)
                .level(6, Side.BUY, 100 + round % 90, round % 3);
            rig.run();
            BookView book = rig.book(instrument);
            assertEquals(149, book.bestAsk());
            rig.delete(instrument, id).delete(instrument, id + 2).run();
            id += 3;
        }
        return id;
    }
}
