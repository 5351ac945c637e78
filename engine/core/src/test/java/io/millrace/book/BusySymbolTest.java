// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.Side;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One symbol with 300,000 events among 50 concurrent ones: nothing is lost, counts are exact. */
class BusySymbolTest {
    private static final int BUSY = 7;
    private static final int SYMBOLS = 50;
    private static final int BUSY_EVENTS = 300_000;
    private static final int OTHER_EVENTS = 2_000;
    private static final int LIVE = 10_000;

    private final int[] added = new int[SYMBOLS + 1];
    private final int[] removed = new int[SYMBOLS + 1];

    @Test
    void shouldCountExactly() {
        BookRig rig = new BookRig(new BookContext().maxInstruments(SYMBOLS).maxVenues(1)
            .maxOrders(200_000));
        Random random = new Random(11);
        int total = BUSY_EVENTS + (SYMBOLS - 1) * OTHER_EVENTS;
        int[] left = new int[SYMBOLS + 1];
        Arrays.fill(left, OTHER_EVENTS);
        left[BUSY] = BUSY_EVENTS;
        for (int i = 0; i < total; i++) {
            publish(rig, pick(random, left));
            if (i % 100 == 0) {
                rig.run();
            }
        }
        rig.run();
        assertEquals(total, rig.stage.appliedCount());
        assertEquals(0, rig.counts.total());
        for (int symbol = 1; symbol <= SYMBOLS; symbol++) {
            assertEquals(added[symbol] - removed[symbol], resting(rig.book(symbol)),
                "symbol " + symbol);
        }
        rig.stage.checkInvariants();
    }

    private static int pick(Random random, int[] left) {
        int symbol = random.nextInt(4) > 0 && left[BUSY] > 0 ? BUSY : 1 + random.nextInt(SYMBOLS);
        while (left[symbol] == 0) {
            symbol = symbol % SYMBOLS + 1;
        }
        left[symbol]--;
        return symbol;
    }

    /** Adds until enough orders rest, then deletes the oldest and adds in turn. */
    private void publish(BookRig rig, int symbol) {
        if (added[symbol] - removed[symbol] < LIVE) {
            int id = added[symbol]++;
            rig.add(symbol, id, (id & 1) == 0 ? Side.BUY : Side.SELL,
                (id & 1) == 0 ? 1000 - id % 700 : 1001 + id % 900, 100);
        } else {
            rig.delete(symbol, removed[symbol]++);
        }
    }

    private static int resting(BookView book) {
        int orders = 0;
        for (int level = 0; level < book.bidLevelCount(); level++) {
            orders += book.forEachBidOrder(level, (id, size) -> { });
        }
        for (int level = 0; level < book.askLevelCount(); level++) {
            orders += book.forEachAskOrder(level, (id, size) -> { });
        }
        return orders;
    }
}
