// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.checkpoint.Checkpoint;
import io.millrace.journal.checkpoint.CheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as the verbs make them: the rest of a journal comes out again from each. */
@Tag("prove")
class CheckpointTest {
    private static final String[] SMALL = {"--engine.max-orders", "200000"};

    @TempDir
    private Path folder;

    @Test
    void shouldGiveTheRestOfASimulatedDayFromEveryCheckpoint() {
        Path epoch = TestJournal.simulated(folder, 60_000, 200, "3s");
        long last = last(epoch);
        assertEquals(List.of(last), sequences(epoch));

        make(epoch, 20_000);

        assertEquals(multiples(20_000, last), sequences(epoch));
        proveFromAll(epoch);
        CommandRun again = make(epoch, 20_000);
        assertTrue(again.out().contains(" 0 made, 0 thinned out"), again.out());
    }

    @Test
    void shouldGiveTheRestOfBooksOfLevels() {
        Path epoch = imported("iex-deep", "iex-deep-1.0/DEEP10-iexsample-20170425.pcap.gz");
        make(epoch, 150_000);
        proveFromAll(epoch);
    }

    @Test
    void shouldGiveTheRestOfQuotes() {
        Path epoch = imported("iex-tops", "iex-tops-1.6/TOPS16-20170710.pcap.gz");
        make(epoch, 25_000);
        proveFromAll(epoch);
    }

    @Test
    void shouldBeMadeBesideARunAndAtItsEnd() {
        CommandRun run = CommandRun.of("run", "--demo", "--for", "4s", "--journal.directory",
            folder.toString(), "--journal.checkpoints", "on",
            "--journal.checkpoint-events", "2000",
            "--simulator.messages-per-second", "10000", "--simulator.symbols", "200",
            "--simulator.live-orders", "2000", "--feed.multicast-group", "239.77.11.1",
            "--engine.max-orders", "200000");
        assertEquals(0, run.exitCode(), run.log());
        Path epoch = epoch(folder);
        long last = last(epoch);

        List<Long> sequences = sequences(epoch);

        assertEquals(last, sequences.get(sequences.size() - 1));
        assertEquals(2_000, sequences.get(0), sequences::toString);
        proveFromAll(epoch);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        Path epoch = TestJournal.simulated(folder, 20_000, 20, "2s");
        CommandRun every = CommandRun.of("journal", "checkpoint", epoch.toString(), "--every", "0");
        CommandRun from = CommandRun.of("replay", epoch.toString(), "--from-checkpoint", "5");
        assertEquals("2 2", every.exitCode() + " " + from.exitCode());
        assertTrue(every.log().contains("--every 0 is not from 1 to"), every.log());
        assertTrue(from.log().contains("together with --prove"), from.log());
    }

    private static CommandRun make(Path epoch, long every) {
        CommandRun run = CommandRun.of("journal", "checkpoint", epoch.toString(), "--every",
            Long.toString(every));
        assertEquals(0, run.exitCode(), run.log());
        return run;
    }

    private static void proveFromAll(Path epoch) {
        List<Long> sequences = sequences(epoch);
        assertTrue(sequences.size() > 1, sequences::toString);
        for (long sequence : sequences) {
            CommandRun proof = CommandRun.of("replay", epoch.toString(), "--prove",
                "--from-checkpoint", Long.toString(sequence));
            boolean isEnd = sequence == last(epoch);
            assertEquals(isEnd ? 2 : 0, proof.exitCode(), proof.out());
            assertTrue(proof.out().contains("from the checkpoint behind event " + sequence),
                proof.out());
        }
    }

    /** The captures end within a message, which the import tells by its exit code. */
    private Path imported(String feed, String capture) {
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("import", "--feed", feed,
            Captures.file(capture).toString(), "--journal", folder.toString()), Stream.of(SMALL))
            .toArray(String[]::new));
        assertTrue(run.exitCode() <= 1, run.log());
        return epoch(folder);
    }

    private static Path epoch(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> sequences(Path epoch) {
        return new CheckpointStore(epoch).list().stream().map(Checkpoint::position)
            .map(position -> position.inboundSequence()).toList();
    }

    private static List<Long> multiples(long interval, long last) {
        return LongStream.concat(LongStream.rangeClosed(1, last / interval)
            .map(number -> number * interval), LongStream.of(last)).boxed().toList();
    }

    private static long last(Path epoch) {
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            return tail.seekEnd();
        }
    }
}
