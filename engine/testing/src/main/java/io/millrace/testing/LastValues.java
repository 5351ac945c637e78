// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.NbboDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The last quote and trade of each security in a journal, as a cache should hold them: once there
 * was a quote across venues, no other one.
 */
final class LastValues {
    private final Map<Integer, String> symbols = new HashMap<>();
    private final Map<Integer, Map<String, String>> values = new HashMap<>();
    private final Set<Integer> consolidated = new HashSet<>();

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
            if (!consolidated.contains(event.instrumentId())) {
                quoted(event, bbo.bidPrice(), bbo.bidSize(), bbo.askPrice(), bbo.askSize());
            }
        } else if (event.templateId() == NbboDecoder.TEMPLATE_ID) {
            NbboDecoder nbbo = new NbboDecoder();
            nbbo.wrap(event.buffer(), event.offset(), event.blockLength(),
                NbboDecoder.SCHEMA_VERSION);
            consolidated.add(event.instrumentId());
            quoted(event, nbbo.bidPrice(), nbbo.bidSize(), nbbo.askPrice(), nbbo.askSize());
        }
    }

    private void quoted(EventView event, long bid, long bidSize, long ask, long askSize) {
        Map<String, String> known = known(event);
        known.put("bid", decimal(bid, 9));
        known.put("ask", decimal(ask, 9));
        known.put("bid_size", decimal(bidSize, 6));
        known.put("ask_size", decimal(askSize, 6));
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
