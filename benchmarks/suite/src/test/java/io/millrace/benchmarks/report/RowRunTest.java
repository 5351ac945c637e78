// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowRunTest {
    private static final ReportSize TINY = new ReportSize(1, 40_000, 140_000, 4_096, 50, 2_000, 2,
        2_000_000, 2_000, 20_000, 0);

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"decode", "book", "records", "replay", "line", "journal"})
    void shouldReachEqualChecksumsInEveryProcess(String row) {
        Workplace workplace = Workplace.find(scratch, null);
        assumeTrue(Files.exists(workplace.root().resolve(
            "benchmarks/exchange-core/target/class-path.txt")), "exchange-core's class path");

        RowResult result = run(row, workplace);

        assertEquals(2, result.checksums().size());
        assertNotEquals("", result.checksums().get(0));
    }

    @Test
    void shouldWriteEveryFigureOfEveryRound() throws Exception {
        Workplace workplace = Workplace.find(scratch, null);
        RowResult result = run("append", workplace);

        new ReportWriter(Map.of("cores", "2"), List.of(result)).write(scratch);

        String json = Files.readString(scratch.resolve("bench.json"));
        long rounds = result.rounds().size();
        assertEquals(rounds * 2, json.split("preTouchNsPerEvent").length - 1);
        assertEquals(1, Files.readString(scratch.resolve("bench.md")).split("p99.9 of an append")
            .length - 1);
    }

    private static RowResult run(String row, Workplace workplace) {
        PrintStream silent = new PrintStream(PrintStream.nullOutputStream());
        return new RowRun(new RowCatalog(TINY, workplace).row(row), workplace, silent).run();
    }
}
