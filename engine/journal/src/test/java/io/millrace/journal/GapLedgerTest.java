// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.journal.GapLedger.Hole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapLedgerTest {
    private final GapEncoder encoder = new GapEncoder();
    private JournalFixture fixture;
    private long timeNs = JournalFixture.START_NS;

    @TempDir
    private Path root;

    @Test
    void shouldTellEveryHoleWithItsCureAndEnd() {
        fixture = JournalFixture.create(root);
        gap(3, 10, 20, GapState.OPEN, GapCure.NONE, 1);
        fixture.write(5);
        gap(4, 10, 12, GapState.OPEN, GapCure.NONE, 1);
        gap(3, 30, 31, GapState.OPEN, GapCure.NONE, 2);
        gap(3, 10, 15, GapState.HEALED, GapCure.RETRANSMISSION, 0);
        gap(3, 15, 18, GapState.LOST, GapCure.DECLARED, 0);
        gap(3, 18, 20, GapState.HEALED, GapCure.OTHER_LINE, 2);
        gap(3, 30, 31, GapState.HEALED, GapCure.OTHER_LINE, 1);
        gap(3, 40, 45, GapState.LOST, GapCure.DECLARED, 0);
        gap(5, 40, 45, GapState.HEALED, GapCure.SNAPSHOT, 0);
        gap(3, 50, 51, GapState.OPEN, GapCure.NONE, 1);
        gap(3, 50, 51, GapState.LOST, GapCure.DECLARED, 0);
        fixture.drain();
        fixture.close();

        assertEquals(List.of(
            "3:10-20 PARTLY_LOST DECLARED line 2 healed 7 lost 3 open 5",
            "3:30-31 HEALED OTHER_LINE line 1 healed 1 lost 0 open 4",
            "3:40-45 LOST DECLARED line 0 healed 0 lost 5 open 0",
            "5:40-45 HEALED SNAPSHOT line 0 healed 5 lost 0 open -",
            "3:50-51 LOST DECLARED line 0 healed 0 lost 1 open 1",
            "4:10-12 NEVER_CLOSED NONE line 0 healed 0 lost 0 open -"), read());
    }

    @Test
    void shouldTakeSequencesAsUnsigned() {
        fixture = JournalFixture.create(root);
        gap(3, Long.MAX_VALUE, Long.MIN_VALUE + 2, GapState.OPEN, GapCure.NONE, 1);
        gap(3, Long.MAX_VALUE, Long.MIN_VALUE, GapState.LOST, GapCure.DECLARED, 0);
        gap(3, Long.MIN_VALUE, Long.MIN_VALUE + 2, GapState.HEALED, GapCure.OTHER_LINE, 2);
        fixture.drain();
        fixture.close();

        assertEquals(List.of("3:" + Long.MAX_VALUE + "-" + (Long.MIN_VALUE + 2)
            + " PARTLY_LOST DECLARED line 2 healed 2 lost 1 open 2"), read());
    }

    private void gap(int channelId, long from, long to, GapState state, GapCure cure, int line) {
        timeNs += 1_000_000;
        fixture.inbound.receiveTimeNs(timeNs);
        int offset = fixture.inbound.claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH);
        fixture.inbound.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT,
            32, channelId, EventFlag.LAST, from);
        encoder.wrap(fixture.inbound.buffer(), offset).fromSequence(from).toSequence(to)
            .state(state).cure(cure).line((short) line);
        fixture.inbound.commit();
    }

    private List<String> read() {
        List<String> holes = new ArrayList<>();
        GapLedger.read(JournalFixture.directory(root), damage -> Assertions.fail(damage.reason()),
            hole -> holes.add(text(hole)));
        return holes;
    }

    private static String text(Hole hole) {
        boolean isTimed = hole.openedNs() != EventDescriptor.UNDEFINED
            && hole.closedNs() != EventDescriptor.UNDEFINED;
        assertEquals(32, hole.venueId());
        assertEquals(EventDescriptor.NO_INSTRUMENT, hole.instrumentId());
        return hole.channelId() + ":" + hole.fromSequence() + "-" + hole.toSequence() + " "
            + hole.end() + " " + hole.cure() + " line " + hole.line() + " healed " + hole.healed()
            + " lost " + hole.lost() + " open "
            + (isTimed ? (hole.closedNs() - hole.openedNs()) / 1_000_000 : "-");
    }
}
