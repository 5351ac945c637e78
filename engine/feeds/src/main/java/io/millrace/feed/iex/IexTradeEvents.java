// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.OfficialPriceEncoder;
import io.millrace.codec.event.OfficialPriceKind;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.TradeBrokenEncoder;
import io.millrace.codec.event.TradeConditionsEncoder;
import io.millrace.codec.event.TradeEligibilityEncoder;
import io.millrace.codec.event.TradeEncoder;
import io.millrace.codec.event.TradeKind;
import io.millrace.codec.tops16.OfficialPriceDecoder;
import io.millrace.codec.tops16.SaleConditionFlagsDecoder;
import io.millrace.codec.tops16.TradeBreakDecoder;
import io.millrace.codec.tops16.TradeReportDecoder;
import io.millrace.feed.Malformation;
import io.millrace.instrument.Price;

/**
 * Prints, broken prints and official prices, as events. Every print counts for volume; for last,
 * high and low only one that is neither an odd lot nor of extended hours. Owned by the ingress
 * thread.
 */
final class IexTradeEvents {
    private static final byte VOLUME_ONLY = TradeEligibilityEncoder.volume((byte) 0, true);
    private static final byte ALL = TradeEligibilityEncoder.highLow(
        TradeEligibilityEncoder.last(VOLUME_ONLY, true), true);

    private static final int CONDITIONS_OFFSET = TradeEncoder.conditionsEncodingOffset();
    private static final int ELIGIBILITY_OFFSET = TradeEncoder.eligibilityEncodingOffset();
    private static final int BROKEN_CONDITIONS_OFFSET =
        TradeBrokenEncoder.conditionsEncodingOffset();
    private static final int SALE_CONDITIONS_OFFSET =
        TradeReportDecoder.saleConditionFlagsEncodingOffset();

    private final IexWriter writer;
    private final TradeEncoder trade = new TradeEncoder();
    private final TradeBrokenEncoder broken = new TradeBrokenEncoder();
    private final OfficialPriceEncoder official = new OfficialPriceEncoder();

    IexTradeEvents(IexWriter writer) {
        this.writer = writer;
    }

    void onTradeReport(TradeReportDecoder message) {
        if (!IexWriter.isPrice(message.price())) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        long timeNs = message.timestamp();
        int instrumentId = writer.instrumentId(message.buffer(), message.offset(), timeNs);
        if (instrumentId != IexWriter.UNKNOWN) {
            byte flags = message.buffer().getByte(message.offset() + SALE_CONDITIONS_OFFSET);
            wrapTrade(instrumentId, timeNs, flags)
                .price(message.price() * Price.FROM_PRICE4)
                .size(message.size() * Price.SIZE_UNIT)
                .tradeId(message.tradeId())
                .orderId(0);
            writer.published();
        }
    }

    /** The time of the message is that of the break, not of the print. */
    void onTradeBreak(TradeBreakDecoder message) {
        if (!IexWriter.isPrice(message.price())) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        long timeNs = message.timestamp();
        int instrumentId = writer.instrumentId(message.buffer(), message.offset(), timeNs);
        if (instrumentId != IexWriter.UNKNOWN) {
            int offset = writer.claim(TradeBrokenEncoder.TEMPLATE_ID,
                TradeBrokenEncoder.BLOCK_LENGTH, instrumentId, timeNs);
            byte flags = message.buffer().getByte(message.offset() + SALE_CONDITIONS_OFFSET);
            broken.wrap(writer.buffer(), offset)
                .tradeId(message.tradeId())
                .price(message.price() * Price.FROM_PRICE4)
                .size(message.size() * Price.SIZE_UNIT)
                .tradingDate(writer.tradingDate().number());
            writer.buffer().putInt(offset + BROKEN_CONDITIONS_OFFSET, conditions(flags),
                LITTLE_ENDIAN);
            writer.published();
        }
    }

    void onOfficialPrice(OfficialPriceDecoder message) {
        byte type = message.priceType();
        if (type != 'Q' && type != 'M') {
            writer.refuse(Malformation.BAD_CODE);
            return;
        }
        if (!IexWriter.isPrice(message.officialPrice())) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        long timeNs = message.timestamp();
        int instrumentId = writer.instrumentId(message.buffer(), message.offset(), timeNs);
        if (instrumentId != IexWriter.UNKNOWN) {
            int offset = writer.claim(OfficialPriceEncoder.TEMPLATE_ID,
                OfficialPriceEncoder.BLOCK_LENGTH, instrumentId, timeNs);
            official.wrap(writer.buffer(), offset)
                .price(IexWriter.price(message.officialPrice()))
                .size(Price.UNDEFINED)
                .highPrice(Price.UNDEFINED)
                .lowPrice(Price.UNDEFINED)
                .lastPrice(Price.UNDEFINED)
                .kind(type == 'Q' ? OfficialPriceKind.OPEN : OfficialPriceKind.CLOSE);
            writer.published();
        }
    }

    private TradeEncoder wrapTrade(int instrumentId, long timeNs, byte flags) {
        int offset = writer.claim(TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH, instrumentId,
            timeNs);
        boolean isCross = SaleConditionFlagsDecoder.singlePriceCross(flags);
        trade.wrap(writer.buffer(), offset);
        writer.buffer().putInt(offset + CONDITIONS_OFFSET, conditions(flags), LITTLE_ENDIAN);
        writer.buffer().putByte(offset + ELIGIBILITY_OFFSET, eligibility(flags));
        return trade.putConditionCodes((byte) 0, (byte) 0, (byte) 0, (byte) 0)
            .side(Side.UNKNOWN)
            .kind(isCross ? TradeKind.OTHER : TradeKind.REGULAR)
            .reportingVenue((byte) 0);
    }

    private static byte eligibility(byte flags) {
        return SaleConditionFlagsDecoder.extendedHours(flags)
            || SaleConditionFlagsDecoder.oddLot(flags) ? VOLUME_ONLY : ALL;
    }

    private static int conditions(byte flags) {
        int conditions = TradeConditionsEncoder.intermarketSweep(0,
            SaleConditionFlagsDecoder.intermarketSweep(flags));
        conditions = TradeConditionsEncoder.extendedHours(conditions,
            SaleConditionFlagsDecoder.extendedHours(flags));
        conditions = TradeConditionsEncoder.oddLot(conditions,
            SaleConditionFlagsDecoder.oddLot(flags));
        conditions = TradeConditionsEncoder.tradeThroughExempt(conditions,
            SaleConditionFlagsDecoder.tradeThroughExempt(flags));
        return TradeConditionsEncoder.cross(conditions,
            SaleConditionFlagsDecoder.singlePriceCross(flags));
    }
}
