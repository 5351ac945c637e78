// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusEncoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.instrument.Venue;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class GapsVerbTest {
    private static final long START_NS = 1_767_355_200_000_000_000L;

    private final EventRing ring = new EventRing(64);
    private final EventPublisher publisher = new EventPublisher(ring, () -> { }, null, 1);
    private final GapEncoder gap = new GapEncoder();
    private long timeNs = START_NS;

    @TempDir
    private Path root;

    @Test
    void shouldBeContentWhenEveryHoleHealed() {
        write(() -> {
            gap(2, 5, GapState.OPEN, GapCure.NONE, 1);
            gap(2, 5, GapState.HEALED, GapCure.OTHER_LINE, 2);
        });
        CommandRun run = CommandRun.of("gaps", root.toString());
        assertEquals(0, run.exitCode(), run.log());
        assertEquals(List.of("SIMA", "3", "2", "5", "3", "2026-01-02T12:00:00.000001Z", "1.0",
            "OTHER_LINE", "2", "0"), List.of(run.lines().get(1).strip().split(" +")));
        assertEquals("1 holes: 1 healed, 0 partly lost, 0 lost, 0 never closed; 0 messages lost",
            run.lines().get(2));
    }

    @Test
    void shouldFindWhatWasLostOrNeverClosed() {
        write(() -> {
            gap(2, 5, GapState.OPEN, GapCure.NONE, 1);
            gap(2, 5, GapState.LOST, GapCure.DECLARED, 0);
            gap(9, 10, GapState.OPEN, GapCure.NONE, 1);
        });
        CommandRun run = CommandRun.of("gaps", "--json", root.toString());
        assertEquals(1, run.exitCode());
        assertEquals(List.of("{\"venue\":\"SIMA\",\"channel\":3,\"from\":2,\"to\":5,\"messages\":3,"
            + "\"end\":\"LOST\",\"cure\":\"DECLARED\",\"line\":0,\"healed\":0,\"lost\":3,"
            + "\"openedNs\":" + (START_NS + 1_000) + ",\"closedNs\":" + (START_NS + 2_000) + "}",
            "{\"venue\":\"SIMA\",\"channel\":3,\"from\":9,\"to\":10,\"messages\":1,"
            + "\"end\":\"NEVER_CLOSED\",\"cure\":\"NONE\",\"line\":0,\"healed\":0,\"lost\":0,"
            + "\"openedNs\":" + (START_NS + 3_000) + "}"), run.lines());
    }

    @Test
    void shouldListWhenLinesAndFeedsWereNotHeard() {
        write(() -> {
            line(1, LineState.UP, 0);
            line(1, LineState.SILENT, 0);
            line(2, LineState.DOWN, 0);
            line(0, LineState.BREAKER_OPEN, 3);
            line(0, LineState.BREAKER_HALF_OPEN, 3);
            line(1, LineState.UP, 3);
            line(0, LineState.BREAKER_CLOSED, 7);
        });
        CommandRun run = CommandRun.of("gaps", root.toString());
        assertEquals(0, run.exitCode(), run.log());
        assertEquals(List.of(
            "SIMA 3 line A SILENT 2026-01-02T12:00:00.000002Z 2026-01-02T12:00:00.000006Z 0.000"
                + " 0 3",
            "SIMA 3 feed BREAKER_HALF_OPEN 2026-01-02T12:00:00.000004Z 2026-01-02T12:00:00.000007Z"
                + " 0.000 1 4",
            "SIMA 3 line B DOWN 2026-01-02T12:00:00.000003Z - - 0 0",
            "1 times a breaker opened, 2 times a line fell silent or went down; 1 not heard again"),
            run.lines().subList(4, 8).stream().map(row -> row.strip().replaceAll(" +", " "))
                .toList());
        List<String> json = CommandRun.of("gaps", "--json", root.toString()).lines();
        assertEquals("{\"venue\":\"SIMA\",\"channel\":3,\"outage\":\"FEED\",\"line\":0,"
            + "\"state\":\"BREAKER_HALF_OPEN\",\"silenceNs\":5,\"trials\":1,\"lost\":4,"
            + "\"fromNs\":" + (START_NS + 4_000) + ",\"toNs\":" + (START_NS + 7_000) + "}",
            json.get(1));
    }

    @Test
    void shouldBeContentWithoutAnyHole() {
        write(() -> { });
        assertEquals(0, CommandRun.of("gaps", root.toString()).exitCode());
        assertEquals(2, CommandRun.of("gaps", root.resolve("absent").toString()).exitCode());
    }

    private void write(Runnable events) {
        Journal journal = Journal.create(root, JournalHead.of(LocalDate.of(2026, 1, 2), "test",
            "", true, List.of()), new JournalContext().minimumFreeMb(0));
        JournalWriter inbound = journal.writer(JournalQueue.INBOUND, ring.newGatingReader());
        JournalWriter outbound =
            journal.writer(JournalQueue.OUTBOUND, new EventRing(64).newGatingReader());
        events.run();
        inbound.doWork();
        outbound.doWork();
        inbound.onClose();
        outbound.onClose();
        journal.close();
    }

    private void line(int number, LineState state, long lost) {
        timeNs += 1_000;
        publisher.receiveTimeNs(timeNs);
        int offset = publisher.claim(LineStatusEncoder.TEMPLATE_ID, LineStatusEncoder.BLOCK_LENGTH);
        publisher.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT,
            Venue.SIMA.id(), 3, EventFlag.LAST, 1);
        new LineStatusEncoder().wrap(publisher.buffer(), offset).silenceNs(5).packetCount(1)
            .lostCount(lost).line((short) number).state(state).code((byte) 0);
        publisher.commit();
    }

    private void gap(long from, long to, GapState state, GapCure cure, int line) {
        timeNs += 1_000;
        publisher.receiveTimeNs(timeNs);
        int offset = publisher.claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH);
        publisher.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT,
            Venue.SIMA.id(), 3, EventFlag.LAST, from);
        gap.wrap(publisher.buffer(), offset).fromSequence(from).toSequence(to).state(state)
            .cure(cure).line((short) line);
        publisher.commit();
    }
}
