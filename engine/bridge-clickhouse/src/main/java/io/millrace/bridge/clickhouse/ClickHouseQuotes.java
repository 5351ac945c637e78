// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.bridge.BestQuotes;
import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.bridge.lookup.LatestAnswer.LastTrade;
import io.millrace.bridge.lookup.QuoteTier;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * The newest rows of quotes and trades that a security has in the tables; of an epoch with quotes
 * across venues (NBBO) only those, as {@link BestQuotes} has it. One thread.
 */
public final class ClickHouseQuotes implements QuoteTier {
    private static final String NEWEST = " ORDER BY receive_time DESC, sequence DESC LIMIT 1";
    private static final String TIME = "toUnixTimestamp64Nano(receive_time) AS time_ns";
    private static final String QUOTE = "kind, toString(epoch) AS epoch_text, toString(bid) AS"
        + " bid_text, toString(bid_size) AS bid_size_text, toString(ask) AS ask_text,"
        + " toString(ask_size) AS ask_size_text, " + TIME;
    private static final String TRADE = "toString(price) AS price_text, toString(size) AS"
        + " size_text, " + TIME;

    private final ClickHouseContext context;
    private Client client;

    /** @param context concluded here */
    public ClickHouseQuotes(ClickHouseContext context) {
        this.context = context.conclude();
    }

    @Override
    public String name() {
        return ClickHouseSink.NAME;
    }

    @Override
    public LatestAnswer find(String symbol) {
        client = client == null ? context.clientBuilder().build() : client;
        GenericRecord quote = bestQuote(symbol);
        GenericRecord trade = newest(TRADE, "trades", "", Map.of("symbol", symbol));
        return LatestAnswer.ofRows(symbol,
            quote == null ? null : new BestQuote(price(quote, "bid_text"),
                size(quote, "bid_size_text"), price(quote, "ask_text"),
                size(quote, "ask_size_text"), quote.getLong("time_ns")),
            trade == null ? null : new LastTrade(price(trade, "price_text"),
                size(trade, "size_text"), trade.getLong("time_ns")));
    }

    private GenericRecord bestQuote(String symbol) {
        GenericRecord newest = newest(QUOTE, "quotes", " AND kind IN ('BBO', 'NBBO')",
            Map.of("symbol", symbol));
        if (newest == null || newest.getString("kind").equals("NBBO")) {
            return newest;
        }
        GenericRecord consolidated = newest(QUOTE, "quotes", " AND kind = 'NBBO'"
            + " AND epoch = {epoch:Date}", Map.of("symbol", symbol, "epoch",
            newest.getString("epoch_text")));
        return consolidated == null ? newest : consolidated;
    }

    private GenericRecord newest(String columns, String table, String condition,
        Map<String, Object> parameters) {
        List<GenericRecord> rows = client.queryAll("SELECT " + columns + " FROM "
            + context.database() + '.' + table + (context.cluster().isEmpty() ? "" : "_all")
            + " WHERE symbol = {symbol:String}" + condition + NEWEST, parameters);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static long price(GenericRecord row, String column) {
        return LatestAnswer.price(row.getString(column));
    }

    private static long size(GenericRecord row, String column) {
        return LatestAnswer.size(row.getString(column));
    }

    @Override
    public void close() {
        CloseHelper.quietClose(client);
        client = null;
    }
}
