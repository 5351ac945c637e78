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
 * One line that loses half a second of the market, and nobody who sends it again: what is said of
 * it, and what makes up for it.
 */
@Tag("pipeline")
class LossRunTest {
    private static final String[] SMALL = {"--simulator.messages-per-second", "4000",
        "--simulator.symbols", "200", "--simulator.live-orders", "2000",
        "--engine.inbound-capacity", "262144", "--engine.max-instruments", "1024",
        "--engine.max-orders", "100000", "--recovery.request-attempts", "2",
        "--recovery.request-timeout-ms", "10"};
    private static final String[] HALF_A_SECOND = {"--simulator.silence-at-ms", "800",
        "--simulator.silence-for-ms", "500", "--simulator.request-server", "silent"};

    @TempDir
    private Path folder;

    @Test
    void shouldDeclareLostAndStayStaleWhenTheRequestServerIsDown() {
        CommandRun run = run("3s", HALF_A_SECOND);
        CommandRun gaps = CommandRun.of("gaps", folder.toString());
        CommandRun after = CommandRun.of("journal", "dump", "--types", "OrderAdded", folder
            .toString());

        assertAll(
            () -> assertEquals(1, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains("FAILED: books\n"), run.out()),
            () -> assertEquals(1, gaps.exitCode()),
            () -> assertTrue(gaps.out().contains("1 holes: 0 healed, 0 partly lost, 1 lost,"),
                gaps.out()),
            () -> assertEquals(List.of("GAP STALE"), staleness()),
            () -> assertTrue(last(after).contains("maybeBad"), last(after)));
    }

    @Test
    void shouldTakeASnapshotForWhatNobodySendsAgain() {
        CommandRun run = run("4s", HALF_A_SECOND, "--glimpse.enabled", "true");
        CommandRun gaps = CommandRun.of("gaps", folder.toString());
        CommandRun after = CommandRun.of("journal", "dump", "--types", "OrderAdded", folder
            .toString());

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains("all equal, order by order"), run.out()),
            () -> assertTrue(run.out().contains("that a snapshot stood for"), run.out()),
            () -> assertTrue(gaps.out().contains("SNAPSHOT"), gaps.out()),
            () -> assertEquals("SNAPSHOT RECOVERED", lastOf(staleness())),
            () -> assertFalse(last(after).contains("maybeBad"), last(after)));
    }

    @Test
    void shouldJoinInTheMidstByASnapshot() {
        CommandRun run = run("5s", "--simulator.silence-for-ms", "1500",
            "--simulator.request-server", "off", "--glimpse.enabled", "true");
        CommandRun gaps = CommandRun.of("gaps", "--json", folder.toString());

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains("all equal, order by order"), run.out()),
            () -> assertTrue(gaps.out().contains("\"from\":1,"), gaps.out()),
            () -> assertEquals("SNAPSHOT RECOVERED", lastOf(staleness())));
    }

    @Test
    void shouldBeGoodAgainWithASessionThatBeginsAnew() {
        CommandRun run = run("4s", HALF_A_SECOND, "--simulator.restart-at-ms", "2000");
        CommandRun after = CommandRun.of("journal", "dump", "--types", "OrderAdded", folder
            .toString());

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains("all equal, order by order"), run.out()),
            () -> assertEquals(List.of("GAP STALE", "SESSION RECOVERED"), staleness()),
            () -> assertFalse(last(after).contains("maybeBad"), last(after)));
    }

    /** What the chain said of the channel as a whole. */
    private List<String> staleness() {
        return CommandRun.of("journal", "dump", "--queue", "outbound", "--types", "BookStale",
            folder.toString()).lines().stream()
            .filter(line -> line.contains("\"instrumentId\":null"))
            .map(line -> field(line, "reason") + ' ' + field(line, "state")).toList();
    }

    private static String field(String json, String name) {
        int from = json.indexOf('"' + name + "\":\"") + name.length() + 4;
        return json.substring(from, json.indexOf('"', from));
    }

    private static String last(CommandRun run) {
        return lastOf(run.lines());
    }

    private static String lastOf(List<String> all) {
        return all.isEmpty() ? "none" : all.get(all.size() - 1);
    }

    private CommandRun run(String span, String[] some, String... flags) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(flags));
        return run(span, all.toArray(String[]::new));
    }

    private CommandRun run(String span, String... flags) {
        List<String> all = new ArrayList<>(List.of("run", "--feed", "simulator", "--for", span,
            "--prove", "--journal.directory", folder.toString()));
        all.addAll(List.of(SMALL));
        all.addAll(List.of(flags));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        System.out.println(run.out());
        return run;
    }
}
