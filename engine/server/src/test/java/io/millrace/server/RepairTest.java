// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.EpochLock;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("prove")
class RepairTest {
    private static final long MESSAGES = 30_000;

    @TempDir
    private Path folder;
    private Path epoch;

    @BeforeEach
    void record() {
        epoch = TestJournal.simulated(folder, MESSAGES, 50, "2s");
    }

    @Test
    void shouldCutWhatATornAppendLeftAndNothingElse() throws IOException {
        Path file = file("inbound");
        byte[] whole = Files.readAllBytes(file);
        long end = end(JournalQueue.INBOUND);
        write(file, end + 8, new byte[] {1, 2, 3, 4, 5});

        CommandRun verify = CommandRun.of("journal", "verify", epoch.toString());
        CommandRun dry = CommandRun.of("journal", "repair", "--dry-run", epoch.toString());
        assertEquals(1, verify.exitCode());
        assertTrue(verify.out().contains(file + " at " + end + ": torn tail: 13 bytes"),
            verify.out());
        assertEquals(1, dry.exitCode());
        assertTrue(dry.out().contains("would cut"), dry.out());
        assertEquals(5, Files.readAllBytes(file)[(int) end + 12]);

        assertEquals(0, CommandRun.of("journal", "repair", epoch.toString()).exitCode());
        assertArrayEquals(Arrays.copyOf(whole, (int) end),
            Arrays.copyOf(Files.readAllBytes(file), (int) end));
        assertEquals(0, CommandRun.of("journal", "verify", "--deep", epoch.toString()).exitCode());
    }

    @Test
    void shouldLeaveAnEpochThatIsWritten() {
        EpochLock lock = EpochLock.take(epoch);
        try (lock) {
            CommandRun repair = CommandRun.of("journal", "repair", epoch.toString());
            assertEquals(3, repair.exitCode());
            assertTrue(repair.log().contains("is written by process"), repair.log());
        }
    }

    @Test
    void shouldDeriveADamagedOutboundQueueAgain() throws IOException {
        Path original = TestJournal.copy(epoch, folder.resolve("original"));
        Path file = file("outbound");
        long middle = end(JournalQueue.OUTBOUND) / 2;
        byte[] garbage = new byte[3_000];
        Arrays.fill(garbage, (byte) 0x5A);
        write(file, middle, garbage);

        CommandRun deep = CommandRun.of("journal", "verify", "--deep", epoch.toString());
        assertEquals(1, deep.exitCode());
        assertTrue(deep.out().contains("derived from inbound event"), deep.out());
        CommandRun repair = CommandRun.of("journal", "repair", epoch.toString());
        assertEquals(1, repair.exitCode());
        assertTrue(repair.out().contains("--outbound derives the queue again"), repair.out());

        CommandRun outbound = CommandRun.of("journal", "repair", "--outbound", epoch.toString());
        assertEquals(0, outbound.exitCode(), outbound.out() + outbound.log());
        CommandRun cmp = CommandRun.of("journal", "cmp", original.toString(), epoch.toString());
        assertEquals(0, cmp.exitCode(), cmp.out());
        assertEquals(0, CommandRun.of("replay", epoch.toString(), "--prove").exitCode());
    }

    @Test
    void shouldDeriveALostOutboundQueueAgain() throws IOException {
        Path original = TestJournal.copy(epoch, folder.resolve("original"));
        for (Path file : files(epoch.resolve("outbound"))) {
            Files.delete(file);
        }
        assertEquals(0, CommandRun.of("journal", "repair", "--outbound", epoch.toString())
            .exitCode());
        assertEquals(0, CommandRun.of("journal", "cmp", original.toString(), epoch.toString())
            .exitCode());
    }

    @Test
    void shouldSayThatADamagedInboundQueueCannotBeRepaired() throws IOException {
        write(file("inbound"), end(JournalQueue.INBOUND) / 2, new byte[] {0x11, 0x22, 0x33});
        byte[] before = Files.readAllBytes(file("inbound"));
        CommandRun repair = CommandRun.of("journal", "repair", "--outbound", epoch.toString());
        assertEquals(1, repair.exitCode());
        assertTrue(repair.out().contains("events "), repair.out());
        assertTrue(repair.out().contains("the inbound queue is damaged"), repair.out());
        assertArrayEquals(before, Files.readAllBytes(file("inbound")));
    }

    @Test
    void shouldCutOutboundEventsWhoseCausesWereLost() throws IOException {
        byte[] whole = Files.readAllBytes(file("inbound"));
        Files.write(file("inbound"),
            Arrays.copyOf(whole, (int) (end(JournalQueue.INBOUND) * 2 / 3)));
        byte[] outbound = Files.readAllBytes(file("outbound"));
        CommandRun dry = CommandRun.of("journal", "repair", "--dry-run", epoch.toString());
        assertEquals(1, dry.exitCode(), dry.out() + dry.log());
        assertTrue(dry.out().contains("would cut back to event "), dry.out());
        assertArrayEquals(outbound, Files.readAllBytes(file("outbound")));

        CommandRun repair = CommandRun.of("journal", "repair", epoch.toString());
        assertEquals(0, repair.exitCode(), repair.out() + repair.log());
        assertTrue(repair.out().contains("have causes that the inbound queue lost"), repair.out());
        assertEquals(0, CommandRun.of("journal", "verify", epoch.toString()).exitCode());
        long kept = last(JournalQueue.OUTBOUND);
        CommandRun derived = CommandRun.of("journal", "repair", "--outbound", epoch.toString());
        assertEquals(0, derived.exitCode(), derived.out() + derived.log());
        assertTrue(derived.out().contains("; " + kept + " that the old queue still showed are"),
            derived.out());
        assertTrue(kept > 0 && kept <= last(JournalQueue.OUTBOUND), derived.out());
    }

    private long last(JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(epoch, queue)) {
            return tail.seekEnd();
        }
    }

    private long end(JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(epoch, queue)) {
            tail.seekEnd();
            return tail.position();
        }
    }

    private Path file(String queue) throws IOException {
        return files(epoch.resolve(queue)).stream().filter(path -> path.toString().endsWith(".cq4"))
            .findFirst().orElseThrow();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void write(Path path, long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        }
    }
}
