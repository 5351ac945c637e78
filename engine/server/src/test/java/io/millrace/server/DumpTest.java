// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first epoch tells its instruments in its inbound events only. */
class DumpTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellThatAFolderHoldsNoJournal() {
        CommandRun empty = CommandRun.of("journal", "ls", folder.toString());
        CommandRun absent = CommandRun.of("journal", "ls", folder.resolve("x").toString());

        assertAll(
            () -> assertEquals("2 2", empty.exitCode() + " " + absent.exitCode()),
            () -> assertTrue(absent.log().contains("there is no journal in"), absent.log()));
    }

    @Test
    void shouldFindASymbolsDerivedEventsInAFirstEpoch() {
        Path epoch = TestJournal.simulated(folder, 20_000, 50, "2s");
        String symbol = (String) JsonText.object(CommandRun.of("journal", "dump", epoch.toString(),
            "--types", "InstrumentDefined", "--max", "1").lines().get(0)).get("symbol");
        String definitions = CommandRun.of("journal", "dump", epoch.toString(), "--types",
            "InstrumentDefined", "--symbols", symbol, "--max", "1").out();

        List<String> bests = CommandRun.of("journal", "dump", epoch.toString(), "--queue",
            "outbound", "--types", "Bbo", "--symbols", symbol).lines();

        Object instrumentId = JsonText.object(definitions.strip()).get("instrumentId");
        assertAll(
            () -> assertTrue(!bests.isEmpty(), "no best bid and offer of " + symbol),
            () -> bests.forEach(line -> assertEquals(instrumentId,
                JsonText.object(line).get("instrumentId"))));
    }
}
