// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import io.millrace.instrument.Venue;
import io.millrace.journal.JournalQueue;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Records as JSON: prices and sizes as exact decimals, what is not there as null; {@code ts} in
 * whole seconds and {@code timestamp} with its fraction beside the times in ns. One thread.
 */
public final class RecordJson {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int LONGEST = 512;

    private byte[] text = new byte[LONGEST];
    private int length;

    /** The record's text. */
    public byte[] write(LocalDate epoch, JournalQueue queue, EventView event, String symbol,
        MarketRecord record) {
        length = 0;
        raw("{\"symbol\":\"").symbol(symbol).raw("\",\"venue\":\"").raw(venue(event.venueId()))
            .raw("\",");
        fields(record);
        long timeNs = event.receiveTimeNs();
        raw(",\"ts\":").number(timeNs / NS_PER_SECOND)
            .raw(",\"timestamp\":").decimal(timeNs, NS_PER_SECOND)
            .raw(",\"ts_event\":").optional(event.exchangeTimeNs())
            .raw(",\"ts_recv\":").number(timeNs)
            .raw(",\"flags\":").number(event.flags())
            .raw(",\"epoch\":\"").raw(epoch.toString())
            .raw("\",\"queue\":\"").raw(queue.label())
            .raw("\",\"sequence\":").number(event.sequence()).raw("}");
        return Arrays.copyOf(text, length);
    }

    /** A fixed-point value as an exact decimal without zeros at its end, or null. */
    public String decimalText(long value, long unit) {
        length = 0;
        decimal(value, unit);
        return new String(text, 0, length, US_ASCII);
    }

    private void fields(MarketRecord record) {
        switch (record.kind()) {
            case TRADE -> raw("\"price\":").decimal(record.price(), Price.PRICE_UNIT)
                .raw(",\"size\":").decimal(record.size(), Price.SIZE_UNIT)
                .raw(",\"side\":\"").raw(record.side().name())
                .raw("\",\"trade_id\":").number(record.tradeId());
            case LEVEL -> raw("\"side\":\"").raw(record.side().name())
                .raw("\",\"price\":").decimal(record.price(), Price.PRICE_UNIT)
                .raw(",\"size\":").decimal(record.size(), Price.SIZE_UNIT);
            default -> raw("\"bid\":").decimal(record.bidPrice(), Price.PRICE_UNIT)
                .raw(",\"ask\":").decimal(record.askPrice(), Price.PRICE_UNIT)
                .raw(",\"bid_size\":").decimal(record.bidSize(), Price.SIZE_UNIT)
                .raw(",\"ask_size\":").decimal(record.askSize(), Price.SIZE_UNIT);
        }
    }

    /** Code of a venue, or its number when it is unknown. */
    public static String venue(int id) {
        Venue venue = Venue.byId(id);
        return venue == null ? Integer.toString(id) : venue.name();
    }

    private RecordJson symbol(String symbol) {
        for (int i = 0; i < symbol.length(); i++) {
            char sign = symbol.charAt(i);
            if (sign == '"' || sign == '\\') {
                append((byte) '\\');
            }
            append((byte) (sign < ' ' || sign > '~' ? '?' : sign));
        }
        return this;
    }

    private RecordJson raw(String ascii) {
        byte[] bytes = ascii.getBytes(US_ASCII);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, text, length, bytes.length);
        length += bytes.length;
        return this;
    }

    private RecordJson optional(long value) {
        return value == Price.UNDEFINED ? raw("null") : number(value);
    }

    private RecordJson number(long value) {
        return raw(Long.toString(value));
    }

    /** A fixed-point value without zeros at its end. */
    private RecordJson decimal(long value, long unit) {
        if (value == Price.UNDEFINED) {
            return raw("null");
        }
        if (value < 0) {
            append((byte) '-');
        }
        long fraction = Math.abs(value % unit);
        number(Math.abs(value / unit));
        if (fraction > 0) {
            append((byte) '.');
            for (long digit = unit / 10; fraction > 0; digit /= 10) {
                append((byte) ('0' + fraction / digit));
                fraction %= digit;
            }
        }
        return this;
    }

    private void append(byte sign) {
        reserve(1);
        text[length++] = sign;
    }

    private void reserve(int more) {
        if (length + more > text.length) {
            text = Arrays.copyOf(text, 2 * (length + more));
        }
    }
}
