// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several simulated venues at once over lines with faults, and over connections. */
@Tag("pipeline")
class ManyVenuesTest {
    private static final String[] SMALL = {"--simulator.messages-per-second", "4000",
        "--simulator.symbols", "200", "--simulator.live-orders", "2000",
        "--engine.inbound-capacity", "262144", "--engine.max-instruments", "1024",
        "--engine.max-orders", "100000"};

    @TempDir
    private Path folder;

    @Test
    void shouldHealFiveVenuesOverTwoLinesThatLoseRepeatReorderAndFallSilent() {
        CommandRun run = run("6s", "--simulator.venues", "itch50,itch50,itch50,iex-deep,iex-tops",
            "--feed.multicast-group-b", "239.77.1.129", "--simulator.loss-ppm", "10000",
            "--simulator.duplicate-ppm", "10000", "--simulator.reorder-ppm", "10000",
            "--simulator.silence-at-ms", "1000", "--simulator.silence-b-at-ms", "2500",
            "--simulator.silence-for-ms", "1000", "--simulator.request-server", "on");

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertEquals(5, count(run, "messages SIM"), run.out()),
            () -> assertEquals(3, count(run, "all equal, order by order"), run.out()),
            () -> assertEquals(1, count(run, "all equal, level by level"), run.out()),
            () -> assertEquals(1, count(run, "all equal, best bids and asks"), run.out()),
            () -> assertTrue(run.out().contains("ledger      {HEALED="), run.out()),
            () -> assertEquals(0, CommandRun.of("gaps", folder.toString()).exitCode()));
    }

    @Test
    void shouldTakeSimulatedVenuesByConnectionsThatAreCut() {
        CommandRun run = run("4s", "--simulator.venues", "itch50,itch50", "--feed.transport",
            "soupbintcp", "--simulator.soupbin-cut-after-messages", "5000",
            "--soupbintcp.first-retry-ms", "10");

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertEquals(2, count(run, "all equal, order by order"), run.out()),
            () -> assertEquals(2, count(run, "soupbintcp"), run.out()));
    }

    @Test
    void shouldHealBySnapshotsWhatNobodyAnswers() {
        CommandRun run = run("5s", "--feed.multicast-group-b", "239.77.1.129",
            "--simulator.loss-ppm", "30000", "--simulator.silence-at-ms", "1500",
            "--simulator.silence-b-at-ms", "1500", "--simulator.silence-for-ms", "300",
            "--simulator.request-server", "silent", "--recovery.give-up-ms", "200",
            "--glimpse.enabled", "true");

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertEquals(1, count(run, "all equal, order by order"), run.out()),
            () -> assertTrue(run.out().contains("LOST="), run.out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"itch50,iex-deep --simulator.restart-at-ms 1500",
        "itch50,iex-deep --simulator.clock-step-at-ms 1000 --simulator.clock-step-ms -700",
        "itch50,iex-deep --simulator.burst-loss-ppm 2000",
        "itch50,iex-deep --simulator.requests-per-second 5 --simulator.loss-ppm 30000"})
    void shouldHealWhateverElseAnExchangeDoes(String flags) {
        List<String> all = new ArrayList<>(List.of("--feed.multicast-group-b", "239.77.1.129",
            "--simulator.request-server", "on", "--simulator.venues"));
        all.addAll(List.of(flags.split(" ")));
        if (!flags.contains("--simulator.loss-ppm")) {
            all.addAll(List.of("--simulator.loss-ppm", "10000"));
        }
        CommandRun run = run("4s", all.toArray(String[]::new));

        assertEquals(0, run.exitCode(), run.out() + run.log());
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

    private static long count(CommandRun run, String text) {
        return run.lines().stream().filter(line -> line.contains(text)).count();
    }
}
