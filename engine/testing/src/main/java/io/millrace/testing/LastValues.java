// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last quote and trade of each security in a journal, as a cache should hold them. */
final class LastValues {
    private final Map<Integer, String> symbols = new HashMap<>();
    private final Map<Integer, Map<String, String>> values = new HashMap<>();

    /** @param symbols of the ids from 1 on */
    LastValues(List<String> symbols) {
        for (int i = 0; i < symbols.size(); i++) {
            this.symbols.put(i + 1, symbols.get(i));
        }
    }

    /** Learns symbols and quotes. */
    void onEvent(EventView event) {
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            symbols.put(event.instrumentId(), defined.symbol().trim());
        } else if (event.templateId() == BboDecoder.TEMPLATE_ID) {
            BboDecoder bbo = new BboDecoder();
            bbo.wrap(event.buffer(), event.offset(), event.blockLength(),
                BboDecoder.SCHEMA_VERSION);
            Map<String, String> known = known(event);
            known.put("bid", decimal(bbo.bidPrice(), 9));
            known.put("ask", decimal(bbo.askPrice(), 9));
            known.put("bid_size", decimal(bbo.bidSize(), 6));
            known.put("ask_size", decimal(bbo.askSize(), 6));
        }
    }

    void onTrade(EventView event, long price, long size) {
        known(event).put("last", decimal(price, 9));
        known(event).put("last_size", decimal(size, 6));
    }

    private Map<String, String> known(EventView event) {
        return values.computeIfAbsent(event.instrumentId(), id -> new TreeMap<>());
    }

    private static String decimal(long value, int scale) {
        return value == Price.UNDEFINED ? "null"
            : BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
    }

    Map<String, Map<String, String>> bySymbol() {
        Map<String, Map<String, String>> named = new TreeMap<>();
        values.forEach((id, known) -> named.put(symbols.get(id), known));
        return named;
    }
}
