// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.OrderReducedEncoder;
import io.millrace.codec.event.OrderReplacedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.itch50.AddOrderAttributedDecoder;
import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.itch50.OrderCancelDecoder;
import io.millrace.codec.itch50.OrderDeleteDecoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceDecoder;
import io.millrace.codec.itch50.OrderReplaceDecoder;
import io.millrace.feed.Malformation;
import io.millrace.instrument.Price;
import org.agrona.DirectBuffer;

/**
 * The messages that change the book, as events: section 6 of the protocol sheet. Owned by the
 * ingress thread.
 */
final class Itch50OrderEvents {
    private static final int ATTRIBUTION_OFFSET =
        AddOrderAttributedDecoder.attributionEncodingOffset();
    private static final int CONDITIONS_OFFSET = OrderExecutedEncoder.conditionsEncodingOffset();
    private static final int ELIGIBILITY_OFFSET = OrderExecutedEncoder.eligibilityEncodingOffset();
    private static final int STOCK_OFFSET = AddOrderDecoder.stockEncodingOffset();

    private final Itch50Writer writer;
    private final Itch50Eligibility eligibility;
    private final OrderAddedEncoder added = new OrderAddedEncoder();
    private final OrderExecutedEncoder executed = new OrderExecutedEncoder();
    private final OrderReducedEncoder reduced = new OrderReducedEncoder();
    private final OrderDeletedEncoder deleted = new OrderDeletedEncoder();
    private final OrderReplacedEncoder replaced = new OrderReplacedEncoder();

    Itch50OrderEvents(Itch50Writer writer, Itch50Eligibility eligibility) {
        this.writer = writer;
        this.eligibility = eligibility;
    }

    void onAddOrder(AddOrderDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        Side side = side(message.buySellIndicator());
        int instrumentId = side == null ? 0 : writer.instrumentId(message.stockLocate(),
            message.buffer(), message.offset() + STOCK_OFFSET, timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            wrapAdded(instrumentId, timeNs, side)
                .orderId(message.orderReferenceNumber())
                .price(message.price() * Price.FROM_PRICE4)
                .size(message.shares() * Price.SIZE_UNIT);
            writer.published();
        }
    }

    void onAddOrderAttributed(AddOrderAttributedDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        Side side = side(message.buySellIndicator());
        int instrumentId = side == null ? 0 : writer.instrumentId(message.stockLocate(),
            message.buffer(), message.offset() + STOCK_OFFSET, timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            wrapAdded(instrumentId, timeNs, side)
                .orderId(message.orderReferenceNumber())
                .price(message.price() * Price.FROM_PRICE4)
                .size(message.shares() * Price.SIZE_UNIT);
            attribute(message.buffer(), message.offset() + ATTRIBUTION_OFFSET);
            writer.published();
        }
    }

    void onOrderExecuted(OrderExecutedDecoder message) {
        int locate = message.stockLocate();
        int instrumentId = writer.instrumentId(locate);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
            long shares = message.executedShares();
            int conditions = eligibility.conditions(timeNs, locate, shares);
            wrapExecuted(instrumentId, timeNs, conditions)
                .orderId(message.orderReferenceNumber())
                .price(Price.UNDEFINED)
                .size(shares * Price.SIZE_UNIT)
                .tradeId(message.matchNumber());
            writer.published();
        }
    }

    void onOrderExecutedWithPrice(OrderExecutedWithPriceDecoder message) {
        byte printable = message.printable();
        if (printable != 'Y' && printable != 'N') {
            writer.refuse(Malformation.BAD_CODE);
            return;
        }
        int locate = message.stockLocate();
        int instrumentId = writer.instrumentId(locate);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
            long shares = message.executedShares();
            wrapExecuted(instrumentId, timeNs, eligibility.conditions(timeNs, locate, shares))
                .orderId(message.orderReferenceNumber())
                .price(message.executionPrice() * Price.FROM_PRICE4)
                .size(shares * Price.SIZE_UNIT)
                .tradeId(message.matchNumber());
            if (printable == 'N') {
                executed.eligibility().clear();
                executed.executionFlags().clear().nonPrintable(true);
            }
            writer.published();
        }
    }

    void onOrderCancel(OrderCancelDecoder message) {
        int instrumentId = writer.instrumentId(message.stockLocate());
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(OrderReducedEncoder.TEMPLATE_ID,
                OrderReducedEncoder.BLOCK_LENGTH, instrumentId,
                Itch50Writer.timeOfDayNs(message.buffer(), message.offset()));
            reduced.wrap(writer.buffer(), offset)
                .orderId(message.orderReferenceNumber())
                .size(message.canceledShares() * Price.SIZE_UNIT);
            writer.published();
        }
    }

    void onOrderDelete(OrderDeleteDecoder message) {
        int instrumentId = writer.instrumentId(message.stockLocate());
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(OrderDeletedEncoder.TEMPLATE_ID,
                OrderDeletedEncoder.BLOCK_LENGTH, instrumentId,
                Itch50Writer.timeOfDayNs(message.buffer(), message.offset()));
            deleted.wrap(writer.buffer(), offset).orderId(message.orderReferenceNumber());
            writer.published();
        }
    }

    void onOrderReplace(OrderReplaceDecoder message) {
        int instrumentId = writer.instrumentId(message.stockLocate());
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(OrderReplacedEncoder.TEMPLATE_ID,
                OrderReplacedEncoder.BLOCK_LENGTH, instrumentId,
                Itch50Writer.timeOfDayNs(message.buffer(), message.offset()));
            replaced.wrap(writer.buffer(), offset)
                .orderId(message.originalOrderReferenceNumber())
                .price(message.price() * Price.FROM_PRICE4)
                .size(message.shares() * Price.SIZE_UNIT)
                .newOrderId(message.newOrderReferenceNumber())
                .side(Side.UNKNOWN);
            writer.published();
        }
    }

    private Side side(byte indicator) {
        if (indicator == 'B') {
            return Side.BUY;
        }
        if (indicator == 'S') {
            return Side.SELL;
        }
        writer.refuse(Malformation.BAD_CODE);
        return null;
    }

    private OrderAddedEncoder wrapAdded(int instrumentId, long timeNs, Side side) {
        int offset = writer.claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH,
            instrumentId, timeNs);
        return added.wrap(writer.buffer(), offset).side(side);
    }

    private void attribute(DirectBuffer message, int offset) {
        added.putAttribution(message.getByte(offset), message.getByte(offset + 1),
            message.getByte(offset + 2), message.getByte(offset + 3));
    }

    private OrderExecutedEncoder wrapExecuted(int instrumentId, long timeNs, int conditions) {
        int offset = writer.claim(OrderExecutedEncoder.TEMPLATE_ID,
            OrderExecutedEncoder.BLOCK_LENGTH, instrumentId, timeNs);
        executed.wrap(writer.buffer(), offset);
        writer.buffer().putInt(offset + CONDITIONS_OFFSET, conditions, LITTLE_ENDIAN);
        writer.buffer().putByte(offset + ELIGIBILITY_OFFSET, Itch50Eligibility.of(conditions));
        return executed;
    }
}
