// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.EventView;
import io.millrace.event.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
    private static final long ROOM_AHEAD = 1 << 18;

    @TempDir
    private Path root;

    @Test
    void shouldReadBackEveryByteThatWasPublished() {
        ByteArrayOutputStream published = new ByteArrayOutputStream();
        EventView view = new EventView();
        try (JournalFixture fixture =
            JournalFixture.create(root, JournalFixture.context().clock(null))) {
            for (int i = 0; i < 5000; i++) {
                fixture.publishOrder();
                view.wrap(fixture.inbound.buffer(),
                    fixture.inboundRing.blockOffset(fixture.inbound.claimed()));
                append(published, view);
            }
            fixture.drain();
        }

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (JournalTail tail =
            JournalTail.written(JournalFixture.directory(root), JournalQueue.INBOUND)) {
            while (tail.next()) {
                append(read, tail.event());
            }
        }
        assertArrayEquals(published.toByteArray(), read.toByteArray());
    }

    @Test
    void shouldNotBeginOverWhatIsLeftOfAnotherJournal() {
        try (JournalFixture fixture =
            JournalFixture.create(root, JournalFixture.context().clock(null))) {
            fixture.publishOrder();
            fixture.drain();
        }
        Path epoch = JournalFixture.directory(root);
        IoUtil.delete(JournalQueue.INBOUND.directory(epoch).toFile(), false);
        assertThrows(JournalException.class,
            () -> JournalFixture.create(root, JournalFixture.context().clock(null)));
        IoUtil.delete(JournalQueue.OUTBOUND.directory(epoch).toFile(), false);
        JournalFixture.create(root, JournalFixture.context().clock(null)).close();
    }

    @Test
    void shouldStampItsCopyAndLeaveTheSlotAlone() {
        try (JournalFixture fixture = JournalFixture.create(root,
            JournalFixture.context()
                .clock(() -> JournalFixture.START_NS + 3 * JournalFixture.STEP_NS))) {
            fixture.publishOrder();
            fixture.drain();
            assertEquals(0, Measurement.journalDeltaNs(fixture.inboundRing.buffer(),
                fixture.inboundRing.blockOffset(0)));
        }
        try (JournalTail tail =
            JournalTail.written(JournalFixture.directory(root), JournalQueue.INBOUND)) {
            assertTrue(tail.next());
            assertEquals(2 * JournalFixture.STEP_NS,
                Measurement.journalDeltaNs(tail.event().buffer(), tail.event().offset()));
        }
    }

    /** A queue that is closed gives back the room that it had made ahead. */
    @Test
    void shouldCloseTheOneQueueWhenTheOtherCannotBeBegun() throws IOException {
        Path epoch = Files.createDirectories(JournalFixture.directory(root));
        Files.createFile(JournalQueue.OUTBOUND.directory(epoch));

        assertThrows(UncheckedIOException.class,
            () -> Journal.create(root, JournalFixture.head(), JournalFixture.context()));

        Path file = CycleAppender.file(JournalQueue.INBOUND.directory(epoch), JournalFixture.DATE);
        assertTrue(Files.size(file) < ROOM_AHEAD, () -> file + " is still open");
    }

    @Test
    void shouldContinueBehindTheLastEventWhenReopened() {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            fixture.write(1000);
        }
        try (JournalFixture fixture = new JournalFixture(
            Journal.open(root, JournalFixture.DATE, JournalFixture.context()))) {
            assertEquals(1000, fixture.journal.lastSequence(JournalQueue.INBOUND));
            assertEquals(100, fixture.journal.lastSequence(JournalQueue.OUTBOUND));
            fixture.write(500);
        }
        assertEquals(1500, JournalFixture.count(root, JournalQueue.INBOUND));
        assertEquals(150, JournalFixture.count(root, JournalQueue.OUTBOUND));
        assertEquals(List.of(), verify().damages());
    }

    @Test
    void shouldRefuseToBeginAnEpochTwice() {
        JournalFixture.create(root).close();
        assertThrows(JournalException.class, () -> JournalFixture.create(root));
    }

    @Test
    void shouldHoldNothingButItsHeadWhenEmpty() {
        JournalFixture.create(root).close();
        assertEquals(0, JournalFixture.count(root, JournalQueue.INBOUND));
        assertTrue(verify().isWhole());
        assertEquals(JournalFixture.head(), Journal.head(JournalFixture.directory(root)));
        assertEquals(List.of(JournalFixture.DATE), Journal.list(root));
    }

    @Test
    void shouldExplainItself() {
        JournalFixture.create(root).close();
        JournalHead head = Journal.head(JournalFixture.directory(root));
        assertEquals(LocalDate.of(2026, 1, 2), head.tradingDate());
        assertEquals(List.of("AAA", "BBB"), head.symbols());
        assertEquals("key: value\n", head.configuration());
        assertEquals("test build", head.build());
        assertTrue(head.isSimulated());
        assertTrue(head.section(JournalHead.SCHEMA).contains("<sbe:messageSchema"));
    }

    @Test
    void shouldRefuseVersionsItDoesNotKnow() {
        java.util.Map<String, String> sections =
            new java.util.LinkedHashMap<>(JournalFixture.head().sections());
        sections.put(JournalHead.FORMAT, "2");
        sections.put(JournalHead.SCHEMA_VERSION, "9999");
        Journal.create(root, new JournalHead(sections), JournalFixture.context()).close();
        JournalException refusal = assertThrows(JournalException.class,
            () -> Journal.head(JournalFixture.directory(root)));
        assertTrue(refusal.getMessage().contains("format 2"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("schema version 9999"), refusal.getMessage());
    }

    @Test
    void shouldStopAtAHoleInTheSequence() {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            fixture.write(10);
            fixture.inbound.nextSequence(12);
            fixture.write(5);
            fixture.drain();
            assertEquals(JournalWriter.State.OUT_OF_SEQUENCE, fixture.inboundWriter.state());
            assertEquals(5, fixture.journal.context().counters()
                .value("journal.inbound.unjournaled"));
        }
        assertEquals(10, JournalFixture.count(root, JournalQueue.INBOUND));
    }

    @Test
    void shouldAppendAnEffectOnlyAfterItsCause() {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            fixture.publishOrder();
            fixture.publishBbo(1);
            assertEquals(0, fixture.outboundWriter.doWork());
            assertEquals(1, fixture.inboundWriter.doWork());
            assertEquals(1, fixture.outboundWriter.doWork());
            assertEquals(1, fixture.outboundWriter.sequence());
        }
    }

    @ParameterizedTest
    @EnumSource(JournalSync.class)
    void shouldHoldTheSameInEverySyncMode(JournalSync sync) {
        JournalContext context = JournalFixture.context().sync(sync).syncIntervalMs(1);
        try (JournalFixture fixture = JournalFixture.create(root, context)) {
            fixture.write(2000);
        }
        assertEquals(2000, JournalFixture.count(root, JournalQueue.INBOUND));
        assertTrue(verify().isWhole());
    }

    @Test
    void shouldFollowAWriter() {
        try (JournalFixture fixture = JournalFixture.create(root);
             JournalTail tail =
                 JournalTail.following(JournalFixture.directory(root), JournalQueue.INBOUND)) {
            assertFalse(tail.next());
            for (long sequence = 1; sequence <= 300; sequence++) {
                fixture.publishOrder();
                fixture.drain();
                assertTrue(tail.next());
                assertEquals(sequence, tail.event().sequence());
                assertFalse(tail.next());
            }
        }
    }

    @Test
    void shouldReadWhatAWriterLeftThatNeverClosed() {
        JournalFixture fixture = JournalFixture.create(root).write(3000);
        assertEquals(3000, JournalFixture.count(root, JournalQueue.INBOUND));
        assertTrue(verify().isWhole(), () -> verify().damages().toString());
        fixture.close();
    }

    @Test
    void shouldFindNoDamageWhileAWriterGoesOn() throws InterruptedException {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            Thread writer = new Thread(() -> fixture.write(300_000));
            writer.start();
            try {
                long last = 0;
                while (writer.isAlive()) {
                    long count = JournalFixture.count(root, JournalQueue.INBOUND);
                    assertTrue(count >= last);
                    last = count;
                }
            } finally {
                writer.join();
            }
        }
        assertEquals(300_000, JournalFixture.count(root, JournalQueue.INBOUND));
    }

    @Test
    void shouldVerifyAJournalThatIsBeingWritten() throws InterruptedException {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            Thread writer = new Thread(() -> fixture.write(200_000));
            writer.start();
            try {
                while (writer.isAlive()) {
                    assertEquals(List.of(), verify().damages());
                }
            } finally {
                writer.join();
            }
        }
        assertEquals(200_000, verify().queues().get(0).last());
    }

    @Test
    void shouldNeverExtendAFileByReading() {
        JournalFixture.create(root).write(100).close();
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        long before = JournalFixture.size(file);
        JournalFixture.count(root, JournalQueue.INBOUND);
        verify();
        assertEquals(before, JournalFixture.size(file));
    }

    private JournalVerifier.Report verify() {
        return new JournalVerifier(JournalFixture.directory(root)).verify();
    }

    private static void append(ByteArrayOutputStream out, EventView event) {
        byte[] bytes = new byte[event.length()];
        event.copyTo(new UnsafeBuffer(bytes), 0);
        out.writeBytes(bytes);
    }
}
