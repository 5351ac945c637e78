// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.engine.EngineContext;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventView;
import io.millrace.journal.Damage;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.compare.Comparison;
import io.millrace.journal.compare.EventEquality;
import io.millrace.journal.compare.JournalCompare;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalProverTest {
    private static final int EVENT_COUNT = 20_500;

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldProveADayRecordedInAnyThreadingMode(ThreadingMode mode) {
        Path directory = RecordedDay.record(root, mode, EVENT_COUNT);
        assertTrue(new JournalVerifier(directory).verify().isWhole());
        for (ThreadingMode replayMode : ThreadingMode.values()) {
            Proof proof = prove(directory, replayMode, ReplayContext.MAX_SPEED);
            assertNull(proof.divergence());
            assertEquals(Proof.Outcome.EQUAL, proof.outcome());
            assertEquals(EVENT_COUNT + 2, proof.inboundCount());
            assertEquals(proof.producedCount(), proof.recordedCount());
            assertEquals(EVENT_COUNT / RecordedDay.FINGERPRINT_INTERVAL + 1,
                proof.fingerprintCount());
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldProveAtTenTimesTheSpeed(ThreadingMode mode) {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        assertTrue(prove(directory, mode, 10).isEqual());
    }

    @Test
    void shouldProveADayWhoseStopEndsAnInterval() {
        int events = 2 * RecordedDay.FINGERPRINT_INTERVAL - 2;
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, events);
        Proof proof = prove(directory, ThreadingMode.INVOKER, ReplayContext.MAX_SPEED);
        assertEquals(Proof.Outcome.EQUAL, proof.outcome());
        assertEquals(3, proof.fingerprintCount());
    }

    @Test
    void shouldRecordTheSameInEveryThreadingMode() {
        Path inline =
            RecordedDay.record(root.resolve("inline"), ThreadingMode.INVOKER, EVENT_COUNT);
        Path threaded =
            RecordedDay.record(root.resolve("threaded"), ThreadingMode.DEDICATED, EVENT_COUNT);
        List<Comparison> comparisons =
            new JournalCompare(inline, threaded, EventEquality.DATA).compare();
        assertTrue(comparisons.stream().allMatch(Comparison::isEqual),
            comparisons::toString);
        assertEquals(EVENT_COUNT + 2, comparisons.get(0).equalCount());
        List<Comparison> raw =
            new JournalCompare(inline, threaded, EventEquality.RAW).compare();
        assertNotEquals(0, raw.get(0).firstDiffering());
    }

    @Test
    void shouldNameTheFirstIntervalBehindAFlippedPrice() throws IOException {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        long sequence = flipPriceOfAnOrder(directory, 7300);

        List<Damage> damages = new JournalVerifier(directory).verify().damages();
        assertEquals(1, damages.size());
        assertTrue(damages.get(0).fromSequence() <= sequence && sequence <= damages.get(0)
            .toSequence());

        Proof proof = prove(directory, ThreadingMode.INVOKER, ReplayContext.MAX_SPEED);
        assertEquals(Proof.Outcome.DIVERGED, proof.outcome());
        assertEquals(7001, proof.divergence().fromSequence());
        assertEquals(8000, proof.divergence().toSequence());
        assertTrue(proof.divergence().firstOutbound() > 0);
        assertEquals(damages, proof.damages());
    }

    @Test
    void shouldNotProveWhatWasNeverRecorded() {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        Path inbound = JournalQueue.INBOUND.directory(directory);
        Path other = root.resolve("2026-01-05");
        copy(inbound, JournalQueue.INBOUND.directory(other));
        Proof proof = prove(other, ThreadingMode.INVOKER, ReplayContext.MAX_SPEED);
        assertNotEquals(Proof.Outcome.EQUAL, proof.outcome());
    }

    private static Proof prove(Path directory, ThreadingMode mode, double speed) {
        EngineContext context = EngineSection.read(Journal.head(directory)).threadingMode(mode);
        return new JournalProver(directory, context, speed).prove();
    }

    private static long flipPriceOfAnOrder(Path directory, long fromSequence) throws IOException {
        byte[] bytes;
        long sequence;
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            tail.seekSequence(fromSequence);
            EventView event = tail.event();
            do {
                assertTrue(tail.next());
            } while (event.templateId() != OrderAddedDecoder.TEMPLATE_ID);
            sequence = event.sequence();
            bytes = new byte[event.length()];
            event.copyTo(new UnsafeBuffer(bytes), 0);
        }
        Path file;
        try (var files = Files.list(JournalQueue.INBOUND.directory(directory))) {
            file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        byte[] all = Files.readAllBytes(file);
        int at = 0;
        while (!Arrays.equals(all, at, at + bytes.length, bytes, 0, bytes.length)) {
            at += 4;
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(at + 8 + OrderAddedDecoder.priceEncodingOffset());
            out.write(all[at + 8 + OrderAddedDecoder.priceEncodingOffset()] ^ 1);
        }
        return sequence;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            try (var files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
