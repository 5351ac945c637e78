// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.Side;
import io.millrace.codec.event.TradeBrokenEncoder;
import io.millrace.codec.event.TradeConditionsEncoder;
import io.millrace.codec.event.TradeEncoder;
import io.millrace.codec.event.TradeKind;
import io.millrace.codec.itch50.BrokenTradeDecoder;
import io.millrace.codec.itch50.CrossTradeDecoder;
import io.millrace.codec.itch50.TradeDecoder;
import io.millrace.feed.Malformation;
import io.millrace.instrument.Price;

/**
 * The prints that are no execution of a displayed order, as events. Owned by the ingress thread.
 */
final class Itch50TradeEvents {
    private static final int CROSS = TradeConditionsEncoder.cross(0, true);
    private static final int OPENING = TradeConditionsEncoder.opening(CROSS, true);
    private static final int CLOSING = TradeConditionsEncoder.closing(CROSS, true);
    private static final int REOPENING = TradeConditionsEncoder.reopening(CROSS, true);

    private static final int CONDITIONS_OFFSET = TradeEncoder.conditionsEncodingOffset();
    private static final int ELIGIBILITY_OFFSET = TradeEncoder.eligibilityEncodingOffset();
    private static final int STOCK_OFFSET = TradeDecoder.stockEncodingOffset();
    private static final int CROSS_STOCK_OFFSET = CrossTradeDecoder.stockEncodingOffset();

    private final Itch50Writer writer;
    private final Itch50Eligibility eligibility;
    private final TradeEncoder trade = new TradeEncoder();
    private final TradeBrokenEncoder broken = new TradeBrokenEncoder();

    Itch50TradeEvents(Itch50Writer writer, Itch50Eligibility eligibility) {
        this.writer = writer;
        this.eligibility = eligibility;
    }

    /** The side of this message is a constant of the venue, so that the event tells none. */
    void onTrade(TradeDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int locate = message.stockLocate();
        int instrumentId = writer.instrumentId(locate, message.buffer(),
            message.offset() + STOCK_OFFSET, timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            long shares = message.shares();
            int conditions = eligibility.conditions(timeNs, locate, shares);
            wrapTrade(instrumentId, timeNs, conditions, Itch50Eligibility.of(conditions))
                .price(message.price() * Price.FROM_PRICE4)
                .size(shares * Price.SIZE_UNIT)
                .tradeId(message.matchNumber())
                .orderId(message.orderReferenceNumber())
                .kind(TradeKind.HIDDEN);
            writer.published();
        }
    }

    /** A cross of no shares only tells that there was none: it counts for nothing. */
    void onCrossTrade(CrossTradeDecoder message) {
        long size = Price.scale(message.crossShares(), Price.SIZE_UNIT);
        if (size == Price.UNDEFINED) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + CROSS_STOCK_OFFSET, timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int conditions = crossConditions(message.crossType());
            byte counts = size == 0 ? Itch50Eligibility.NONE : Itch50Eligibility.of(conditions);
            wrapTrade(instrumentId, timeNs, conditions, counts)
                .price(message.crossPrice() * Price.FROM_PRICE4)
                .size(size)
                .tradeId(message.matchNumber())
                .orderId(0)
                .kind(crossKind(message.crossType()));
            writer.published();
        }
    }

    void onBrokenTrade(BrokenTradeDecoder message) {
        int instrumentId = writer.instrumentId(message.stockLocate());
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(TradeBrokenEncoder.TEMPLATE_ID,
                TradeBrokenEncoder.BLOCK_LENGTH, instrumentId,
                Itch50Writer.timeOfDayNs(message.buffer(), message.offset()));
            broken.wrap(writer.buffer(), offset)
                .tradeId(message.matchNumber())
                .price(Price.UNDEFINED)
                .size(Price.UNDEFINED)
                .tradingDate(writer.tradingDate().number())
                .conditions().clear();
            writer.published();
        }
    }

    private TradeEncoder wrapTrade(int instrumentId, long timeNs, int conditions, byte counts) {
        int offset = writer.claim(TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH, instrumentId,
            timeNs);
        trade.wrap(writer.buffer(), offset);
        writer.buffer().putInt(offset + CONDITIONS_OFFSET, conditions, LITTLE_ENDIAN);
        writer.buffer().putByte(offset + ELIGIBILITY_OFFSET, counts);
        return trade.putConditionCodes((byte) 0, (byte) 0, (byte) 0, (byte) 0)
            .side(Side.UNKNOWN)
            .reportingVenue((byte) 0);
    }

    private static int crossConditions(byte crossType) {
        switch (crossType) {
            case 'O':
                return OPENING;
            case 'C':
                return CLOSING;
            case 'H':
                return REOPENING;
            case 'A':
                return CROSS | Itch50Eligibility.EXTENDED_HOURS;
            default:
                return CROSS;
        }
    }

    private static TradeKind crossKind(byte crossType) {
        switch (crossType) {
            case 'O':
                return TradeKind.OPENING_CROSS;
            case 'C':
                return TradeKind.CLOSING_CROSS;
            case 'H':
                return TradeKind.REOPENING_CROSS;
            case 'A':
                return TradeKind.EXTENDED_CLOSE_CROSS;
            case 'I':
                return TradeKind.INTRADAY_CROSS;
            default:
                return TradeKind.OTHER;
        }
    }
}
