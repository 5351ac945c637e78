// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.cache;

import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.RecordJson;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import io.millrace.journal.JournalQueue;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest values of one security: best bid and offer, last trade, and the event that told the
 * newest of them. Bridge's thread.
 */
public final class LatestQuote {
    static final String LAST = "last";

    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final String NOTHING = "null";

    private final RecordJson numbers = new RecordJson();
    private final String symbol;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param known what the hash of the security holds already */
    LatestQuote(String symbol, Map<String, String> known) {
        this.symbol = symbol;
        for (String name : new String[] {"bid", "ask", LAST}) {
            values.put(name, known.getOrDefault(name, NOTHING));
        }
        values.putAll(known);
    }

    void onQuote(MarketRecord record) {
        values.put("bid", price(record.bidPrice()));
        values.put("ask", price(record.askPrice()));
        values.put("bid_size", size(record.bidSize()));
        values.put("ask_size", size(record.askSize()));
    }

    void onTrade(MarketRecord record) {
        values.put(LAST, price(record.price()));
        values.put("last_size", size(record.size()));
    }

    /** The event that told the newest value. */
    void onEvent(LocalDate epoch, JournalQueue queue, EventView event) {
        long timeNs = event.receiveTimeNs();
        values.put("ts", Long.toString(timeNs / NS_PER_SECOND));
        values.put("timestamp", numbers.decimalText(timeNs, NS_PER_SECOND));
        values.put("ts_recv", Long.toString(timeNs));
        values.put("venue", RecordJson.venue(event.venueId()));
        values.put("epoch", epoch.toString());
        values.put("queue", queue.label());
        values.put("sequence", Long.toString(event.sequence()));
    }

    /** Of the security. */
    public String symbol() {
        return symbol;
    }

    /** For the hash; what is not known is the word null. */
    public Map<String, String> values() {
        return values;
    }

    /** For the string and the channel; numbers are numbers there. */
    public String json() {
        StringBuilder json = new StringBuilder(320).append("{\"symbol\":\"")
            .append(symbol.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        values.forEach((name, value) -> {
            boolean isText = name.equals("venue") || name.equals("epoch") || name.equals("queue");
            json.append(",\"").append(name).append(isText ? "\":\"" : "\":").append(value)
                .append(isText ? "\"" : "");
        });
        return json.append('}').toString();
    }

    private String price(long value) {
        return numbers.decimalText(value, Price.PRICE_UNIT);
    }

    private String size(long value) {
        return numbers.decimalText(value, Price.SIZE_UNIT);
    }
}
