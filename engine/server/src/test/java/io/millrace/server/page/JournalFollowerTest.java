// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusEncoder;
import io.millrace.edge.status.HoleStatus;
import io.millrace.edge.status.StageTimes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFollowerTest {
    private static final long START_NS = 1_767_355_200_000_000_000L;
    private static final int CHANNEL = 3;

    private final EventRing ring = new EventRing(64);
    private final EventPublisher publisher =
        new EventPublisher(ring, () -> { }, () -> START_NS + 10_000, 1);
    private final GapEncoder gap = new GapEncoder();
    private final LineStatusEncoder line = new LineStatusEncoder();
    private final List<Throwable> errors = new ArrayList<>();
    private Journal journal;
    private JournalWriter inbound;
    private JournalWriter outbound;
    private JournalFollower follower;

    @TempDir
    private Path root;

    @BeforeEach
    void open() {
        journal = Journal.create(root, JournalHead.of(LocalDate.of(2026, 1, 2), "test", "", true,
            List.of()), new JournalContext().minimumFreeMb(0)
            .clock(() -> START_NS + 70_000));
        inbound = journal.writer(JournalQueue.INBOUND, ring.newGatingReader());
        outbound = journal.writer(JournalQueue.OUTBOUND, new EventRing(64).newGatingReader());
        follower = new JournalFollower(journal.directory(), null, errors::add);
    }

    @AfterEach
    void close() {
        follower.close();
        inbound.onClose();
        outbound.onClose();
        journal.close();
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldFollowHolesFromTheirOpeningToTheirEnd() {
        assertEquals(0, follower.poll());
        gap(2, 5, GapState.OPEN, GapCure.NONE, 1);
        gap(9, 10, GapState.OPEN, GapCure.NONE, 1);
        assertEquals(2, follow());
        assertEquals(List.of("SIMA-3 2-5 OPEN NONE 0 lost 0", "SIMA-3 9-10 OPEN NONE 0 lost 0"),
            holes());

        gap(2, 5, GapState.HEALED, GapCure.RETRANSMISSION, 2);
        gap(9, 10, GapState.LOST, GapCure.DECLARED, 0);
        assertEquals(2, follow());
        assertEquals(List.of("SIMA-3 9-10 LOST DECLARED 0 lost 1",
            "SIMA-3 2-5 HEALED RETRANSMISSION 2 lost 0"), holes());
        assertEquals(List.of(4L, 0L),
            List.of(follower.sequence("inbound"), follower.sequence("outbound")));
    }

    @Test
    void shouldKeepOnlyTheNewestHoles() {
        for (int i = 0; i < 30; i++) {
            gap(10 * i, 10 * i + 1, GapState.LOST, GapCure.DECLARED, 0);
            follow();
        }

        assertEquals(20, follower.holes().size());
        assertEquals(290, follower.holes().get(0).from());
    }

    @Test
    void shouldKnowTheLastStateOfLinesAndBreakers() {
        tell(1, LineState.SILENT);
        tell(2, LineState.UP);
        tell(0, LineState.BREAKER_OPEN);
        tell(1, LineState.DOWN);
        follow();

        assertEquals(Map.of("SIMA-3.A", LineState.DOWN, "SIMA-3.B", LineState.UP),
            follower.lines());
        assertEquals(Map.of("SIMA-3", LineState.BREAKER_OPEN), follower.breakers());
    }

    @Test
    void shouldTakeTimesFromTheStampsAndBeginAnIntervalWithEachAsking() {
        tell(1, LineState.UP);
        follow();
        List<StageTimes> first = follower.takeStages();
        List<StageTimes> second = follower.takeStages();

        assertEquals(List.of("inbound ring 1 9", "inbound journal 1 69", "outbound ring 0 -",
            "outbound journal 0 -"), first.stream().map(stage -> stage.name() + ' '
            + stage.count() + ' ' + (stage.recent().isEmpty() ? "-"
            : stage.recent().get(0) / 1_000)).toList());
        assertEquals(List.of("1 0", "1 0", "0 0", "0 0"), second.stream()
            .map(stage -> stage.count() + " " + stage.recent().size()).toList());
    }

    private int follow() {
        inbound.doWork();
        return follower.poll();
    }

    private List<String> holes() {
        return follower.holes().stream().map(JournalFollowerTest::text).toList();
    }

    private static String text(HoleStatus hole) {
        return hole.feed() + ' ' + hole.from() + '-' + hole.to() + ' ' + hole.end() + ' '
            + hole.cure() + ' ' + hole.line() + " lost " + hole.lost();
    }

    private void gap(long from, long to, GapState state, GapCure cure, int line) {
        int offset = claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH);
        gap.wrap(publisher.buffer(), offset).fromSequence(from).toSequence(to).state(state)
            .cure(cure).line((short) line);
        publisher.commit();
    }

    private void tell(int number, LineState state) {
        int offset = claim(LineStatusEncoder.TEMPLATE_ID, LineStatusEncoder.BLOCK_LENGTH);
        line.wrap(publisher.buffer(), offset).silenceNs(0).packetCount(0).lostCount(0)
            .line((short) number).state(state).code((byte) 0);
        publisher.commit();
    }

    private int claim(int templateId, int blockLength) {
        publisher.receiveTimeNs(START_NS + 1_000);
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT,
            Venue.SIMA.id(), CHANNEL, EventFlag.LAST, 0);
        return offset;
    }
}
