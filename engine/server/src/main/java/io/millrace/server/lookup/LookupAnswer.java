// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import io.millrace.bridge.RecordJson;
import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.bridge.lookup.LatestAnswer.LastTrade;
import io.millrace.edge.QuoteSource.Outcome;
import io.millrace.edge.QuoteSource.Reply;
import io.millrace.instrument.Price;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest values of a security and whose they are; or, without any, why there are none.
 * Immutable.
 *
 * @param latest  the values, or null
 * @param source  name of the tier that had them
 * @param ageMs   since the newest of them was received
 * @param outcome whether there are some, or somebody who may have them is away
 * @param reason  what each tier said, where there are none
 */
record LookupAnswer(String symbol, LatestAnswer latest, String source, long ageMs,
                    Outcome outcome, String reason) {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;

    static LookupAnswer of(LatestAnswer latest, String source, long nowNs) {
        return new LookupAnswer(latest.symbol(), latest, source,
            Math.max(0, nowNs - latest.timeNs()) / NS_PER_MS, Outcome.FOUND, null);
    }

    static LookupAnswer none(String symbol, Outcome outcome, String reason) {
        return new LookupAnswer(symbol, null, null, 0, outcome, reason);
    }

    Reply reply() {
        return new Reply(outcome, json());
    }

    /** Fields and values as JSON has them, numbers exact and as Redis has them. */
    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("symbol", quoted(symbol));
        if (latest == null) {
            fields.put("reason", quoted(reason));
            return fields;
        }
        RecordJson numbers = new RecordJson();
        BestQuote quote = latest.quote();
        LastTrade trade = latest.trade();
        fields.put("bid", numbers.decimalText(quote.bidPrice(), Price.PRICE_UNIT));
        fields.put("ask", numbers.decimalText(quote.askPrice(), Price.PRICE_UNIT));
        fields.put("last", numbers.decimalText(trade.price(), Price.PRICE_UNIT));
        fields.put("bid_size", numbers.decimalText(quote.bidSize(), Price.SIZE_UNIT));
        fields.put("ask_size", numbers.decimalText(quote.askSize(), Price.SIZE_UNIT));
        fields.put("last_size", numbers.decimalText(trade.size(), Price.SIZE_UNIT));
        fields.put("ts", Long.toString(latest.timeNs() / NS_PER_SECOND));
        fields.put("timestamp", numbers.decimalText(latest.timeNs(), NS_PER_SECOND));
        fields.put("source", quoted(source));
        fields.put("age_ms", Long.toString(ageMs));
        fields.put("stale", Boolean.toString(latest.isStale()));
        return fields;
    }

    /** One object in one line. */
    private String json() {
        StringBuilder json = new StringBuilder("{");
        fields().forEach((name, value) -> json.append(json.length() == 1 ? "\"" : ",\"")
            .append(name).append("\":").append(value));
        return json.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replaceAll("[^ -~]", "?").replace("\\", "\\\\").replace("\"", "\\\"")
            + '"';
    }
}
