// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.EventBatch;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.Position;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.bridge.table.MarketTable;
import io.millrace.bridge.table.Row;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.agrona.CloseHelper;

/**
 * Rows into tables, and the position behind them, in one transaction for each batch. The bridge's
 * thread makes the rows; one behind it waits for the server, so that a server that stalls is seen
 * and can be left.
 */
public final class PostgresSink implements Sink {
    private static final String NAME = "postgres";

    private final PostgresContext context;
    private final SymbolDirectory symbols;
    private final List<MarketTable> tables = MarketTable.all();
    private final MarketRecord record = new MarketRecord();
    private Map<String, CopyWriter> writers = Map.of();
    private PostgresSession session;
    private ExecutorService worker;
    private Future<?> commit;

    private PostgresSink(PostgresContext context, SymbolDirectory symbols) {
        this.context = context;
        this.symbols = symbols;
    }

    /**
     * Makes the sink of a bridge.
     *
     * @param context concluded here
     */
    public static Bridge.SinkFactory factory(PostgresContext context) {
        context.conclude();
        return Bridge.SinkFactory.of(NAME,
            (symbols, deadLetters) -> new PostgresSink(context, symbols));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isRangeKept() {
        return false;
    }

    /** What the database knows, and nothing else: it is there with the rows, or not at all. */
    @Override
    public Position open(Position known) throws SQLException, IOException {
        session = PostgresSession.open(context, tables);
        worker = Executors.newSingleThreadExecutor(PostgresSink::thread);
        writers = new HashMap<>();
        tables.forEach(table -> writers.put(table.name(), new CopyWriter()));
        return session.position();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "bridge-" + NAME + "-commit");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void send(EventBatch batch) {
        writers.values().forEach(CopyWriter::clear);
        for (int i = 0; i < batch.count(); i++) {
            write(batch, i);
        }
        Map<String, CopyWriter> rows = writers;
        PostgresSession open = session;
        Position to = batch.to();
        commit = worker.submit(() -> {
            open.commit(rows, to);
            return null;
        });
    }

    private void write(EventBatch batch, int index) {
        Row row = Row.of(batch, index, symbols, record);
        for (MarketTable table : tables) {
            if (table.takes(row)) {
                CopyWriter writer = writers.get(table.name());
                writer.beginRow();
                row.writeCommon(writer);
                table.write(row, writer);
                writer.endRow();
            }
        }
    }

    @Override
    public boolean isAcknowledged() throws Exception {
        if (!commit.isDone()) {
            return false;
        }
        commit.get();
        return true;
    }

    /** What is still on its way keeps its rows: the next session has other memory for them. */
    @Override
    public void close() {
        if (session == null) {
            return;
        }
        if (commit == null || commit.isDone()) {
            CloseHelper.quietClose(session);
        } else {
            session.abort();
        }
        worker.shutdownNow();
        session = null;
        commit = null;
        writers = Map.of();
    }
}
