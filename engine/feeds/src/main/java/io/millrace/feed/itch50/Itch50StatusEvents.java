// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.codec.event.BreakerKind;
import io.millrace.codec.event.MarketWideBreakerEncoder;
import io.millrace.codec.event.RestrictionState;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.ShortSaleRestrictionEncoder;
import io.millrace.codec.event.StatusScope;
import io.millrace.codec.event.TradingState;
import io.millrace.codec.event.TradingStatusEncoder;
import io.millrace.codec.itch50.MwcbDeclineLevelDecoder;
import io.millrace.codec.itch50.MwcbStatusDecoder;
import io.millrace.codec.itch50.OperationalHaltDecoder;
import io.millrace.codec.itch50.RegShoRestrictionDecoder;
import io.millrace.codec.itch50.StockTradingActionDecoder;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.feed.Malformation;
import io.millrace.instrument.Price;
import org.agrona.DirectBuffer;

/** Milestones of the day, halts and restrictions, as events. Owned by the ingress thread. */
final class Itch50StatusEvents {
    private final Itch50Writer writer;
    private final Itch50Eligibility eligibility;
    private final SessionEventEncoder session = new SessionEventEncoder();
    private final TradingStatusEncoder status = new TradingStatusEncoder();
    private final ShortSaleRestrictionEncoder restriction = new ShortSaleRestrictionEncoder();
    private final MarketWideBreakerEncoder breaker = new MarketWideBreakerEncoder();

    Itch50StatusEvents(Itch50Writer writer, Itch50Eligibility eligibility) {
        this.writer = writer;
        this.eligibility = eligibility;
    }

    void onSystemEvent(SystemEventDecoder message) {
        byte code = message.eventCode();
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int offset = writer.claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH,
            EventDescriptor.NO_INSTRUMENT, timeNs);
        session.wrap(writer.buffer(), offset)
            .session("")
            .tradingDate(writer.tradingDate().number())
            .kind(sessionKind(code))
            .code(code);
        if (code == 'M') {
            eligibility.onMarketClosed(timeNs);
        }
        writer.published();
    }

    void onStockTradingAction(StockTradingActionDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + StockTradingActionDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            DirectBuffer buffer = message.buffer();
            int reason = message.offset() + StockTradingActionDecoder.reasonCodeEncodingOffset();
            wrapStatus(instrumentId, timeNs)
                .putReason(buffer.getByte(reason), buffer.getByte(reason + 1),
                    buffer.getByte(reason + 2), buffer.getByte(reason + 3))
                .state(tradingState(message.tradingState()))
                .scope(StatusScope.REGULATORY)
                .venueCode((byte) 0)
                .code(message.tradingState());
            writer.published();
        }
    }

    void onOperationalHalt(OperationalHaltDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + OperationalHaltDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            wrapStatus(instrumentId, timeNs)
                .putReason((byte) 0, (byte) 0, (byte) 0, (byte) 0)
                .state(tradingState(message.operationalHaltAction()))
                .scope(StatusScope.OPERATIONAL)
                .venueCode(message.marketCode())
                .code(message.operationalHaltAction());
            writer.published();
        }
    }

    void onRegShoRestriction(RegShoRestrictionDecoder message) {
        byte action = message.regShoAction();
        if (action < '0' || action > '2') {
            writer.refuse(Malformation.BAD_CODE);
            return;
        }
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + RegShoRestrictionDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(ShortSaleRestrictionEncoder.TEMPLATE_ID,
                ShortSaleRestrictionEncoder.BLOCK_LENGTH, instrumentId, timeNs);
            restriction.wrap(writer.buffer(), offset)
                .triggerPrice(Price.UNDEFINED)
                .triggerSize(Price.UNDEFINED)
                .state(RestrictionState.get((short) (action - '0')))
                .detail(action);
            writer.published();
        }
    }

    void onMwcbDeclineLevel(MwcbDeclineLevelDecoder message) {
        long level1 = Price.scale(message.level1(), Price.FROM_PRICE8);
        long level2 = Price.scale(message.level2(), Price.FROM_PRICE8);
        long level3 = Price.scale(message.level3(), Price.FROM_PRICE8);
        if (level1 == Price.UNDEFINED || level2 == Price.UNDEFINED || level3 == Price.UNDEFINED) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        wrapBreaker(Itch50Writer.timeOfDayNs(message.buffer(), message.offset()))
            .level1Price(level1)
            .level2Price(level2)
            .level3Price(level3)
            .breachedLevel((short) 0)
            .kind(BreakerKind.LEVELS);
        writer.published();
    }

    void onMwcbStatus(MwcbStatusDecoder message) {
        byte level = message.breachedLevel();
        if (level < '1' || level > '3') {
            writer.refuse(Malformation.BAD_CODE);
            return;
        }
        wrapBreaker(Itch50Writer.timeOfDayNs(message.buffer(), message.offset()))
            .level1Price(Price.UNDEFINED)
            .level2Price(Price.UNDEFINED)
            .level3Price(Price.UNDEFINED)
            .breachedLevel((short) (level - '0'))
            .kind(BreakerKind.BREACHED);
        writer.published();
    }

    private TradingStatusEncoder wrapStatus(int instrumentId, long timeNs) {
        int offset = writer.claim(TradingStatusEncoder.TEMPLATE_ID,
            TradingStatusEncoder.BLOCK_LENGTH, instrumentId, timeNs);
        return status.wrap(writer.buffer(), offset).resumeTimeNs(EventDescriptor.UNDEFINED);
    }

    private MarketWideBreakerEncoder wrapBreaker(long timeNs) {
        int offset = writer.claim(MarketWideBreakerEncoder.TEMPLATE_ID,
            MarketWideBreakerEncoder.BLOCK_LENGTH, EventDescriptor.NO_INSTRUMENT, timeNs);
        return breaker.wrap(writer.buffer(), offset);
    }

    private static TradingState tradingState(byte code) {
        switch (code) {
            case 'H':
                return TradingState.HALTED;
            case 'P':
                return TradingState.PAUSED;
            case 'Q':
                return TradingState.QUOTATION_ONLY;
            case 'T':
                return TradingState.TRADING;
            default:
                return TradingState.UNKNOWN;
        }
    }

    private static SessionEventKind sessionKind(byte code) {
        switch (code) {
            case 'O':
                return SessionEventKind.MESSAGES_STARTED;
            case 'S':
                return SessionEventKind.SYSTEM_STARTED;
            case 'Q':
                return SessionEventKind.MARKET_OPENED;
            case 'M':
                return SessionEventKind.MARKET_CLOSED;
            case 'E':
                return SessionEventKind.SYSTEM_ENDED;
            case 'C':
                return SessionEventKind.MESSAGES_ENDED;
            default:
                return SessionEventKind.VENUE_OTHER;
        }
    }
}
