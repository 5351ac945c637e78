// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalWriter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal as a build with the first schema version wrote it: its version in head and events, no
 * section that came later, a kind of event whose last field it did not know.
 */
@Tag("prove")
class OldSchemaTest {
    private static final long MESSAGES = 20_000;
    private static final int VERSION_OFFSET = 6;

    @TempDir
    private Path folder;
    private Path old;
    private String symbol;

    @BeforeEach
    void writeAsAnOldBuildDid() {
        Path epoch = TestJournal.simulated(folder, MESSAGES, 20, "2s");
        symbol = CommandRun.of("journal", "dump", epoch.toString(), "--types", "InstrumentDefined",
            "--max", "1").out().replaceAll("(?s).*\"symbol\":\"(\\w+).*", "$1");
        old = rewrite(epoch, folder.resolve("old"), "0");
        assertEquals(0, CommandRun.of("journal", "repair", "--outbound", old.toString())
            .exitCode());
    }

    @Test
    void shouldReadAJournalOfAnEarlierVersion() {
        assertTrue(ClockEncoder.SCHEMA_VERSION > 0);
        for (List<String> line : List.of(
            List.of("journal", "ls", old.getParent().toString()),
            List.of("journal", "describe", old.toString()),
            List.of("journal", "verify", "--deep", old.toString()),
            List.of("journal", "dump", old.toString()),
            List.of("replay", old.toString()),
            List.of("replay", old.toString(), "--prove"),
            List.of("gaps", old.toString()),
            List.of("book", old.toString(), "--symbol", symbol, "--at", "2026-01-30T23:00:00Z"))) {
            CommandRun run = CommandRun.of(line.toArray(String[]::new));
            assertEquals(0, run.exitCode(), line + ": " + run.out() + run.log());
        }
    }

    @Test
    void shouldDeriveWhatTheOldBuildDerived() {
        try (JournalTail tail = JournalTail.written(old, JournalQueue.OUTBOUND)) {
            while (tail.next()) {
                assertEquals(0, tail.event().buffer().getShort(
                    tail.event().offset() - HEADER_LENGTH + VERSION_OFFSET,
                    ByteOrder.LITTLE_ENDIAN));
            }
        }
    }

    @Test
    void shouldRefuseANewerVersionAndSayWhatHelps() {
        Path newer = rewrite(old, folder.resolve("newer"),
            Integer.toString(ClockEncoder.SCHEMA_VERSION + 1));
        for (String verb : List.of("describe", "verify", "dump", "tail", "repair")) {
            CommandRun run = CommandRun.of("journal", verb, newer.toString());
            assertEquals(3, run.exitCode(), run.out() + run.log());
            assertTrue(run.log().contains("read it with that build or a later one"), run.log());
        }
        assertEquals(3, CommandRun.of("replay", newer.toString()).exitCode());
    }

    private static Path rewrite(Path epoch, Path root, String version) {
        JournalHead head = Journal.head(epoch);
        Map<String, String> sections = new LinkedHashMap<>(head.sections());
        sections.put("schema-version", version);
        sections.put("build", "millrace of another time");
        sections.remove("machine");
        Journal journal = Journal.create(root, new JournalHead(sections),
            new JournalContext().minimumFreeMb(0));
        EventRing ring = new EventRing(1 << 10);
        JournalWriter writer = journal.writer(JournalQueue.INBOUND, ring.newGatingReader());
        EventPublisher publisher = new EventPublisher(ring, writer::doWork, null, 1);
        UnsafeBuffer copy = new UnsafeBuffer(new byte[128]);
        try (journal; JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            while (tail.next()) {
                publisher.copy(copy, 0, old(tail.event(), copy, Short.parseShort(version)));
                publisher.commit();
            }
            writer.doWork();
            writer.onClose();
        }
        return journal.directory();
    }

    private static int old(EventView event, UnsafeBuffer copy, short version) {
        int length = event.copyTo(copy, 0);
        copy.putShort(VERSION_OFFSET, version, ByteOrder.LITTLE_ENDIAN);
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            copy.putBytes(length - 2 * MEASUREMENT_LENGTH, copy, length - MEASUREMENT_LENGTH,
                MEASUREMENT_LENGTH);
            length -= MEASUREMENT_LENGTH;
            copy.putShort(0, (short) (length - HEADER_LENGTH), ByteOrder.LITTLE_ENDIAN);
        }
        return length;
    }
}
