// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pipeline")
class BreakerRunTest {
    @TempDir
    private Path folder;

    @Test
    void shouldOpenWhileBothLinesAreCutAndCloseOnceAllCameAfterAll() {
        CommandRun run = CommandRun.of("run", "--for", "8s", "--feed.multicast-group-b",
            "239.77.2.1", "--simulator.messages-per-second", "2000", "--simulator.symbols", "50",
            "--simulator.live-orders", "500", "--simulator.silence-at-ms", "500",
            "--simulator.silence-b-at-ms", "500", "--simulator.silence-for-ms", "1500",
            "--simulator.request-server", "on", "--breaker.line-silence-ms", "300",
            "--breaker.open-after-ms", "600", "--breaker.first-probe-ms", "100",
            "--journal.directory", folder.toString());
        CommandRun gaps = CommandRun.of("gaps", folder.toString());
        CommandRun stale = CommandRun.of("journal", "dump", "--queue", "outbound", "--types",
            "BookStale", folder.toString());

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains("breaker     CLOSED, opened "), run.out()),
            () -> assertTrue(run.out().contains("all held"), run.out()),
            () -> assertTrue(gaps.out().contains(" times a breaker opened"), gaps.out()),
            () -> assertTrue(gaps.out().contains("0 not heard again"), gaps.out()),
            () -> assertTrue(stale.out().contains("FEED_DOWN") && stale.out().contains("RECOVERED"),
                stale.out() + stale.log()));
    }

    @Test
    void shouldSayThatAFeedWasDownAtTheEnd() {
        CommandRun run = CommandRun.of("run", "--for", "1s", "--feed", "itch50", "--feed.port",
            "39471", "--breaker.line-silence-ms", "100", "--breaker.open-after-ms", "200",
            "--journal.directory", folder.toString());

        assertEquals(1, run.exitCode(), run.out() + run.log());
        assertTrue(run.out().contains("FAILED: breaker"), run.out());
    }
}
