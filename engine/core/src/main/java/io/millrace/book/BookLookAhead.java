// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;

/**
 * Brings the lines near that order events will need: at first sight those whose place follows from
 * the event alone, {@link #DISTANCE} events later, when the order's line has come, those that the
 * order names. All of it is blind stores of zero into bytes that mean nothing. Owned by the chain's
 * thread.
 */
final class BookLookAhead {
    /** Events between an order's own line and the lines it names. */
    static final int DISTANCE = 8;

    private final BookTable books;
    private final OrderTable orders;
    private final LevelTable levels;
    private final int[] nextBooks = new int[DISTANCE];
    private final long[] nextOrderIds = new long[DISTANCE];
    private int seen;

    BookLookAhead(BookTable books, OrderBooks orderBooks) {
        this.books = books;
        orders = orderBooks.orders();
        levels = orderBooks.levels();
    }

    /** Sees an order event early. */
    void onOrder(int templateId, long block, int book) {
        long orderId = BookEvents.orderId(block);
        orders.touch(orderId, book);
        books.touch(book);
        if (templateId == OrderAddedDecoder.TEMPLATE_ID) {
            levels.touch(book, BookEvents.addedPrice(block));
        } else if (templateId == OrderReplacedDecoder.TEMPLATE_ID) {
            orders.touch(BookEvents.newOrderId(block), book);
            levels.touch(book, BookEvents.replacedPrice(block));
        }
        int place = seen++ & DISTANCE - 1;
        touchNamed(nextOrderIds[place], nextBooks[place]);
        nextOrderIds[place] = orderId;
        nextBooks[place] = book;
    }

    /** An order that is where it should be names its level and its neighbours. */
    private void touchNamed(long orderId, int book) {
        int slot = orders.home(orderId, book);
        if (orders.orderId(slot) == orderId) {
            levels.touch(book, orders.price(slot));
            orders.touchNeighbours(slot);
        }
    }
}
