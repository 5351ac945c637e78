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
import java.util.Set;

/**
 * The newest values of one security: best bid and offer, last trade, and the event that told the
 * newest of them. Bridge's thread.
 */
public final class LatestQuote {
    static final String LAST = "last";

    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final String NOTHING = "null";
    /** Room for all values without growth. */
    private static final int FIELDS = 32;
    private static final Set<String> TEXTS = Set.of("venue", "epoch", "queue");

    private final RecordJson numbers = new RecordJson();
    private final String symbol;
    /** Holds what no event has told yet. */
    private final Map<String, String> known;
    private long bidPrice;
    private long bidSize;
    private long askPrice;
    private long askSize;
    private long lastPrice;
    private long lastSize;
    private boolean isChanged;
    private boolean hasQuote;
    private boolean hasTrade;
    private LocalDate epoch;
    private String epochText;
    private JournalQueue queue;
    private long sequence;
    private long timeNs;
    private int venueId;

    /** @param known what the hash of the security holds already */
    LatestQuote(String symbol, Map<String, String> known) {
        this.symbol = symbol;
        this.known = new LinkedHashMap<>();
        for (String name : new String[] {"bid", "ask", LAST}) {
            this.known.put(name, NOTHING);
        }
        this.known.putAll(known);
    }

    void onQuote(MarketRecord record) {
        bidPrice = record.bidPrice();
        askPrice = record.askPrice();
        bidSize = record.bidSize();
        askSize = record.askSize();
        hasQuote = true;
    }

    void onTrade(MarketRecord record) {
        lastPrice = record.price();
        lastSize = record.size();
        hasTrade = true;
    }

    /** The event that told the newest value. */
    void onEvent(LocalDate ofEpoch, JournalQueue ofQueue, EventView event) {
        if (ofEpoch != epoch) {
            epoch = ofEpoch;
            epochText = ofEpoch.toString();
        }
        queue = ofQueue;
        timeNs = event.receiveTimeNs();
        venueId = event.venueId();
        sequence = event.sequence();
    }

    /** Whether it waits to be written. */
    boolean isChanged() {
        return isChanged;
    }

    void changed(boolean isToBeWritten) {
        isChanged = isToBeWritten;
    }

    /** Of the security. */
    public String symbol() {
        return symbol;
    }

    /** For the hash, made anew; what is not known is the word null. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>(FIELDS);
        if (!hasQuote || !hasTrade) {
            values.putAll(known);
        }
        if (hasQuote) {
            values.put("bid", price(bidPrice));
            values.put("ask", price(askPrice));
        }
        if (hasTrade) {
            values.put(LAST, price(lastPrice));
            values.put("last_size", size(lastSize));
        }
        if (hasQuote) {
            values.put("bid_size", size(bidSize));
            values.put("ask_size", size(askSize));
        }
        if (hasQuote || hasTrade) {
            values.put("ts", Long.toString(timeNs / NS_PER_SECOND));
            values.put("timestamp", numbers.decimalText(timeNs, NS_PER_SECOND));
            values.put("ts_recv", Long.toString(timeNs));
            values.put("venue", RecordJson.venue(venueId));
            values.put("epoch", epochText);
            values.put("queue", queue.label());
            values.put("sequence", Long.toString(sequence));
        }
        return values;
    }

    /**
     * For the string and the channel; numbers are numbers there.
     *
     * @param values of this security, see {@link #values()}
     */
    public String json(Map<String, String> values) {
        StringBuilder json = new StringBuilder(320).append("{\"symbol\":\"")
            .append(symbol.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        values.forEach((name, value) -> {
            String quote = TEXTS.contains(name) ? "\"" : "";
            json.append(",\"").append(name).append("\":").append(quote).append(value).append(quote);
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
