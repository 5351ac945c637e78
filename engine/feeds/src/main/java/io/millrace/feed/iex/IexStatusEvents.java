// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.codec.event.RestrictionState;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.ShortSaleRestrictionEncoder;
import io.millrace.codec.event.StatusScope;
import io.millrace.codec.event.TradingState;
import io.millrace.codec.event.TradingStatusEncoder;
import io.millrace.codec.tops16.OperationalHaltStatusDecoder;
import io.millrace.codec.tops16.SecurityEventDecoder;
import io.millrace.codec.tops16.ShortSalePriceTestStatusDecoder;
import io.millrace.codec.tops16.SystemEventDecoder;
import io.millrace.codec.tops16.TradingStatusDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.feed.Malformation;
import io.millrace.instrument.Price;

/** Milestones of the day, halts and restrictions, as events. Owned by the ingress thread. */
final class IexStatusEvents {
    private final IexWriter writer;
    private final SessionEventEncoder session = new SessionEventEncoder();
    private final TradingStatusEncoder status = new TradingStatusEncoder();
    private final ShortSaleRestrictionEncoder restriction = new ShortSaleRestrictionEncoder();

    IexStatusEvents(IexWriter writer) {
        this.writer = writer;
    }

    void onSystemEvent(SystemEventDecoder message) {
        publishSession(EventDescriptor.NO_INSTRUMENT, message.timestamp(),
            systemKind(message.systemEvent()), message.systemEvent());
    }

    void onSecurityEvent(SecurityEventDecoder message) {
        int instrumentId =
            writer.instrumentId(message.buffer(), message.offset(), message.timestamp());
        if (instrumentId != IexWriter.UNKNOWN) {
            publishSession(instrumentId, message.timestamp(), securityKind(message.securityEvent()),
                message.securityEvent());
        }
    }

    void onTradingStatus(TradingStatusDecoder message) {
        int instrumentId =
            writer.instrumentId(message.buffer(), message.offset(), message.timestamp());
        if (instrumentId != IexWriter.UNKNOWN) {
            wrapStatus(instrumentId, message.timestamp())
                .putReason(message.reason(0), message.reason(1), message.reason(2),
                    message.reason(3))
                .state(tradingState(message.tradingStatus()))
                .scope(StatusScope.REGULATORY)
                .venueCode((byte) 0)
                .code(message.tradingStatus());
            writer.published();
        }
    }

    void onOperationalHaltStatus(OperationalHaltStatusDecoder message) {
        int instrumentId =
            writer.instrumentId(message.buffer(), message.offset(), message.timestamp());
        if (instrumentId != IexWriter.UNKNOWN) {
            wrapStatus(instrumentId, message.timestamp())
                .putReason((byte) 0, (byte) 0, (byte) 0, (byte) 0)
                .state(operationalState(message.operationalHaltStatus()))
                .scope(StatusScope.OPERATIONAL)
                .venueCode((byte) 0)
                .code(message.operationalHaltStatus());
            writer.published();
        }
    }

    void onShortSalePriceTestStatus(ShortSalePriceTestStatusDecoder message) {
        int inEffect = message.shortSalePriceTestStatus();
        if (inEffect > 1) {
            writer.refuse(Malformation.BAD_CODE);
            return;
        }
        int instrumentId =
            writer.instrumentId(message.buffer(), message.offset(), message.timestamp());
        if (instrumentId != IexWriter.UNKNOWN) {
            int offset = writer.claim(ShortSaleRestrictionEncoder.TEMPLATE_ID,
                ShortSaleRestrictionEncoder.BLOCK_LENGTH, instrumentId, message.timestamp());
            restriction.wrap(writer.buffer(), offset)
                .triggerPrice(Price.UNDEFINED)
                .triggerSize(Price.UNDEFINED)
                .state(restrictionState(inEffect, message.detail()))
                .detail(message.detail());
            writer.published();
        }
    }

    private void publishSession(int instrumentId, long timeNs, SessionEventKind kind, byte code) {
        int offset = writer.claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH,
            instrumentId, timeNs);
        session.wrap(writer.buffer(), offset)
            .session("")
            .tradingDate(writer.tradingDate().number())
            .kind(kind)
            .code(code);
        writer.published();
    }

    private TradingStatusEncoder wrapStatus(int instrumentId, long timeNs) {
        int offset = writer.claim(TradingStatusEncoder.TEMPLATE_ID,
            TradingStatusEncoder.BLOCK_LENGTH, instrumentId, timeNs);
        return status.wrap(writer.buffer(), offset).resumeTimeNs(EventDescriptor.UNDEFINED);
    }

    private static RestrictionState restrictionState(int inEffect, byte detail) {
        if (inEffect == 0) {
            return RestrictionState.NONE;
        }
        return detail == 'C' ? RestrictionState.CONTINUED : RestrictionState.TRIGGERED;
    }

    private static TradingState tradingState(byte code) {
        switch (code) {
            case 'H':
                return TradingState.HALTED;
            case 'O':
                return TradingState.ORDER_ACCEPTANCE;
            case 'P':
                return TradingState.PAUSED;
            case 'T':
                return TradingState.TRADING;
            default:
                return TradingState.UNKNOWN;
        }
    }

    private static TradingState operationalState(byte code) {
        switch (code) {
            case 'O':
                return TradingState.HALTED;
            case 'N':
                return TradingState.TRADING;
            default:
                return TradingState.UNKNOWN;
        }
    }

    private static SessionEventKind systemKind(byte code) {
        switch (code) {
            case 'O':
                return SessionEventKind.MESSAGES_STARTED;
            case 'S':
                return SessionEventKind.SYSTEM_STARTED;
            case 'R':
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

    private static SessionEventKind securityKind(byte code) {
        switch (code) {
            case 'O':
                return SessionEventKind.OPENING_DONE;
            case 'C':
                return SessionEventKind.CLOSING_DONE;
            default:
                return SessionEventKind.VENUE_OTHER;
        }
    }
}
