// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose journal goes to Parquet files: all of it, though none of them is full. */
@Tag("pipeline")
class ParquetRunTest {
    private static final LocalDate DATE = LocalDate.of(2099, 1, 2);

    @TempDir
    private Path root;

    private long end(JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(Journal.directory(root, DATE), queue)) {
            return tail.seekEnd();
        }
    }

    @Test
    void shouldEndItsFilesWhenTheRunStops() throws IOException {
        CommandRun run = CommandRun.of("run", "--feed", "simulator", "--for", "2s",
            "--simulator.messages-per-second", "5000", "--simulator.symbols", "50",
            "--simulator.live-orders", "500", "--feed.multicast-group", "239.77.18.3",
            "--journal.directory", root.toString(), "--feed.trading-date", DATE.toString(),
            "--bridge.parquet.enabled", "true", "--bridge.parquet.max-seconds", "3600",
            "--bridge.parquet.minimum-free-mb", "0", "--bridge.drain-ms", "60000");
        assertEquals(0, run.exitCode(), run.out() + run.log());
        assertTrue(run.out().contains("lag 0, 0 failures"), run.out());
        List<String> lines = Files.readAllLines(root.resolve("parquet/manifest/" + DATE
            + ".jsonl"));
        assertTrue(lines.get(lines.size() - 1).contains(" " + end(JournalQueue.INBOUND) + " "
            + end(JournalQueue.OUTBOUND) + "\","), lines.toString());
        for (String table : List.of("trades", "quotes", "order_events")) {
            assertTrue(Files.isDirectory(root.resolve("parquet/" + table + "/trading_date="
                + DATE + "/symbol_group=A-Z")), table);
        }
    }
}
