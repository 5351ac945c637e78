// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static io.millrace.server.PageWatcher.at;
import static io.millrace.server.PageWatcher.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a person sees it, in a real browser beside a real run. */
@Tag("pipeline")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageBrowserTest {
    private static final String LINE_A = "SIMA-1 A";
    private static final String LINE_B = "SIMA-1 B";

    @TempDir
    private Path folder;

    private final Path pictures = Path.of(System.getProperty("millrace.pictures",
        "target/pictures"));

    private final List<LongRun> runs = new ArrayList<>();

    @AfterEach
    void endWhatAFailureLeft() {
        runs.forEach(run -> run.stop().request());
        runs.forEach(run -> run.exitCode().join());
    }

    @Test
    void shouldShowRatesACutLineItsRecoveryAndAnEngineThatStopsAndComesBack() throws Exception {
        int port = freePort();
        try (PageWatcher page = PageWatcher.open("http://127.0.0.1:" + port + "/", pictures)) {
            LongRun run = start(arguments(port, "first", "--simulator.silence-at-ms", "600000",
                "--simulator.silence-b-at-ms", "8000", "--simulator.silence-for-ms", "8000",
                "--simulator.loss-ppm", "2000",
                "--simulator.request-server", "on"));
            watchRates(page);
            watchCutAndRecovery(page);
            takePictures(page);
            page.assertNoErrors();
            run.end();
            page.await("an engine that has gone", seen -> at(seen, "engine").contains(
                "engine not running"));
            assertTrue(at(page.command("shot stopped"), "lost").contains(
                "the engine is not running. This page asks again every second."));

            LongRun again = start(arguments(port, "second"));
            page.await("the engine that came back", seen -> at(seen, "engine").equals(
                "● engine running") && number(seen, "rate") > 0);
            assertEquals("", at(page.command("shot back"), "lost"));
            page.assertNoErrors();
            again.end();
        }
    }

    private LongRun start(String... args) {
        LongRun run = LongRun.start(args);
        runs.add(run);
        return run;
    }

    private static void watchRates(PageWatcher page) throws IOException {
        Map<String, Object> first = page.await("rates",
            seen -> number(seen, "lines", LINE_A, "messagesPerSecond") > 0
                && number(seen, "lines", LINE_B, "messagesPerSecond") > 0);
        assertEquals("● up", at(first, "lines", LINE_A, "state"));
        assertEquals("● up", at(first, "lines", LINE_B, "state"));
        assertTrue(at(first, "simulated").startsWith("SIMULATED DATA"), first.toString());
        assertTrue(at(first, "title").startsWith("[SIMULATED] "), first.toString());
        page.await("moving figures", seen -> number(seen, "feeds", "SIMA-1", "messages")
            > number(first, "feeds", "SIMA-1", "messages") && !at(seen, "rate").equals(
            at(first, "rate")) && number(seen, "queues", "inbound", "sequence") > 0
            && number(seen, "stages", "outbound ring", "count") > 0);
    }

    /** The silence is longer than the page needs to notice it, so it must show before it ends. */
    private static void watchCutAndRecovery(PageWatcher page) throws IOException {
        Map<String, Object> cut = page.await("a line that is cut",
            seen -> at(seen, "lines", LINE_B, "state").startsWith("▲ silent"));
        assertEquals("● up", at(cut, "lines", LINE_A, "state"));
        assertEquals("● closed", at(cut, "feeds", "SIMA-1", "state"));
        assertTrue(number(cut, "feeds", "SIMA-1", "messagesPerSecond") > 0, cut.toString());
        page.shot("cut");
        page.await("its recovery", seen -> at(seen, "lines", LINE_B, "state").equals("● up")
            && number(seen, "lines", LINE_B, "messagesPerSecond") > 0);
        Map<String, Object> recovered = page.await("what changed",
            seen -> number(seen, "feeds", "SIMA-1", "holesOpened") > 0
                && number(seen, "holes") > 0);
        assertTrue(at(recovered, "changes").contains("line SIMA-1 B: silent (was up)"),
            recovered.toString());
        assertTrue(at(recovered, "changes").contains("line SIMA-1 B: up (was silent)"),
            recovered.toString());
    }

    private static void takePictures(PageWatcher page) throws IOException {
        Map<String, Object> light = page.command("shot recovered-light");
        assertEquals("false", at(light, "tooWide"));
        assertEquals("[3, 4]", at(light, "series"));
        assertTrue(Double.parseDouble(at(light, "shift")) < 0.05,
            "layout jumps by " + at(light, "shift") + ": " + at(light, "shifted"));
        page.command("dark");
        page.shot("recovered-dark");
        page.command("narrow");
        Map<String, Object> narrow = page.command("shot recovered-narrow");
        assertEquals("false 0", at(narrow, "tooWide") + ' ' + at(narrow, "cut"));
        page.command("wide");
        page.command("light");
        Map<String, Object> metrics = page.command("metrics");
        assertEquals("COUNTER", at(metrics, "metrics", "millrace_feed_messages_total"));
        assertEquals("HISTOGRAM", at(metrics, "metrics", "millrace_stage_latency_seconds"));
        assertTrue(number(metrics, "messages") > 0);
    }

    private String[] arguments(int port, String journal, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--feed", "simulator",
            "--edge.port", Integer.toString(port), "--edge.metrics-port", "0",
            "--edge.line-silence-ms", "1000",
            "--feed.multicast-group-b", "239.77.1.2", "--simulator.messages-per-second", "10000",
            "--simulator.symbols", "200", "--simulator.live-orders", "2000",
            "--engine.inbound-capacity", "262144", "--engine.max-orders", "100000",
            "--journal.directory", folder.resolve(journal).toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
