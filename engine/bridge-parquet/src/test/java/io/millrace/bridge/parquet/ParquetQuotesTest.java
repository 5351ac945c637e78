// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.counter.Counters;
import io.millrace.testing.AgentRun;
import io.millrace.testing.MadeUpDay;
import io.millrace.testing.ParquetReadback;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bridge wrote to files, read back, and compared with what DuckDB finds in them. */
class ParquetQuotesTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 2);
    private static final LocalDate NEXT = DATE.plusDays(1);

    @TempDir
    private Path folder;
    private final Counters counters = Counters.inMemory();

    private Path root() {
        return folder.resolve("journal");
    }

    private Path files() {
        return folder.resolve("parquet");
    }

    private ParquetContext parquet() {
        return new ParquetContext().directory(files()).symbolGroups(3).minimumFreeMb(0);
    }

    private void write(MadeUpDay day) throws IOException {
        Bridge bridge = new Bridge(new BridgeContext().journalRoot(root()).counters(counters)
            .batchEvents(500).lingerMs(1), ParquetSink.factory(parquet()));
        AgentRun.run(bridge, () -> day.isTaken(counters, "bridge.parquet"));
        bridge.onClose();
    }

    /** Symbol and newest bid, ask and last at 1e-9, and their sizes at 1e-6. */
    private List<String> queried() throws SQLException {
        try (ParquetReadback readback = new ParquetReadback(files())) {
            return readback.ask("SELECT symbol, " + fixed("bid", 9) + ", " + fixed("ask", 9)
                + ", " + fixed("price", 9) + ", " + fixed("bid_size", 6) + ", "
                + fixed("ask_size", 6) + ", " + fixed("size", 6) + " FROM (SELECT symbol,"
                + newest("bid_size") + ',' + newest("ask_size") + ','
                + newest("bid") + ',' + newest("ask") + " FROM "
                + readback.table("quotes") + " WHERE kind = 'BBO' GROUP BY symbol) JOIN ("
                + "SELECT symbol," + newest("price") + ',' + newest("size") + " FROM "
                + readback.table("trades") + " GROUP BY symbol) USING (symbol) ORDER BY symbol");
        }
    }

    private static String newest(String column) {
        return " arg_max(" + column + ", (epoch, receive_time, sequence)) AS " + column;
    }

    private static String fixed(String column, int digits) {
        return '(' + column + "::DECIMAL(38, 9) * 1" + "0".repeat(digits) + ")::BIGINT";
    }

    private static List<String> found(ParquetQuotes quotes) throws IOException {
        List<String> found = new ArrayList<>();
        for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
            LatestAnswer answer = quotes.find("S" + id);
            assertTrue(answer.isStale());
            BestQuote quote = answer.quote();
            found.add(answer.symbol() + ' ' + quote.bidPrice() + ' ' + quote.askPrice() + ' '
                + answer.trade().price() + ' ' + quote.bidSize() + ' ' + quote.askSize() + ' '
                + answer.trade().size());
        }
        return found.stream().sorted().toList();
    }

    @Test
    void shouldFindTheNewestRowsOfAllFilesAndDates() throws Exception {
        try (ParquetQuotes quotes = new ParquetQuotes(parquet())) {
            assertNull(quotes.find("S7"));
            try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(4_000)) {
                write(day);
                assertEquals(queried(), found(quotes));
            }
            try (MadeUpDay next = MadeUpDay.begin(root(), NEXT).write(30)) {
                write(next);
                assertEquals(queried(), found(quotes));
            }
            assertNull(quotes.find("NONE"));
            assertNull(quotes.find("S99"));
        }
    }

    private static Map<String, String> bids(ParquetQuotes quotes) throws IOException {
        Map<String, String> bids = new TreeMap<>();
        for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
            bids.put("S" + id, BigDecimal.valueOf(quotes.find("S" + id).quote().bidPrice(), 9)
                .stripTrailingZeros().toPlainString());
        }
        return bids;
    }

    @Test
    void shouldFindOnlyQuotesAcrossVenuesOnceADateHasOne() throws Exception {
        try (ParquetQuotes quotes = new ParquetQuotes(parquet())) {
            try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(2_000).consolidate(7)) {
                write(day.write(2_000));
                assertEquals(MadeUpDay.lastBids(root(), DATE), bids(quotes));
            }
            try (MadeUpDay next = MadeUpDay.begin(root(), NEXT).write(2_000)) {
                write(next);
                assertEquals(MadeUpDay.lastBids(root(), NEXT), bids(quotes));
            }
        }
    }

    @Test
    void shouldLeaveAloneWhatItReads() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_000);
            ParquetQuotes quotes = new ParquetQuotes(parquet())) {
            write(day);
            List<String> before = found(quotes);
            Path manifest = files().resolve("manifest/" + DATE + ".jsonl");
            Files.writeString(manifest, "{\"file\":\"quotes/trading_date=" + DATE
                + "/symbol_group=Q-Z/part-not-yet.parquet\"", StandardOpenOption.APPEND);
            long length = Files.size(manifest);
            assertEquals(before, found(quotes));
            assertEquals(length, Files.size(manifest));
            assertFalse(before.isEmpty());
        }
    }
}
