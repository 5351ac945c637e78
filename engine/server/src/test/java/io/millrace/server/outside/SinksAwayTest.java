// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.outside;

import static io.millrace.server.outside.Outside.PATIENCE_MS;
import static io.millrace.server.outside.Outside.SINKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Journal;
import io.millrace.server.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that are away for whole runs and up later: all arrives, and nothing is pruned before. */
@Tag("pipeline")
class SinksAwayTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final LocalDate FIRST = LocalDate.of(2099, 1, 1);

    @TempDir
    private Path folder;

    private Path root() {
        return folder.resolve("journal");
    }

    private CommandRun run(Outside outside, LocalDate date, int drainMs) {
        List<String> arguments = new ArrayList<>(List.of("run", "--feed", "simulator", "--for",
            IS_FULL ? "30s" : "2s", "--simulator.messages-per-second", IS_FULL ? "30000" : "5000",
            "--simulator.symbols", "50", "--simulator.live-orders", "500",
            "--engine.inbound-capacity", "131072", "--feed.multicast-group", "239.77.18.5",
            "--feed.trading-date", date.toString(), "--journal.directory", root().toString()));
        arguments.addAll(outside.flags(drainMs));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.out() + run.log());
        return run;
    }

    private CommandRun prune() {
        return CommandRun.of("journal", "prune", root().toString(),
            "--journal.retention-days", "1", "--today", FIRST.plusDays(2).toString());
    }

    @Test
    void shouldGetEverythingLaterAndKeepItUntilThen() throws Exception {
        Path mount = folder.resolve("mount");
        Outside outside = Outside.fresh(mount.resolve("parquet"));
        outside.kill();
        try {
            Files.writeString(mount, "no folder can be made below a file");
            for (LocalDate date : List.of(FIRST, FIRST.plusDays(1))) {
                CommandRun away = run(outside, date, 0);
                SINKS.forEach(sink -> assertTrue(away.out().contains(sink + ": 0 events"),
                    away.out()));
            }
            CommandRun pruned = prune();
            assertEquals(1, pruned.exitCode(), pruned.out() + pruned.log());
            assertTrue(pruned.out().contains("has confirmed inbound nothing"), pruned.out());
            System.out.println(pruned.out());
            Files.delete(mount);
        } finally {
            outside.start();
        }
        CommandRun later = run(outside, FIRST.plusDays(2), PATIENCE_MS);
        System.out.println(later.out());
        assertEquals(SINKS.size(), later.out().split(" lag 0,", -1).length - 1, later.out());
        assertEquals(3, Journal.list(root()).size());
        new SinkComparison(outside, root()).assertEqual();
        CommandRun pruned = prune();
        assertEquals(0, pruned.exitCode(), pruned.out() + pruned.log());
        assertTrue(!Journal.list(root()).contains(FIRST), pruned.out());
    }
}
