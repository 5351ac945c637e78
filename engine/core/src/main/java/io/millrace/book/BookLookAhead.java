// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;

/**
 * Brings the lines near that order events will need. At first sight those that follow from the
 * event alone; a group later, when these have come, those that they name: the level of a resting
 * order, its neighbours in the queue, the last order of the level that an addition joins. All of it
 * is blind stores of zero into bytes that mean nothing, since a load would wait for its line, and
 * none of it is a decision: a slot that holds another order only brings a useless line near. Owned
 * by the chain's thread.
 */
final class BookLookAhead {
    /** Events whose named lines are touched in one go, so that the accesses overlap. */
    private static final int GROUP = 16;
    private static final int MASK = 2 * GROUP - 1;
    private static final int NO_SIDE = -1;

    private final BookTable books;
    private final OrderTable orders;
    private final LevelTable levels;
    private final long[] orderIds = new long[2 * GROUP];
    private final int[] bookIndexes = new int[2 * GROUP];
    /** Side of an addition, NO_SIDE for a resting order. */
    private final int[] addedSides = new int[2 * GROUP];
    private final long[] addedPrices = new long[2 * GROUP];
    private int seen;

    BookLookAhead(BookTable books, OrderBooks orderBooks) {
        this.books = books;
        orders = orderBooks.orders();
        levels = orderBooks.levels();
    }

    /** Sees an order event early. */
    void onOrder(int templateId, long block, int book) {
        long orderId = BookEvents.orderId(block);
        orders.prefetch(orderId, book);
        int place = seen & MASK;
        orderIds[place] = orderId;
        bookIndexes[place] = book;
        if (templateId == OrderAddedDecoder.TEMPLATE_ID) {
            long price = BookEvents.addedPrice(block);
            levels.prefetch(book, price);
            addedSides[place] = BookEvents.addedSide(block);
            addedPrices[place] = price;
        } else {
            addedSides[place] = NO_SIDE;
            if (templateId == OrderReplacedDecoder.TEMPLATE_ID) {
                orders.prefetch(BookEvents.newOrderId(block), book);
                levels.prefetch(book, BookEvents.replacedPrice(block));
            }
        }
        seen++;
        if ((seen & GROUP - 1) == 0) {
            prefetchNamed(seen & GROUP);
        }
    }

    /** The group before the one that was just seen. */
    private void prefetchNamed(int first) {
        for (int place = first; place < first + GROUP; place++) {
            int book = bookIndexes[place];
            int side = addedSides[place];
            if (side == NO_SIDE) {
                int slot = orders.slotAtHome(orderIds[place], book);
                levels.prefetchSlot(orders.level(slot));
                orders.prefetchNeighbours(slot);
                books.prefetch(book, orders.side(slot));
            } else {
                orders.prefetchSlot(levels.lastSlotAtHome(book, addedPrices[place]));
                books.prefetch(book, side);
            }
        }
    }
}
