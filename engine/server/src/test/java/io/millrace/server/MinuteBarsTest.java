// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.clickhouse.ClickHouseContext;
import io.millrace.bridge.clickhouse.ClickHouseSink;
import io.millrace.bridge.parquet.ParquetContext;
import io.millrace.bridge.parquet.ParquetSink;
import io.millrace.counter.Counters;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.testing.ClickHouseReadback;
import io.millrace.testing.LocalServers;
import io.millrace.testing.ParquetReadback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bars of a minute from one journal by two ways: ClickHouse's tables, and files by DuckDB. */
@Tag("pipeline")
class MinuteBarsTest {
    private static final long MESSAGES = TestJournal.IS_FULL ? 1_000_000 : 40_000;
    private static final long PATIENCE_NS = 60_000_000_000L;

    @TempDir
    private Path folder;
    private final String database = "t" + UUID.randomUUID().toString().substring(0, 8);

    private void copy(Path epoch, Bridge.SinkFactory sink) throws IOException {
        Counters counters = Counters.inMemory();
        Bridge bridge = new Bridge(new BridgeContext().journalRoot(epoch.getParent())
            .counters(counters).lingerMs(1).isEnding(() -> true), sink);
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        for (JournalQueue queue : JournalQueue.values()) {
            long last = last(epoch, queue);
            String reached = "bridge." + sink.name() + '.' + queue.label() + ".sequence";
            while (counters.value(reached) < last) {
                assertTrue(System.nanoTime() < deadlineNs, "the bridge did not come to its end");
                if (bridge.doWork() == 0) {
                    LockSupport.parkNanos(200_000);
                }
            }
        }
        bridge.onClose();
    }

    private static long last(Path epoch, JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(epoch, queue)) {
            return tail.seekEnd();
        }
    }

    /** By the view that is shipped. */
    private List<String> barsOfClickHouse(LocalServers server) throws IOException {
        ClickHouseReadback clickHouse =
            new ClickHouseReadback("http://" + server.address());
        Path view = Path.of(System.getProperty(LocalServers.SCRIPT_PROPERTY))
            .resolveSibling("clickhouse/candles.sql");
        clickHouse.ask(Files.readString(view).replace("${database}", database));
        return clickHouse.ask("SELECT symbol, toUnixTimestamp(start), toDecimalString(open, 9),"
            + " toDecimalString(high, 9), toDecimalString(low, 9), toDecimalString(close, 9),"
            + " toDecimalString(volume, 6), trades FROM " + database + ".candles"
            + " WHERE interval_s = 60 ORDER BY symbol, start");
    }

    private static List<String> barsOfFiles(Path files) throws SQLException {
        try (ParquetReadback parquet = new ParquetReadback(files)) {
            return parquet.ask("SELECT concat_ws(chr(9), symbol,"
                + " minute * 60, open, high, low, close, volume, trades) FROM (SELECT symbol,"
                + " epoch_ns(receive_time) // 60000000000 AS minute,"
                + " arg_min(price, sequence) AS open, max(price) AS high, min(price) AS low,"
                + " arg_max(price, sequence) AS close, sum(size) AS volume, count(*) AS trades"
                + " FROM " + parquet.table("trades")
                + " WHERE price IS NOT NULL GROUP BY ALL) ORDER BY symbol, minute");
        }
    }

    @Test
    void shouldBeTheSameByFilesAndByClickHouse() throws Exception {
        LocalServers server = LocalServers.running("clickhouse");
        Path epoch = TestJournal.simulated(folder.resolve("day"), MESSAGES, 20, "30m");
        Path files = folder.resolve("parquet");
        copy(epoch, ClickHouseSink.factory(new ClickHouseContext()
            .url("http://" + server.address()).database(database)));
        copy(epoch, ParquetSink.factory(new ParquetContext().directory(files)
            .symbolGroups(3).minimumFreeMb(0)));

        List<String> bars = barsOfClickHouse(server);
        assertEquals(bars, barsOfFiles(files));
        assertTrue(bars.size() > 20 * 10, bars.size() + " bars");
        assertTrue(bars.stream().map(bar -> bar.split("\t")).anyMatch(bar -> !bar[2].equals(bar[5])
            && !bar[3].equals(bar[4])), "no bar moves");
        System.out.println("minute bars equal: " + bars.size() + ", such as\n" + bars.get(0)
            + '\n' + bars.get(bars.size() - 1));
    }
}
