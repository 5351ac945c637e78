// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;

/**
 * Brings the lines near that an order event will need, as far as they follow from the event alone.
 * All of it is blind stores of zero into bytes that mean nothing: a load would wait for its line.
 * Owned by the chain's thread.
 */
final class BookLookAhead {
    private final BookTable books;
    private final OrderTable orders;
    private final LevelTable levels;

    BookLookAhead(BookTable books, OrderBooks orderBooks) {
        this.books = books;
        orders = orderBooks.orders();
        levels = orderBooks.levels();
    }

    /** Sees an order event early. */
    void onOrder(int templateId, long block, int book) {
        orders.touch(BookEvents.orderId(block), book);
        books.touch(book);
        if (templateId == OrderAddedDecoder.TEMPLATE_ID) {
            levels.touch(book, BookEvents.addedPrice(block));
        } else if (templateId == OrderReplacedDecoder.TEMPLATE_ID) {
            orders.touch(BookEvents.newOrderId(block), book);
            levels.touch(book, BookEvents.replacedPrice(block));
        }
    }
}
