// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.RowBinaryFormatWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.metadata.TableSchema;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.benchmarks.rig.Options;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.bridge.clickhouse.ClickHouseContext;
import io.millrace.bridge.clickhouse.ClickHouseSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** RowBinary by the library's own writer, an insert with its token for each table and batch. */
final class ClickHouseOutside implements Outside<byte[][]> {
    private static final List<String> TABLES = List.of("trades", "quotes");
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int TIMEOUT_S = 60;

    private final String url;
    private final List<TableSchema> schemas = new ArrayList<>();
    private String database;
    private Client client;
    private long batches;

    ClickHouseOutside(Options options) {
        url = "http://" + options.text("address");
    }

    private ClickHouseContext context(int round) {
        database = "bench_" + ProcessHandle.current().pid() + '_' + (round + 1);
        return new ClickHouseContext().url(url).database(database).maxConnections(1);
    }

    @Override
    public Bridge.SinkFactory sink(int round, Path journalRoot) {
        return ClickHouseSink.factory(context(round));
    }

    private Client client() {
        return new Client.Builder().addEndpoint(url).setUsername("default").setPassword("")
            .setMaxConnections(1).useAsyncRequests(true).setMaxRetries(0).build();
    }

    /** The sink makes the tables and leaves. */
    @Override
    public void open(int round) throws Exception {
        try (Sink tables = ClickHouseSink.factory(context(round))
            .create(new SymbolDirectory(), null)) {
            tables.open(null);
        }
        client = client();
        schemas.clear();
        TABLES.forEach(table -> schemas.add(client.getTableSchema(table, database)));
    }

    @Override
    public byte[][] encode(List<Market> batch) throws IOException {
        byte[][] rows = new byte[TABLES.size()][];
        for (int i = 0; i < rows.length; i++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
            RowBinaryFormatWriter writer = new RowBinaryFormatWriter(bytes, schemas.get(i),
                ClickHouseFormat.RowBinary);
            for (Market market : batch) {
                if (market.isTrade() == (i == 0)) {
                    write(market, writer);
                }
            }
            rows[i] = bytes.toByteArray();
        }
        return rows;
    }

    private static void write(Market market, RowBinaryFormatWriter to) throws IOException {
        ZonedDateTime time = Instant.ofEpochSecond(market.timeNs() / NS_PER_SECOND,
            market.timeNs() % NS_PER_SECOND).atZone(ZoneOffset.UTC);
        int column = 1;
        to.setDate(column++, EventJournal.DATE);
        to.setLong(column++, EventJournal.timeNs(0));
        to.setString(column++, market.queue());
        to.setLong(column++, market.sequence());
        to.setDateTime(column++, time);
        to.setDateTime(column++, time);
        to.setString(column++, market.symbol());
        to.setString(column++, Integer.toString(EventJournal.VENUE));
        to.setShort(column++, (short) 1);
        to.setInteger(column++, EventJournal.FLAGS);
        if (market.isTrade()) {
            to.setBigDecimal(column++, Decimals.price(market.price()));
            to.setBigDecimal(column++, Decimals.size(market.size()));
            to.setString(column++, "UNKNOWN");
            to.setLong(column, market.askPrice());
        } else {
            to.setString(column++, "BBO");
            to.setBigDecimal(column++, Decimals.price(market.price()));
            to.setBigDecimal(column++, Decimals.size(market.size()));
            to.setBigDecimal(column++, Decimals.price(market.askPrice()));
            to.setBigDecimal(column, Decimals.size(market.askSize()));
        }
        to.commitRow();
    }

    @Override
    public void send(byte[][] batch) throws Exception {
        batches++;
        List<CompletableFuture<InsertResponse>> inserts = new ArrayList<>();
        for (int i = 0; i < batch.length; i++) {
            inserts.add(client.insert(database + '.' + TABLES.get(i),
                new ByteArrayInputStream(batch[i]), ClickHouseFormat.RowBinary,
                new InsertSettings().setDeduplicationToken(TABLES.get(i) + ':' + batches)));
        }
        for (CompletableFuture<InsertResponse> insert : inserts) {
            insert.get(TIMEOUT_S, TimeUnit.SECONDS).close();
        }
    }

    @Override
    public void leave() throws Exception {
        Client dropping = client == null ? client() : client;
        dropping.execute("DROP DATABASE " + database + " SYNC").get(TIMEOUT_S, TimeUnit.SECONDS)
            .close();
        dropping.close();
        client = null;
    }
}
