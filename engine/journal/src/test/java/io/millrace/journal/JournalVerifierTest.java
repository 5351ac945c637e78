// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.event.EventView;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifierTest {
    private static final int EVENT_COUNT = 3000;
    private static final int FLIP_COUNT = 100;

    @TempDir
    private Path root;
    private Path directory;
    private final Map<Long, byte[]> original = new HashMap<>();

    @BeforeEach
    void write() {
        JournalFixture.create(root).write(EVENT_COUNT)
            .close();
        directory = JournalFixture.directory(root);
        read(original);
    }

    @Test
    void shouldNameTheEventsAroundAFlippedPrice() throws IOException {
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        long sequence = priceSequence();
        flip(file, priceOffset(file, sequence), 1);

        List<Damage> damages = new JournalVerifier(directory).verify().damages();
        assertEquals(1, damages.size(), damages::toString);
        assertTrue(damages.get(0).fromSequence() <= sequence && sequence <= damages.get(0)
            .toSequence());
        assertTrue(damages.get(0).toSequence() - damages.get(0).fromSequence() < 200);
    }

    @Test
    void shouldNameOrClearAnyFlippedByte() throws IOException {
        Random random = new Random(11);
        List<Path> files = files();
        int namedCount = 0;
        for (int i = 0; i < FLIP_COUNT; i++) {
            Path file = files.get(random.nextInt(files.size()));
            long offset = (long) (random.nextDouble() * Files.size(file));
            namedCount += flipAndCheck(file, offset, 1 + random.nextInt(255));
        }
        assertTrue(namedCount < FLIP_COUNT);
    }

    @Test
    void shouldNameEveryFlippedByteAmongTheEvents() throws IOException {
        Random random = new Random(12);
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        long first = firstEvents(file);
        long last = lastEvents();
        for (int i = 0; i < FLIP_COUNT; i++) {
            long offset = first + (long) (random.nextDouble() * (last - first));
            assertEquals(1, flipAndCheck(file, offset, 1 + random.nextInt(255)), "offset "
                + offset);
        }
    }

    @Test
    void shouldSurviveAFileCutAnywhere() throws IOException {
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(13);
        for (int i = 0; i < 50; i++) {
            Files.write(file, java.util.Arrays.copyOf(whole, random.nextInt(whole.length)));
            JournalVerifier.Report report = verifyInTime();
            assertFalse(report.queues().get(0).eventCount() > EVENT_COUNT);
        }
        Files.write(file, whole);
    }

    @Test
    void shouldNameAMissingFile() throws IOException {
        Files.delete(JournalFixture.onlyFile(root, JournalQueue.OUTBOUND));
        assertFalse(verifyInTime().isWhole());
    }

    @Test
    void shouldNameAnEffectWithoutItsCause() throws IOException {
        Path source = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
            file.setLength(priceOffset(source, EVENT_COUNT / 2) & ~0xFFFL);
        }
        List<String> reasons = verifyInTime().damages().stream().map(Damage::reason).toList();
        assertTrue(reasons.stream()
            .anyMatch(reason -> reason.contains("is not in the inbound journal")),
            reasons::toString);
    }

    /**
     * Flips, compares what verify says with what a reader gets, and flips back; 1 when something
     * was named.
     */
    private int flipAndCheck(Path file, long offset, int bits) throws IOException {
        flip(file, offset, bits);
        JournalVerifier.Report report = verifyInTime();
        Map<Long, byte[]> now = new HashMap<>();
        List<Damage> damages = read(now);
        original.forEach((key, bytes) -> {
            boolean isSame = java.util.Arrays.equals(bytes, now.get(key));
            boolean isNamed = report.damages().stream().anyMatch(damage -> damage.isEventHit()
                && damage.fromSequence() <= Math.abs(key) && Math.abs(key) <= damage.toSequence());
            assertTrue(isSame || isNamed, () -> "event " + key + " changed unnamed by a flip at "
                + offset + " of "
                + file + ": " + report.damages() + damages);
        });
        flip(file, offset, bits);
        return report.isWhole() ? 0 : 1;
    }

    private JournalVerifier.Report verifyInTime() {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () ->
            new JournalVerifier(directory).verify());
    }

    /** All readable events by sequence, outbound ones by its negative. */
    private List<Damage> read(Map<Long, byte[]> events) {
        List<Damage> damages = new ArrayList<>();
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(directory, queue)
                .damageListener(damages::add)) {
                while (tail.next()) {
                    EventView event = tail.event();
                    byte[] bytes = new byte[event.length()];
                    event.copyTo(new UnsafeBuffer(bytes), 0);
                    events.put(queue == JournalQueue.INBOUND ? event.sequence() : -event.sequence(),
                        bytes);
                }
            }
        }
        return damages;
    }

    private long priceSequence() {
        return original.entrySet().stream().filter(entry -> entry.getKey() > 0
                && new UnsafeBuffer(entry.getValue()).getShort(2) == OrderAddedDecoder.TEMPLATE_ID)
            .mapToLong(Map.Entry::getKey).sorted().skip(700).findFirst().orElseThrow();
    }

    private long priceOffset(Path file, long sequence) throws IOException {
        return find(file, original.get(sequence)) + 8 + OrderAddedDecoder.priceEncodingOffset();
    }

    private long firstEvents(Path file) throws IOException {
        return find(file, original.get(1L));
    }

    private long lastEvents() {
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            tail.seekEnd();
            return tail.position();
        }
    }

    private static long find(Path file, byte[] event) throws IOException {
        byte[] all = Files.readAllBytes(file);
        for (int i = 0; i + event.length <= all.length; i += 4) {
            if (java.util.Arrays.equals(all, i, i + event.length, event, 0, event.length)) {
                return i;
            }
        }
        throw new AssertionError("event is not in " + file);
    }

    private static void flip(Path path, long offset, int bits) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            int value = file.read();
            file.seek(offset);
            file.write(value ^ bits);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
