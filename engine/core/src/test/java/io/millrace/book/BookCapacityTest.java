// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.side.RankPool;
import io.millrace.codec.event.Side;
import org.junit.jupiter.api.Test;

class BookCapacityTest {
    @Test
    void shouldRefuseOneOrderTooManyAndGoOn() {
        BookRig rig = new BookRig(BookRig.small().maxOrders(100));
        for (int id = 1; id <= 130; id++) {
            rig.add(1 + id % 4, id, Side.BUY, 100 + id % 9, 5).run();
        }
        assertEquals(30, rig.counts.of(BookRefusal.ORDERS_EXHAUSTED));
        assertEquals(100, rig.stage.orderCount());
        rig.replace(2, 1, 200, 90, 5).run();
        assertEquals(30, rig.counts.total(), "a replacement needs no further order");
        rig.delete(1, 4).add(1, 131, Side.SELL, 120, 5).run();
        assertEquals(30, rig.counts.total());
        assertTrue(rig.book(1).isStale());
        rig.stage.checkInvariants();
    }

    @Test
    void shouldRefuseLevelsBeyondTheTableAndGoOn() {
        shouldRefuseLevelsAndGoOn(BookRig.small().maxLevels(50));
    }

    @Test
    void shouldRefuseLevelsBeyondTheMemoryOfTheirPricesAndGoOn() {
        shouldRefuseLevelsAndGoOn(BookRig.small().rankPoolBytes(RankPool.MIN_BYTES));
    }

    private static void shouldRefuseLevelsAndGoOn(BookContext context) {
        BookRig rig = new BookRig(context);
        for (int id = 1; id <= 600; id++) {
            rig.add(1 + id % 3, id, id % 2 == 0 ? Side.BUY : Side.SELL, 1000 + id, 5).run();
            rig.stage.checkInvariants();
        }
        long refused = rig.counts.of(BookRefusal.LEVELS_EXHAUSTED);
        assertTrue(refused > 100, "refused " + refused);
        assertEquals(600 - refused, rig.stage.orderCount());
        int stale = 0;
        for (int instrument = 1; instrument <= 3; instrument++) {
            stale += rig.book(instrument).isStale() ? 1 : 0;
            rig.clear(instrument).run();
        }
        assertEquals(3, stale);
        assertEquals(0, rig.stage.orderCount());
        rig.stage.checkInvariants();
        rig.add(1, 999, Side.BUY, 1, 1).run();
        assertEquals(refused, rig.counts.total());
    }

    @Test
    void shouldGiveSlabsBackWhenLevelsVanish() {
        BookRig rig = new BookRig(BookRig.small().maxOrders(100_000));
        for (int round = 0; round < 20; round++) {
            for (int id = 1; id <= 3000; id++) {
                rig.add(1 + round % 5, id, Side.BUY, 1000 + id, 5).run();
            }
            for (int id = 1; id <= 3000; id++) {
                rig.delete(1 + round % 5, id).run();
            }
            rig.stage.checkInvariants();
        }
        assertEquals(0, rig.counts.total());
        assertEquals(0, rig.stage.orderCount());
    }

    @Test
    void shouldRefuseLevelsBeyondTheLargestSide() {
        BookContext context = new BookContext().maxInstruments(1).maxVenues(1).maxOrders(16)
            .maxLevels(70_000);
        BookRig rig = new BookRig(context.rankPoolBytes(2 << 20));
        for (int price = 1; price <= RankPool.MAX_CAPACITY + 1; price++) {
            rig.level(1, Side.BUY, price, 1).run();
        }
        assertEquals(1, rig.counts.of(BookRefusal.LEVELS_EXHAUSTED));
        assertEquals(RankPool.MAX_CAPACITY, rig.book(1).bidLevelCount());
        for (int price = RankPool.MAX_CAPACITY; price > 0; price--) {
            rig.level(1, Side.BUY, price, 0).run();
        }
        rig.stage.checkInvariants();
        assertEquals(0, rig.book(1).bidLevelCount());
    }

    @Test
    void shouldBoundSearchesWhateverIdsAreInvented() {
        OrderTable orders = new OrderTable(3000);
        int[] slots = new int[4 * OrderTable.MAX_LINES];
        int placed = 0;
        for (long id = 0; placed < slots.length; id++) {
            if (orders.home(id, 0) >> 1 == 5) {
                int slot = orders.findFree(id, 0);
                if (slot == OrderTable.FULL) {
                    break;
                }
                put(orders, slot, id, 0);
                slots[placed++] = slot;
            }
        }
        assertEquals(2 * OrderTable.MAX_LINES, placed);
        orders.checkInvariants();
        for (int i = 0; i < placed; i++) {
            orders.remove(slots[i], 0);
        }
        orders.checkInvariants();
        assertEquals(0, orders.count());
    }

    @Test
    void shouldTellBooksApartByAllTheirBits() {
        OrderTable orders = new OrderTable(10_000);
        int bookBits = Integer.numberOfTrailingZeros(BookContext.MAX_BOOKS);
        for (int bit = 0; bit < bookBits; bit++) {
            put(orders, orders.findFree(42, 1 << bit), 42, 1 << bit);
        }
        put(orders, orders.findFree(42, 0), 42, 0);
        for (int bit = 0; bit < bookBits; bit++) {
            int slot = orders.find(42, 1 << bit);
            assertEquals(1 << bit, orders.book(slot));
            orders.remove(slot, 1 << bit);
            assertEquals(OrderSlotDescriptor.NONE, orders.find(42, 1 << bit));
        }
        assertEquals(0, orders.book(orders.find(42, 0)));
        orders.checkInvariants();
    }

    @Test
    void shouldHoldABookInsideItsMemoryBounds() {
        assertTrue(megabytes(1) <= 256, megabytes(1) + " MB");
        assertTrue(megabytes(5) <= 512, megabytes(5) + " MB");
    }

    @Test
    void shouldNameOptionValueAndRangeWhenConcluding() {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class,
            () -> new BookContext().maxInstruments(100_000).maxVenues(5).conclude());
        assertEquals("book.max-instruments x book.max-venues 500000 is not from 1 to 131072",
            thrown.getMessage());
    }

    private static void put(OrderTable orders, int slot, long orderId, int book) {
        int owner = LevelSlotDescriptor.owner(book, BookTable.BID);
        orders.put(slot, orderId, owner, 1, 0, OrderSlotDescriptor.NONE);
        orders.added(slot, orderId, book);
    }

    private static long megabytes(int venues) {
        BookContext context = new BookContext().maxInstruments(10_000).maxVenues(venues)
            .maxOrders(1_100_000);
        return new BookRig(context).stage.offHeapBytes() >> 20;
    }
}
