// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.EventBatch;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.Position;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.bridge.table.MarketTable;
import io.millrace.bridge.table.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;

/**
 * Rows into tables, one insert for each table and batch, all at once as far as there are
 * connections. An insert that is repeated after a failure or a kill has the same range and so the
 * same token, by which the server knows it; what stands in a table already is not sent at all. The
 * bridge's thread.
 */
public final class ClickHouseSink implements Sink {
    static final String NAME = "clickhouse";

    private final ClickHouseContext context;
    private final SymbolDirectory symbols;
    private final TableDefinitions definitions;
    private final PoolGauges pool;
    private final ServerHealth health;
    private final List<MarketTable> tables = MarketTable.all();
    private final List<TableRows> rows = new ArrayList<>();
    private final MarketRecord record = new MarketRecord();
    private final Deque<CompletableFuture<InsertResponse>> inserts = new ArrayDeque<>();
    private Position heldOf;
    private Client client;

    private ClickHouseSink(ClickHouseContext context, SymbolDirectory symbols) {
        this.context = context;
        this.symbols = symbols;
        definitions = new TableDefinitions(context);
        pool = new PoolGauges(context.counters(), NAME);
        health = new ServerHealth(context, NAME);
    }

    /**
     * Makes the sink of a bridge.
     *
     * @param context concluded here
     */
    public static Bridge.SinkFactory factory(ClickHouseContext context) {
        context.conclude();
        return Bridge.SinkFactory.of(NAME,
            (symbols, deadLetters) -> new ClickHouseSink(context, symbols));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isRangeKept() {
        return true;
    }

    @Override
    public Position open(Position known) throws Exception {
        client = context.clientBuilder().useAsyncRequests(true)
            .registerClientMetrics(pool.newRegistry(), NAME).build();
        for (String statement : definitions.statements(tables)) {
            client.execute(statement).get(context.timeoutMs(), TimeUnit.MILLISECONDS).close();
        }
        tables.forEach(table -> rows.add(new TableRows(table)));
        heldOf = null;
        return known;
    }

    @Override
    public void send(EventBatch batch) throws Exception {
        learnHeld(batch.to());
        rows.forEach(TableRows::clear);
        for (int i = 0; i < batch.count(); i++) {
            Row row = Row.of(batch, i, symbols, record);
            for (TableRows table : rows) {
                table.add(row);
            }
        }
        for (TableRows table : rows) {
            if (table.count() > 0) {
                inserts.add(insert(table, batch));
            }
        }
        pool.show();
    }

    private CompletableFuture<InsertResponse> insert(TableRows table, EventBatch batch) {
        InsertSettings settings = new InsertSettings()
            .setDeduplicationToken(table.name() + ':' + batch.from() + ':' + batch.to());
        return client.insert(context.database() + '.' + table.name(), table.stream(),
            ClickHouseFormat.RowBinary, settings);
    }

    /** After a start, and in another journal, asks the tables how far they have come. */
    private void learnHeld(Position position) {
        if (heldOf != null && heldOf.epoch().equals(position.epoch())
            && heldOf.birthNs() == position.birthNs()) {
            return;
        }
        health.settle();
        rows.forEach(TableRows::forgetHeld);
        String question = rows.stream().map(table -> "SELECT '" + table.name() + "' AS held, queue,"
            + " max(sequence) AS last FROM " + context.database() + '.' + table.name()
            + " WHERE epoch = '" + position.epoch() + "' AND birth = " + position.birthNs()
            + " GROUP BY queue").collect(Collectors.joining(" UNION ALL "));
        for (GenericRecord told : client.queryAll(question)) {
            rows.forEach(table -> table.held(told.getString("held"), told.getString("queue"),
                told.getLong("last")));
        }
        heldOf = position;
    }

    @Override
    public boolean isAcknowledged() throws Exception {
        health.takeAnswer();
        while (!inserts.isEmpty() && inserts.peek().isDone()) {
            inserts.remove().get().close();
        }
        return inserts.isEmpty();
    }

    @Override
    public void onLook(long nowNs) {
        pool.show();
        health.onLook(client, nowNs);
    }

    /** What is still on its way keeps its rows: the next client has other memory for them. */
    @Override
    public void close() {
        inserts.clear();
        rows.clear();
        CloseHelper.quietClose(client);
        client = null;
        pool.clear();
        health.clear();
    }
}
