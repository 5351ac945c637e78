// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.edge.status.EngineState;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.JournalWriter.State;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.ProofText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines in processes of their own on a volume that is full: filled by them or by another. */
@Tag("disk")
class FullDiskTest {
    private static final long PATIENCE_MS = 120_000;
    private static final Pattern PAGE = Pattern.compile("page (http://[0-9.:]+)");

    @TempDir
    private Path folder;

    private LoopVolume volume;
    private EngineProcess engine;

    /** Mebibytes of the volume. */
    static IntStream sizes() {
        return Boolean.getBoolean("millrace.full") ? IntStream.rangeClosed(5, 14).map(i -> 7 * i)
            : IntStream.of(40);
    }

    @AfterEach
    void end() throws Exception {
        if (engine != null) {
            engine.close();
        }
        if (volume != null) {
            volume.unmount();
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void shouldGoOnBehindAHoleWhenItFilledTheVolumeItself(int mebibytes) throws Exception {
        volume = LoopVolume.mount(folder, mebibytes);
        Path ballast = volume.ballast(mebibytes / 3);
        start("degrade", 0, 4);
        awaitState(State.DISK_FULL);
        awaitPage("degraded: disk full");
        Files.delete(ballast);
        awaitState(State.APPENDING);
        checkHole();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void shouldGoOnBehindAHoleWhenAnotherFilledTheVolume(int mebibytes) throws Exception {
        volume = LoopVolume.mount(folder, mebibytes);
        start("degrade", 2, 2);
        assertTrue(engine.await(() -> engine.counter("journal.inbound.sequence") > 10_000,
            PATIENCE_MS));
        Path filler = volume.fill();
        assertTrue(engine.await(() -> State.values()[
            (int) engine.counter("journal.inbound.state")].isFull(), PATIENCE_MS), this::told);
        awaitPage("degraded: ");
        Files.delete(filler);
        awaitState(State.APPENDING);
        checkHole();
    }

    @Test
    void shouldStopInOrderWhenTold() throws Exception {
        volume = LoopVolume.mount(folder, 40);
        volume.ballast(16);
        start("halt", 1, 0);
        assertEquals(ExitCode.IO, engine.exitCode(120), this::told);
        assertTrue(engine.log().contains("run: stopped by journal.on-full halt: "), this::told);
        JournalVerifier.Report report = new JournalVerifier(epoch()).verify();
        assertEquals(List.of(), report.damages());
        assertEquals(List.of(), report.holes());
        prove(0);
    }

    private void start(String onFull, int minimumMb, int marginMb) throws IOException {
        List<String> flags = new ArrayList<>(List.of("--edge.port", "0", "--edge.metrics-port", "0",
            "--feed.multicast-group", "239.77.13.2", "--engine.max-orders", "200000",
            "--simulator.messages-per-second", "60000", "--simulator.live-orders", "5000",
            "--for", "10m", "--journal.on-full", onFull,
            "--journal.minimum-free-mb", Integer.toString(minimumMb),
            "--journal.resume-margin-mb", Integer.toString(marginMb)));
        engine = new EngineProcess(folder, volume.directory().resolve("journal"), "engine", flags);
        assertTrue(engine.await(() -> engine.isIn(EngineState.RUNNING), PATIENCE_MS), this::told);
    }

    private void awaitState(State state) {
        assertTrue(engine.await(
            () -> engine.counter("journal.inbound.state") == state.ordinal(), PATIENCE_MS)
            && engine.isAlive(), this::told);
    }

    /** The page takes a picture now and then. */
    private void awaitPage(String words) {
        assertTrue(engine.await(() -> ready().contains(words), PATIENCE_MS), this::ready);
    }

    /** It lived on; the hole is declared, what is before and behind it is proven. */
    private void checkHole() throws Exception {
        long sequence = engine.counter("journal.inbound.sequence");
        assertTrue(engine.await(
            () -> engine.counter("journal.inbound.sequence") > sequence + 1_000, PATIENCE_MS));
        assertTrue(engine.isAlive(), this::told);
        engine.terminate();
        assertEquals(ExitCode.FINDING, engine.exitCode(60), this::told);
        assertTrue(engine.out().contains("lost        hole inbound: "), this::told);

        JournalVerifier.Report report = new JournalVerifier(epoch()).verify();
        assertEquals(List.of(), report.damages());
        List<JournalHole> holes = report.queues().get(0).holes();
        assertTrue(!holes.isEmpty(), this::told);
        prove(holes.size());
        System.out.printf(Locale.ROOT, "full disk: %s; %,d events in, proven behind it%n",
            holes.get(0), report.queues().get(0).eventCount());
    }

    private void prove(int holes) throws IOException {
        Proof proof = new JournalReplay(epoch(), ThreadingMode.INVOKER)
            .prove(ReplayContext.MAX_SPEED);
        assertTrue(proof.isEqual(), () -> ProofText.line(proof));
        assertEquals(holes, proof.holes().size());
    }

    private Path epoch() throws IOException {
        try (var entries = Files.list(volume.directory().resolve("journal"))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("20"))
                .findFirst().orElseThrow();
        }
    }

    private String ready() {
        try {
            Matcher page = PAGE.matcher(engine.log());
            assertTrue(page.find(), this::told);
            return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(page.group(1) + "/readyz")).build(),
                BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    private String told() {
        try {
            List<String> lines = Arrays.asList(engine.log().split("\n"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()))
                + '\n' + engine.out();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
