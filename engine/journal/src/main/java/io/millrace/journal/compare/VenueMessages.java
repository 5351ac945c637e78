// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import static io.millrace.event.EventDescriptor.CHANNEL_ID_OFFSET;
import static io.millrace.event.EventDescriptor.EXCHANGE_TIME_OFFSET;
import static io.millrace.event.EventDescriptor.FLAGS_OFFSET;
import static io.millrace.event.EventDescriptor.INSTRUMENT_ID_OFFSET;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;
import static io.millrace.event.EventDescriptor.ORIGIN_SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.ClockDecoder;
import io.millrace.codec.event.ConfigurationChangedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.RuleChangedDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.codec.event.StrategyChangedDecoder;
import io.millrace.codec.event.SystemSampleDecoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;

/**
 * Which inbound events are what a venue's message said, and when two of them are the same message
 * wherever and whenever it was received.
 */
final class VenueMessages {
    private static final long WHERE_MASK =
        ~(0xFFL << 8 * (CHANNEL_ID_OFFSET - INSTRUMENT_ID_OFFSET)
        | (long) EventFlag.MAYBE_BAD << 8 * (FLAGS_OFFSET - INSTRUMENT_ID_OFFSET));

    private static final int DEFINITION_WORD =
        InstrumentDefinedDecoder.definitionEncodingOffset() & -Long.BYTES;
    /** DefinitionFlags' newSymbol is its lowest bit. */
    private static final long DEFINITION_MASK =
        ~(1L << 8 * (InstrumentDefinedDecoder.definitionEncodingOffset() - DEFINITION_WORD));

    private VenueMessages() {
    }

    /** False for what engine, session or snapshot had to tell. */
    static boolean isMessage(EventView event) {
        if (event.venueId() == 0 || (event.flags() & EventFlag.SNAPSHOT) != 0) {
            return false;
        }
        return switch (event.templateId()) {
            case ClockDecoder.TEMPLATE_ID, ConfigurationChangedDecoder.TEMPLATE_ID,
                GapDecoder.TEMPLATE_ID, JournalGapDecoder.TEMPLATE_ID,
                LineStatusDecoder.TEMPLATE_ID, RuleChangedDecoder.TEMPLATE_ID,
                SnapshotBegunDecoder.TEMPLATE_ID, SnapshotEndedDecoder.TEMPLATE_ID,
                StrategyChangedDecoder.TEMPLATE_ID, SystemSampleDecoder.TEMPLATE_ID -> false;
            case SessionEventDecoder.TEMPLATE_ID -> !isSessionChange(event)
                && at(event, SessionEventDecoder.sessionEncodingOffset()) == 0;
            case BookClearedDecoder.TEMPLATE_ID -> {
                int reason = at(event, BookClearedDecoder.reasonEncodingOffset());
                yield reason != ClearReason.SESSION_CHANGE.value()
                    && reason != ClearReason.SNAPSHOT.value();
            }
            default -> true;
        };
    }

    static boolean isSessionChange(EventView event) {
        return event.templateId() == SessionEventDecoder.TEMPLATE_ID
            && at(event, SessionEventDecoder.kindEncodingOffset())
            == SessionEventKind.SESSION_CHANGED.value();
    }

    static boolean isEngineStart(EventView event) {
        return event.templateId() == SessionEventDecoder.TEMPLATE_ID && event.venueId() == 0
            && at(event, SessionEventDecoder.kindEncodingOffset())
            == SessionEventKind.ENGINE_STARTED.value();
    }

    /**
     * True when two events say the same of the same message. Sequence, receive time, channel,
     * measurement, the mark MAYBE_BAD and whether a symbol was new belong to who received it.
     */
    static boolean isSame(EventView first, EventView second) {
        if (first.templateId() != second.templateId()
            || first.blockLength() != second.blockLength()
            || word(first, EXCHANGE_TIME_OFFSET) != word(second, EXCHANGE_TIME_OFFSET)
            || ((word(first, INSTRUMENT_ID_OFFSET) ^ word(second, INSTRUMENT_ID_OFFSET))
            & WHERE_MASK) != 0) {
            return false;
        }
        int end = first.blockLength() - MEASUREMENT_LENGTH;
        for (int i = ORIGIN_SEQUENCE_OFFSET; i < end; i += Long.BYTES) {
            if (((word(first, i) ^ word(second, i)) & mask(first, i)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static long mask(EventView event, int offset) {
        return offset == DEFINITION_WORD
            && event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID ? DEFINITION_MASK : -1L;
    }

    private static long word(EventView event, int offset) {
        return event.buffer().getLong(event.offset() + offset, LITTLE_ENDIAN);
    }

    private static int at(EventView event, int offset) {
        return event.buffer().getByte(event.offset() + offset) & 0xFF;
    }
}
