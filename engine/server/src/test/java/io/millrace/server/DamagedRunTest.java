// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Headers that are damaged on their way: no number that nobody else tells loses anything. A number
 * that becomes that of a neighbour cannot be told from it, so the books' orders are not compared.
 */
@Tag("pipeline")
class DamagedRunTest {
    private static final String[] SMALL = {"--simulator.messages-per-second", "4000",
        "--simulator.symbols", "200", "--simulator.live-orders", "2000",
        "--engine.inbound-capacity", "262144", "--engine.max-instruments", "1024",
        "--engine.max-orders", "100000", "--simulator.corrupt-ppm", "20000",
        "--simulator.corrupt-within-bytes", "20"};

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingOverTwoLinesAndARequestServer() {
        CommandRun run = run("--feed.multicast-group-b", "239.77.1.130",
            "--simulator.request-server", "on");
        CommandRun stale = CommandRun.of("journal", "dump", "--queue", "outbound", "--types",
            "BookStale", folder.toString());

        assertAll(
            () -> assertTrue(run.out().contains("+ declared gaps 0 (0 gaps,"), run.out()),
            () -> assertFalse(run.out().contains(" 0 suspicious,"), run.out()),
            () -> assertFalse(run.out().contains("LOST="), run.out()),
            () -> assertEquals(List.of(), channelStale(stale)),
            () -> assertEquals(0, CommandRun.of("gaps", folder.toString()).exitCode()));
    }

    /** Where the channel as a whole was marked because of a hole. */
    private static List<String> channelStale(CommandRun stale) {
        return stale.lines().stream().filter(line -> line.contains("\"instrumentId\":null")
            && line.contains("\"reason\":\"GAP\"") && line.contains("\"STALE\"")).toList();
    }

    private CommandRun run(String... flags) {
        List<String> all = new ArrayList<>(List.of("run", "--feed", "simulator", "--for", "4s",
            "--prove", "--journal.directory", folder.toString()));
        all.addAll(List.of(SMALL));
        all.addAll(List.of(flags));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        System.out.println(run.out());
        return run;
    }
}
