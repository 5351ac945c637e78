// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.ThreadingMode;
import io.millrace.journal.EpochLock;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.Millrace;
import io.millrace.server.verb.StopSignal;
import io.millrace.server.verb.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two lives of an engine on one journal, while the exchange goes on. */
@Tag("pipeline")
class RestartTest {
    private static final long FLOW_NS = 60_000_000_000L;
    private static final Map<String, String> SMALL = Map.of(
        "feed.multicast-group", "239.77.12.1",
        "simulator.messages-per-second", "8000", "simulator.symbols", "100",
        "simulator.live-orders", "2000", "engine.max-instruments", "256",
        "engine.max-orders", "20000", "engine.max-venues", "2",
        "engine.inbound-capacity", "65536");

    @TempDir
    private Path root;

    @Test
    void shouldGoOnWithAConnection() throws Exception {
        Map<String, String> options = new HashMap<>(SMALL);
        options.put("feed.transport", "soupbintcp");
        check(options);
    }

    @Test
    void shouldGoOnWithASnapshotWhereNobodySendsAgain() throws Exception {
        Map<String, String> options = new HashMap<>(SMALL);
        options.putAll(Map.of("glimpse.enabled", "true", "simulator.request-server", "off"));
        check(options);
    }

    @Test
    void shouldRefuseWhatDecidesAboutTheOutputWhenItIsNotTheSame() throws Exception {
        try (OutsideExchange exchange = new OutsideExchange(SMALL, FLOW_NS)) {
            Life first = run(exchange, "100ms");
            Life larger = run(exchange, "1s", "--engine.max-orders", "30000");
            Life other = run(exchange, "1s", "--feed.venue", "SIMB");
            Life none = run(exchange, "1s", "--feed.channel", "2");
            assertAll(
                () -> assertEquals(List.of(0, 2, 2, 2), List.of(first.exitCode, larger.exitCode,
                    other.exitCode, none.exitCode)),
                () -> assertTrue(larger.log.contains("engine.max-orders: '30000'; the journal of"
                    + " 2026-01-05 was begun with '20000': set that, or begin another journal"),
                    larger.log),
                () -> assertTrue(other.log.contains("feed.channel 1: 'SIMB itch50 BOTH'; the"
                    + " journal of 2026-01-05 was begun with 'SIMA itch50 BOTH' there"),
                    other.log),
                () -> assertTrue(none.log.contains("feed.channel 1: 'no feed'"), none.log));
        }
    }

    @Test
    void shouldLetNobodyElseWriteTheEpoch() throws Exception {
        try (OutsideExchange exchange = new OutsideExchange(SMALL, FLOW_NS);
             EpochLock lock = EpochLock.take(Journal.directory(root, OutsideExchange.DATE))) {
            Life second = run(exchange, "1s");
            assertEquals(3, second.exitCode);
            assertTrue(second.log.contains("is written by process " + ProcessHandle.current().pid()
                + "; stop that one, or name another --journal.directory or trading date"),
                second.log + lock);
        }
    }

    @Test
    void shouldDeriveAnOutboundQueueAnewAndStopAtOneThatDiffers() throws Exception {
        Path epoch = Journal.directory(root, OutsideExchange.DATE);
        try (OutsideExchange exchange = new OutsideExchange(SMALL, FLOW_NS).start()) {
            run(exchange, "1s");
            Path outbound = epoch.resolve("outbound");
            IoUtil.delete(epoch.resolve("checkpoints").toFile(), true);
            IoUtil.delete(outbound.toFile(), false);
            Life anew = run(exchange, "500ms");
            IoUtil.delete(epoch.resolve("checkpoints").toFile(), true);
            Path inbound = epoch.resolve("inbound");
            Files.move(outbound, root.resolve("kept"));
            IoUtil.delete(inbound.toFile(), false);
            try (OutsideExchange another = new OutsideExchange(SMALL, FLOW_NS).start()) {
                run(another, "4s");
            }
            IoUtil.delete(epoch.resolve("checkpoints").toFile(), true);
            IoUtil.delete(outbound.toFile(), false);
            Files.move(root.resolve("kept"), outbound);
            Life differs = run(exchange, "500ms");
            assertAll(
                () -> assertEquals(0, anew.exitCode, anew::toString),
                () -> assertTrue(anew.log.contains("0 events out equal, "), anew.log),
                () -> assertEquals(1, differs.exitCode, differs::toString),
                () -> assertTrue(differs.log.contains("is not what the journal holds"),
                    differs.log));
        }
    }

    @Test
    void shouldNameTheRemedyWhereOutboundEventsHaveLostTheirCauses() throws Exception {
        Path epoch = Journal.directory(root, OutsideExchange.DATE);
        try (OutsideExchange exchange = new OutsideExchange(SMALL, FLOW_NS).start()) {
            run(exchange, "1s");
            Path inbound;
            try (Stream<Path> files = Files.list(epoch.resolve("inbound"))) {
                inbound = files.filter(file -> file.toString().endsWith(".cq4")).findFirst()
                    .orElseThrow();
            }
            long end;
            try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
                tail.seekEnd();
                end = tail.position();
            }
            Files.write(inbound, Arrays.copyOf(Files.readAllBytes(inbound), (int) end * 3 / 4));
            Life refused = run(exchange, "500ms");
            int repaired = Millrace.execute(new Terminal(new ByteArrayOutputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Map.of(), new StopSignal()), "journal", "repair", epoch.toString());
            Life after = run(exchange, "500ms");
            assertAll(
                () -> assertEquals(3, refused.exitCode, refused::toString),
                () -> assertTrue(refused.log.contains("millrace journal repair " + epoch),
                    refused.log),
                () -> assertEquals(0, repaired),
                () -> assertEquals(0, after.exitCode, after::toString),
                () -> assertTrue(new JournalVerifier(epoch).verify().isWhole()));
        }
    }

    @Test
    void shouldGoOnWithSeveralVenuesOfOtherProtocols() throws Exception {
        Map<String, String> options = new HashMap<>(SMALL);
        options.put("simulator.venues", "iex-deep,iex-tops");
        Path epoch = Journal.directory(root, OutsideExchange.DATE);
        OutsideExchange exchange = new OutsideExchange(options, FLOW_NS).start();
        List<Life> lives = new ArrayList<>();
        try (exchange) {
            Path file = Files.writeString(root.resolve("engine.yml"),
                exchange.engineConfiguration());
            for (String span : List.of("1s", "2s")) {
                lives.add(runWith(List.of("--config", file.toString(), "--engine.max-instruments",
                    "256", "--engine.max-orders", "20000"), new StopSignal(), span));
                exchange.hush();
            }
        }
        List<BookComparison> books = exchange.allBooks(epoch);
        assertAll(
            () -> assertEquals(List.of(0, 0), lives.stream().map(Life::exitCode).toList(),
                lives::toString),
            () -> assertTrue(lives.get(1).log.contains("SIMB channel 2 goes on in session"),
                lives.get(1).log),
            () -> assertTrue(books.get(0).isEqual(), books.get(0)::line),
            () -> assertTrue(books.get(1).isEqual(), books.get(1)::line));
    }

    @Test
    void shouldBeginAnewWhatWasKilledBeforeItSaidWhatItIs() throws Exception {
        Path inbound = Files.createDirectories(Journal.directory(root, OutsideExchange.DATE)
            .resolve("inbound"));
        Files.write(inbound.resolve("20260105F.cq4"), new byte[4096]);
        try (OutsideExchange exchange = new OutsideExchange(SMALL, FLOW_NS)) {
            Life life = run(exchange, "100ms");
            assertEquals(0, life.exitCode, life::toString);
            assertFalse(life.log.contains("restart:"), life.log);
        }
    }

    private void check(Map<String, String> options) throws Exception {
        List<Life> lives = new ArrayList<>();
        Path epoch = Journal.directory(root, OutsideExchange.DATE);
        OutsideExchange exchange = new OutsideExchange(options, FLOW_NS).start();
        try (exchange) {
            lives.add(run(exchange, "1s"));
            lives.add(runToTheEnd(exchange, epoch));
        }
        Proof proof = new JournalReplay(epoch, ThreadingMode.INVOKER)
            .prove(ReplayContext.MAX_SPEED);
        BookComparison books = exchange.books(epoch);
        assertAll(
            () -> assertEquals(List.of(0, 0), lives.stream().map(Life::exitCode).toList(),
                lives::toString),
            () -> assertTrue(lives.get(1).log.contains("SIMA channel 1 goes on in session"),
                lives.get(1).log),
            () -> assertTrue(new JournalVerifier(epoch).verify().isWhole()),
            () -> assertTrue(proof.isEqual(), proof::toString),
            () -> assertTrue(books.isEqual(), books::line));
    }

    /** Runs until all came that was sent, first while more comes, then when nothing does. */
    private Life runToTheEnd(OutsideExchange exchange, Path epoch) throws Exception {
        StopSignal stop = new StopSignal();
        CompletableFuture<Life> life =
            CompletableFuture.supplyAsync(() -> run(exchange, stop, "60s"));
        try (ChannelFollower channel = new ChannelFollower(epoch)) {
            channel.await(exchange.messagesSent());
            exchange.hush();
            channel.await(exchange.messagesSent());
        } finally {
            stop.request();
        }
        return life.get(30, TimeUnit.SECONDS);
    }

    /** What one life of an engine said. */
    private record Life(int exitCode, String out, String log) {
    }

    private Life run(OutsideExchange exchange, String span, String... more) {
        return run(exchange, new StopSignal(), span, more);
    }

    private Life run(OutsideExchange exchange, StopSignal stop, String span, String... more) {
        List<String> flags = new ArrayList<>(exchange.flags());
        for (int i = 0; i < more.length; i += 2) {
            int at = flags.indexOf(more[i]);
            if (at >= 0) {
                flags.set(at + 1, more[i + 1]);
            } else {
                flags.addAll(List.of(more[i], more[i + 1]));
            }
        }
        return runWith(flags, stop, span);
    }

    private Life runWith(List<String> flags, StopSignal stop, String span) {
        List<String> args = new ArrayList<>(List.of("run", "--for", span, "--journal.directory",
            root.toString(), "--edge.enabled", "false"));
        args.addAll(flags);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        int exitCode = Millrace.execute(new Terminal(out,
            new PrintStream(log, true, StandardCharsets.UTF_8), OutsideExchange.environment(),
            stop), args.toArray(String[]::new));
        return new Life(exitCode, out.toString(StandardCharsets.UTF_8),
            log.toString(StandardCharsets.UTF_8));
    }
}
