// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {
    private static final int EVENT_COUNT = 3000;
    private static final int CUT_COUNT = 15;
    private static final int HEADER_LENGTH = 200;

    private final Random random = new Random(5);

    @TempDir
    private Path root;

    @Test
    void shouldFindNoneWhereAWriterClosed() {
        JournalFixture.create(root).write(EVENT_COUNT).close();
        assertEquals(Optional.empty(), find());
    }

    @Test
    void shouldFindNoneWhereAWriterNeverClosed() {
        JournalFixture fixture = JournalFixture.create(root).write(EVENT_COUNT);
        assertEquals(Optional.empty(), find());
        fixture.close();
    }

    @Test
    void shouldFindNoneInAQueueThatHoldsOnlyItsHead() {
        JournalFixture.create(root).close();
        assertEquals(Optional.empty(), find());
    }

    @Test
    void shouldCutWhatStandsBehindTheLastExcerpt() throws IOException {
        JournalFixture.create(root).write(EVENT_COUNT).close();
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        long end = end();
        for (int word : new int[] {0, 0x8000_0100, 0x1234, 0x7FFF_FFFF}) {
            byte[] rest = new byte[700];
            random.nextBytes(rest);
            write(file, end, word, rest);
            TornTail torn = find().orElseThrow();
            assertEquals(List.of(file, end, 704L, (long) EVENT_COUNT), List.of(torn.file(),
                torn.position(), torn.byteCount(), torn.lastSequence()));
            assertEquals(List.of(torn.damage()), verify());
            find().orElseThrow().cut();
            assertEquals(Optional.empty(), find());
            assertEquals(List.of(), verify());
        }
        continueAndCheck(EVENT_COUNT);
    }

    @Test
    void shouldContinueBehindACutAnywhere() throws IOException {
        JournalFixture.create(root).write(EVENT_COUNT).close();
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        byte[] whole = Files.readAllBytes(file);
        long first = first(whole);
        for (int i = 0; i < CUT_COUNT; i++) {
            int length = (int) (first + random.nextDouble() * (end() - first));
            Files.write(file, Arrays.copyOf(whole, length));
            find().ifPresent(TornTail::cut);
            assertEquals(Optional.empty(), find());
            append(JournalFixture.count(root, JournalQueue.INBOUND));
            Files.write(file, whole);
        }
    }

    @Test
    void shouldContinueWhereTheLibrarysHeaderIsOlderThanTheEvents() throws IOException {
        JournalFixture.create(root).write(500).close();
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        byte[] header = Arrays.copyOf(Files.readAllBytes(file), HEADER_LENGTH);
        append(500);
        try (RandomAccessFile old = new RandomAccessFile(file.toFile(), "rw")) {
            old.write(header);
        }
        assertEquals(Optional.empty(), find());
        append(800);
        assertEquals(List.of(), verify());
    }

    @Test
    void shouldLeaveAQueueWithoutAWholeHeadToBeBegunAnew() throws IOException {
        JournalFixture fixture = JournalFixture.create(root).write(500);
        Path file = JournalFixture.onlyFile(root, JournalQueue.OUTBOUND);
        fixture.close();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) first(whole) / 2));
        TornTail.find(JournalFixture.directory(root), JournalQueue.OUTBOUND)
            .ifPresent(TornTail::cut);
        try (Journal journal = Journal.open(root, JournalFixture.DATE,
            JournalFixture.context())) {
            assertEquals(500, journal.lastSequence(JournalQueue.INBOUND));
            assertEquals(0, journal.lastSequence(JournalQueue.OUTBOUND));
        }
    }

    private void append(long last) {
        try (JournalFixture fixture = new JournalFixture(
            Journal.open(root, JournalFixture.DATE, JournalFixture.context()))) {
            assertEquals(last, fixture.journal.lastSequence(JournalQueue.INBOUND));
            for (int k = 0; k < 300; k++) {
                fixture.publishOrder();
                fixture.inboundWriter.doWork();
            }
        }
        assertEquals(last + 300, JournalFixture.count(root, JournalQueue.INBOUND));
    }

    private void continueAndCheck(long last) {
        try (JournalFixture fixture = new JournalFixture(
            Journal.open(root, JournalFixture.DATE, JournalFixture.context()))) {
            assertEquals(last, fixture.journal.lastSequence(JournalQueue.INBOUND));
            fixture.write(500);
        }
        assertEquals(last + 500, JournalFixture.count(root, JournalQueue.INBOUND));
        assertEquals(List.of(), verify());
    }

    private Optional<TornTail> find() {
        return TornTail.find(JournalFixture.directory(root), JournalQueue.INBOUND);
    }

    private List<Damage> verify() {
        return new JournalVerifier(JournalFixture.directory(root)).verify().damages();
    }

    private long end() {
        try (JournalTail tail =
            JournalTail.written(JournalFixture.directory(root), JournalQueue.INBOUND)) {
            tail.seekEnd();
            return tail.position();
        }
    }

    private long first(byte[] whole) {
        try (JournalTail tail =
            JournalTail.written(JournalFixture.directory(root), JournalQueue.INBOUND)) {
            tail.next();
            return tail.position();
        }
    }

    private static void write(Path path, long offset, int word, byte[] rest) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            file.writeInt(Integer.reverseBytes(word));
            rest[rest.length - 1] |= 1;
            file.write(rest);
        }
    }
}
