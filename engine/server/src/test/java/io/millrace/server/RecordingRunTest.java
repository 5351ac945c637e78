// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pipeline")
class RecordingRunTest {
    @TempDir
    private Path folder;

    @Test
    void shouldImportARunOfSeveralVenuesWithFaultsIntoAnEqualJournal() throws IOException {
        String live = folder.resolve("live").toString();
        String again = folder.resolve("again").toString();
        CommandRun run = CommandRun.of("run", "--feed", "simulator", "--for", "5s",
            "--simulator.venues", "itch50,itch50,iex-deep,iex-tops",
            "--simulator.messages-per-second", "4000", "--simulator.symbols", "100",
            "--simulator.live-orders", "1000", "--engine.inbound-capacity", "131072",
            "--feed.multicast-group-b", "239.78.1.2", "--simulator.loss-ppm", "20000",
            "--simulator.duplicate-ppm", "10000", "--simulator.reorder-ppm", "10000",
            "--simulator.request-server", "on", "--recovery.reorder-window-us", "500",
            "--engine.fingerprint-interval", "5000", "--journal.directory", live,
            "--recorder.enabled", "true", "--recorder.directory", folder.resolve("raw").toString());
        CommandRun imported = CommandRun.of("import", "--feed", "itch50",
            recording().toString(), "--journal", again);
        CommandRun compared = CommandRun.of("journal", "cmp", live, again);
        CommandRun gaps = CommandRun.of("gaps", again);

        assertAll(
            () -> assertTrue(run.out().contains(", 0 lost: holds"), run.out()),
            () -> assertEquals(0, compared.exitCode(), compared.out()),
            () -> assertEquals(2, compared.lines().size(), compared.out()),
            () -> assertTrue(gaps.out().contains("RETRANSMISSION"), gaps.out()),
            () -> assertEquals(0, imported.exitCode(), imported.log()));
    }

    @Test
    void shouldImportARecordedRunOfBothLinesIntoAnEqualJournal() throws IOException {
        String live = folder.resolve("live").toString();
        String again = folder.resolve("again").toString();
        CommandRun run = CommandRun.of("run", "--feed", "simulator", "--for", "4s",
            "--simulator.messages-per-second", "10000", "--simulator.symbols", "200",
            "--simulator.live-orders", "2000", "--engine.inbound-capacity", "131072",
            "--feed.multicast-group-b", "239.77.1.2", "--recovery.reorder-window-us", "700",
            "--shard", "1/2",
            "--engine.fingerprint-interval", "5000", "--journal.directory", live,
            "--recorder.enabled", "true", "--recorder.directory", folder.resolve("raw").toString());
        Path recording = recording();
        CommandRun imported = CommandRun.of("import", "--feed", "itch50", recording.toString(),
            "--journal", again);
        CommandRun compared = CommandRun.of("journal", "cmp", live, again);
        CommandRun decoded = CommandRun.of("decode", "--feed", "itch50", recording.toString());
        CommandRun counters =
            CommandRun.of("counters", "--json", live + "/counters.dat");

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains(", 0 lost: holds"), run.out()),
            () -> assertEquals(0, imported.exitCode(), imported.log()),
            () -> assertTrue(imported.log().contains("recording: 0 lost by the recorder"),
                imported.log()),
            () -> assertEquals(0, compared.exitCode(), compared.out()),
            () -> assertEquals(2, compared.lines().size(), compared.out()),
            () -> assertTrue(decoded.lines().size() > 20_000, decoded.log()),
            () -> assertTrue(counters.out().contains("recorder.packets"), counters.out()));
    }

    @Test
    void shouldRefuseToImportARecordingOfAnotherProtocolOrBesideACapture() throws IOException {
        CommandRun run = CommandRun.of("run", "--feed", "itch50", "--for", "1s",
            "--feed.port", freePort(), "--journal.enabled", "false", "--recorder.enabled", "true",
            "--recorder.directory", folder.resolve("raw").toString());
        CommandRun other = CommandRun.of("import", "--feed", "iex-deep", recording().toString(),
            "--journal", folder.resolve("again").toString());

        assertEquals(0, run.exitCode(), run.out() + run.log());
        assertEquals(2, other.exitCode());
        assertTrue(other.log().contains("is a recording without 'iex-deep'"), other.log());
    }

    @Test
    void shouldRefuseToRecordAConnection() {
        CommandRun run = CommandRun.of("run", "--feed", "itch50", "--feed.transport", "soupbintcp",
            "--recorder.enabled", "true", "--recorder.queue-mb", "3");

        assertEquals(2, run.exitCode());
        assertTrue(run.log().contains("recorder.queue-mb: '3'"), run.log());
    }

    private static String freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private Path recording() throws IOException {
        try (var files = Files.list(folder.resolve("raw"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
