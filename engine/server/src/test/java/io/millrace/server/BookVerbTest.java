// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("prove")
class BookVerbTest {
    private static final int TIMES = TestJournal.IS_FULL ? 1_000 : 100;

    @TempDir
    private Path folder;

    @Test
    void shouldEqualBruteForceAtRandomNanoseconds() {
        Path epoch = TestJournal.simulated(folder, 40_000, 20, "3s");
        List<String> symbols = symbols(epoch);
        long firstNs = time(epoch, 1);
        long lastNs = time(epoch, lastSequence(epoch));
        Random random = new Random(7);
        int levels = 0;
        for (int i = 0; i < TIMES; i++) {
            if (i == TIMES / 2) {
                assertEquals(0, CommandRun.of("journal", "checkpoint", epoch.toString(), "--every",
                    "3000").exitCode());
            }
            String symbol = symbols.get(random.nextInt(symbols.size()));
            long atNs = firstNs + Math.floorMod(random.nextLong(), lastNs - firstNs + 1);

            List<String> expected = NaiveBook.at(epoch, symbol, atNs).lines();

            assertEquals(expected, book(epoch, symbol, atNs), symbol + " at " + atNs);
            levels += expected.size();
        }
        System.out.println("book at " + TIMES + " random ns equals brute force, " + levels
            + " levels");
        assertEquals(true, levels > TIMES);
    }

    @Test
    void shouldTakeBothFormsOfTimeAndTellAnUnknownSymbol() {
        Path epoch = TestJournal.simulated(folder, 20_000, 20, "2s");
        String symbol = symbols(epoch).get(0);

        CommandRun iso = CommandRun.of("book", epoch.toString(), "--symbol", symbol, "--at",
            "2026-01-30T14:30:01.5Z");
        CommandRun ns = CommandRun.of("book", epoch.toString(), "--symbol", symbol, "--at",
            "1769783401500000000");

        assertEquals(iso, ns);
        assertEquals(0, iso.exitCode());
        assertEquals(1, CommandRun.of("book", epoch.toString(), "--symbol", "NONE", "--at",
            "1769783401500000000")
            .exitCode());
        assertEquals(2,
            CommandRun.of("book", epoch.toString(), "--symbol", symbol, "--at", "noon").exitCode());
    }

    private static List<String> book(Path epoch, String symbol, long atNs) {
        CommandRun run = CommandRun.of("book", epoch.toString(), "--symbol", symbol, "--at",
            Long.toString(atNs), "--depth", "100000", "--json");
        List<String> lines = new ArrayList<>();
        for (String line : run.lines()) {
            Map<String, Object> level = JsonText.object(line);
            lines.add(level.get("side") + " " + level.get("price") + " " + level.get("size") + " "
                + level.get("orders"));
        }
        return lines;
    }

    private static List<String> symbols(Path epoch) {
        List<String> symbols = new ArrayList<>();
        InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            while (tail.next()) {
                EventView event = tail.event();
                if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
                    defined.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
                    symbols.add(defined.symbol().trim());
                }
            }
        }
        return symbols;
    }

    private static long lastSequence(Path epoch) {
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            return tail.seekEnd();
        }
    }

    private static long time(Path epoch, long sequence) {
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            tail.seekSequence(sequence);
            tail.next();
            return tail.event().receiveTimeNs();
        }
    }
}
