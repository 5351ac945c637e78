// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookRefusal.INVALID_SIDE;
import static io.millrace.book.BookTable.ASK;
import static io.millrace.book.BookTable.BID;
import static io.millrace.event.EventDescriptor.ORDER_ID_OFFSET;

import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import org.agrona.UnsafeApi;

/**
 * Reads the events that change a book straight from their block's address, at the offsets of the
 * schema, and applies them: a flyweight would store its position for each event, and stores are
 * what the chain waits for. Owned by the chain's thread.
 */
final class BookEvents {
    private static final int ADDED_PRICE = OrderAddedDecoder.priceEncodingOffset();
    private static final int ADDED_SIZE = OrderAddedDecoder.sizeEncodingOffset();
    private static final int ADDED_SIDE = OrderAddedDecoder.sideEncodingOffset();
    private static final int EXECUTED_SIZE = OrderExecutedDecoder.sizeEncodingOffset();
    private static final int REDUCED_SIZE = OrderReducedDecoder.sizeEncodingOffset();
    private static final int REPLACED_PRICE = OrderReplacedDecoder.priceEncodingOffset();
    private static final int REPLACED_SIZE = OrderReplacedDecoder.sizeEncodingOffset();
    private static final int REPLACED_ID = OrderReplacedDecoder.newOrderIdEncodingOffset();
    private static final int REPLACED_FLAGS = OrderReplacedDecoder.replaceFlagsEncodingOffset();
    private static final int PRIORITY_KEPT = 1;
    private static final int LEVEL_PRICE = LevelChangedDecoder.priceEncodingOffset();
    private static final int LEVEL_SIZE = LevelChangedDecoder.sizeEncodingOffset();
    private static final int LEVEL_COUNT = LevelChangedDecoder.orderCountEncodingOffset();
    private static final int LEVEL_SIDE = LevelChangedDecoder.sideEncodingOffset();
    private static final int MAX_LEVEL_COUNT = 0xFF_FFFF;
    private static final int QUOTE_BID_PRICE = QuoteDecoder.bidPriceEncodingOffset();
    private static final int QUOTE_BID_SIZE = QuoteDecoder.bidSizeEncodingOffset();
    private static final int QUOTE_ASK_PRICE = QuoteDecoder.askPriceEncodingOffset();
    private static final int QUOTE_ASK_SIZE = QuoteDecoder.askSizeEncodingOffset();

    private final OrderBooks books;

    BookEvents(OrderBooks books) {
        this.books = books;
    }

    /** Applies an event to its book, or tells why not. */
    BookRefusal apply(int templateId, long block, int book) {
        switch (templateId) {
            case OrderAddedDecoder.TEMPLATE_ID:
                return add(block, book);
            case OrderExecutedDecoder.TEMPLATE_ID:
                return books.reduce(book, orderId(block), UnsafeApi.getLong(block + EXECUTED_SIZE));
            case OrderReducedDecoder.TEMPLATE_ID:
                return books.reduce(book, orderId(block), UnsafeApi.getLong(block + REDUCED_SIZE));
            case OrderDeletedDecoder.TEMPLATE_ID:
                return books.delete(book, orderId(block));
            case OrderReplacedDecoder.TEMPLATE_ID:
                return replace(block, book);
            case LevelChangedDecoder.TEMPLATE_ID:
                return setLevel(block, book);
            default:
                return books.setQuote(book, UnsafeApi.getLong(block + QUOTE_BID_PRICE),
                    UnsafeApi.getLong(block + QUOTE_BID_SIZE),
                    UnsafeApi.getLong(block + QUOTE_ASK_PRICE),
                    UnsafeApi.getLong(block + QUOTE_ASK_SIZE));
        }
    }

    static long orderId(long block) {
        return UnsafeApi.getLong(block + ORDER_ID_OFFSET);
    }

    static long newOrderId(long block) {
        return UnsafeApi.getLong(block + REPLACED_ID);
    }

    static long addedPrice(long block) {
        return UnsafeApi.getLong(block + ADDED_PRICE);
    }

    /** Side of an addition, some side when it names none. */
    static int addedSide(long block) {
        return UnsafeApi.getByte(block + ADDED_SIDE) == 'B' ? BID : ASK;
    }

    static long replacedPrice(long block) {
        return UnsafeApi.getLong(block + REPLACED_PRICE);
    }

    private BookRefusal add(long block, int book) {
        int side = side(UnsafeApi.getByte(block + ADDED_SIDE));
        if (side < 0) {
            return INVALID_SIDE;
        }
        return books.add(book, orderId(block), side, addedPrice(block),
            UnsafeApi.getLong(block + ADDED_SIZE));
    }

    private BookRefusal replace(long block, int book) {
        long orderId = orderId(block);
        long newOrderId = newOrderId(block);
        long price = replacedPrice(block);
        long size = UnsafeApi.getLong(block + REPLACED_SIZE);
        boolean isKept = (UnsafeApi.getByte(block + REPLACED_FLAGS) & PRIORITY_KEPT) != 0;
        return isKept && newOrderId == orderId ? books.resize(book, orderId, price, size)
            : books.replace(book, orderId, newOrderId, price, size);
    }

    private BookRefusal setLevel(long block, int book) {
        int side = side(UnsafeApi.getByte(block + LEVEL_SIDE));
        if (side < 0) {
            return INVALID_SIDE;
        }
        return books.setLevel(book, side, UnsafeApi.getLong(block + LEVEL_PRICE),
            UnsafeApi.getLong(block + LEVEL_SIZE),
            UnsafeApi.getInt(block + LEVEL_COUNT) & MAX_LEVEL_COUNT);
    }

    private static int side(byte side) {
        return side == 'B' ? BID : side == 'S' ? ASK : -1;
    }
}
