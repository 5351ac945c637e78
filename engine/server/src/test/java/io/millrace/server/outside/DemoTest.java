// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.outside;

import static io.millrace.server.outside.Outside.PATIENCE_MS;
import static io.millrace.server.outside.Outside.SINKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.server.LongRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run with four sinks on, and what they hold of it afterwards. With the property
 * {@code millrace.demo} it is the run that scripts/demo has made at that time.
 */
@Tag("pipeline")
class DemoTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final String DEMO = System.getProperty("millrace.demo", "");
    private static final int RATE = IS_FULL ? 30_000 : 5_000;
    private static final int SECONDS = IS_FULL ? 30 : 3;
    private static final long LEAST = IS_FULL ? (long) RATE * SECONDS : 1;
    private static final long POLL_NS = 50_000_000L;
    private static final Pattern PAGE = Pattern.compile("page (http://[0-9.:]+)");

    @TempDir
    private Path folder;

    @Test
    void shouldHaveInEverySinkWhatTheJournalHas() throws Exception {
        if (DEMO.isEmpty()) {
            Outside outside = Outside.fresh(folder.resolve("parquet"));
            run(outside);
            assertEqual(outside, folder.resolve("journal"));
        } else {
            assertEqual(Outside.ofDemo(DEMO, Path.of(System.getProperty("millrace.demo.files"))),
                Path.of(System.getProperty("millrace.demo.journal")));
        }
    }

    private static void assertEqual(Outside outside, Path root) {
        SinkComparison comparison = new SinkComparison(outside, root);
        System.out.printf(Locale.ROOT, "%,d events inbound%n", comparison.inboundCount());
        assertTrue(comparison.inboundCount() >= LEAST, "fewer than " + LEAST + " events");
        comparison.assertEqual();
    }

    private void run(Outside outside) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--feed", "simulator", "--for",
            SECONDS + "s", "--simulator.messages-per-second", Integer.toString(RATE + RATE / 10),
            "--simulator.symbols", "200", "--simulator.live-orders", "2000",
            "--engine.inbound-capacity", "262144", "--feed.multicast-group", "239.77.18.6",
            "--journal.directory", folder.resolve("journal").toString()));
        arguments.addAll(outside.flags(PATIENCE_MS));
        LongRun run = LongRun.start(Map.of("MILLRACE_EDGE_PORT", "0",
            "MILLRACE_EDGE_METRICS_PORT", "0"), arguments.toArray(String[]::new));
        String status = awaitLags(run);
        assertEquals(0, run.exitCode().join(), run.text());
        assertTrue(SINKS.stream().allMatch(lagIn(status)), () -> "not on the page: " + status);
        List<String> bridges =
            run.text().lines().filter(line -> line.startsWith("bridge ")).toList();
        System.out.println(String.join("\n", bridges));
        assertEquals(SINKS.size(), bridges.stream()
            .filter(line -> line.contains(" lag 0,")).count(), run.text());
    }

    /** Asks the page while it runs until it shows the lag of every bridge; the last answer. */
    private static String awaitLags(LongRun run) throws IOException, InterruptedException {
        String status = "";
        while (!run.isDone() && !SINKS.stream().allMatch(lagIn(status))) {
            LockSupport.parkNanos(POLL_NS);
            Matcher page = PAGE.matcher(run.text());
            status = page.find() ? get(page.group(1) + "/status") : "";
        }
        return status;
    }

    private static Predicate<String> lagIn(String status) {
        return sink -> Pattern.compile("\"name\":\"" + sink + "\",\"circuit\":\"[A-Z_]+\","
            + "\"epoch\":\\d+,\"lagEvents\":\\d+,\"lagMs\":\\d+").matcher(status).find();
    }

    private static String get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body();
    }
}
