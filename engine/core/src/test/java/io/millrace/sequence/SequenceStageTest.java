// SPDX-License-Identifier: Apache-2.0
package io.millrace.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.BookClearedEncoder;
import io.millrace.codec.event.BookStaleDecoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusEncoder;
import io.millrace.codec.event.SnapshotBegunEncoder;
import io.millrace.codec.event.SnapshotEndedEncoder;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceStageTest {
    private static final int ALL = EventDescriptor.NO_INSTRUMENT;

    private final EventPublisher inbound = publisher();
    private final EventPublisher outbound = publisher();
    private final SequenceStage stage = new SequenceStage(new DerivedEvents(outbound));
    private final EventView event = new EventView();

    @Test
    void shouldMarkAChannelStaleWhenMessagesAreLostAndGoodAfterItsSnapshot() {
        gap(ALL, 1, GapState.OPEN);
        gap(ALL, 1, GapState.LOST);
        gap(ALL, 1, GapState.LOST);
        claim(SnapshotBegunEncoder.TEMPLATE_ID, SnapshotBegunEncoder.BLOCK_LENGTH, ALL, 1);
        claim(SnapshotEndedEncoder.TEMPLATE_ID, SnapshotEndedEncoder.BLOCK_LENGTH, ALL, 1);
        assertEquals(List.of("all of 1 STALE GAP by 2", "all of 1 RECOVERED SNAPSHOT by 5"),
            derived());
    }

    @Test
    void shouldSayNothingWhenAGapHealedBeforeItWasLost() {
        gap(ALL, 1, GapState.OPEN);
        gap(ALL, 1, GapState.HEALED);
        assertEquals(List.of(), derived());
    }

    @Test
    void shouldRecoverByAClearedChannelButNotByARetransmissionThatCameTooLate() {
        gap(ALL, 1, GapState.LOST);
        gap(ALL, 1, GapState.HEALED);
        clear(1);
        assertEquals(List.of("all of 1 STALE GAP by 1", "all of 1 RECOVERED SESSION by 3"),
            derived());
    }

    @Test
    void shouldStayStaleWhenASnapshotItselfLostMessages() {
        claim(SnapshotBegunEncoder.TEMPLATE_ID, SnapshotBegunEncoder.BLOCK_LENGTH, ALL, 1);
        gap(ALL, 1, GapState.LOST);
        claim(SnapshotEndedEncoder.TEMPLATE_ID, SnapshotEndedEncoder.BLOCK_LENGTH, ALL, 1);
        assertEquals(List.of("all of 1 STALE SNAPSHOT by 1"), derived());
        assertEquals(true, stage.isStale(1));
    }

    @Test
    void shouldWithholdAChannelDuringAnUnaskedSnapshot() {
        claim(SnapshotBegunEncoder.TEMPLATE_ID, SnapshotBegunEncoder.BLOCK_LENGTH, ALL, 1);
        claim(SnapshotEndedEncoder.TEMPLATE_ID, SnapshotEndedEncoder.BLOCK_LENGTH, ALL, 1);
        assertEquals(List.of("all of 1 STALE SNAPSHOT by 1", "all of 1 RECOVERED SNAPSHOT by 2"),
            derived());
    }

    @Test
    void shouldKeepChannelsApart() {
        gap(ALL, 1, GapState.LOST);
        gap(ALL, 255, GapState.LOST);
        clear(1);
        assertEquals(List.of("all of 1 STALE GAP by 1", "all of 255 STALE GAP by 2",
            "all of 1 RECOVERED SESSION by 3"),
            derived());
        assertEquals("false true", stage.isStale(1) + " " + stage.isStale(255));
    }

    @Test
    void shouldLeaveTheChannelGoodWhenOneInstrumentLostMessages() {
        gap(7, 1, GapState.LOST);
        claim(SnapshotBegunEncoder.TEMPLATE_ID, SnapshotBegunEncoder.BLOCK_LENGTH, 7, 1);
        claim(SnapshotEndedEncoder.TEMPLATE_ID, SnapshotEndedEncoder.BLOCK_LENGTH, 7, 1);
        assertEquals(List.of("7 of 1 STALE GAP by 1"), derived());
        assertEquals(false, stage.isStale(1));
    }

    @Test
    void shouldMarkAChannelStaleWhileItsBreakerIsOpen() {
        line(1, LineState.SILENT);
        line(1, LineState.BREAKER_OPEN);
        clear(1);
        line(1, LineState.BREAKER_HALF_OPEN);
        line(1, LineState.BREAKER_CLOSED);
        assertEquals(List.of("all of 1 STALE FEED_DOWN by 2", "all of 1 RECOVERED FEED_DOWN by 5"),
            derived());
    }

    @Test
    void shouldStayStaleBehindAClosedBreakerWhenMessagesWereLost() {
        line(1, LineState.BREAKER_OPEN);
        gap(ALL, 1, GapState.LOST);
        line(1, LineState.BREAKER_CLOSED);
        claim(SnapshotBegunEncoder.TEMPLATE_ID, SnapshotBegunEncoder.BLOCK_LENGTH, ALL, 1);
        line(1, LineState.BREAKER_OPEN);
        claim(SnapshotEndedEncoder.TEMPLATE_ID, SnapshotEndedEncoder.BLOCK_LENGTH, ALL, 1);
        line(1, LineState.BREAKER_CLOSED);
        assertEquals(List.of("all of 1 STALE FEED_DOWN by 1", "all of 1 RECOVERED FEED_DOWN by 7"),
            derived());
    }

    private void line(int channelId, LineState state) {
        int offset = claim(LineStatusEncoder.TEMPLATE_ID, LineStatusEncoder.BLOCK_LENGTH, ALL,
            channelId);
        new LineStatusEncoder().wrap(inbound.buffer(), offset).state(state);
    }

    private void clear(int channelId) {
        int offset = claim(BookClearedEncoder.TEMPLATE_ID, BookClearedEncoder.BLOCK_LENGTH, ALL,
            channelId);
        new BookClearedEncoder().wrap(inbound.buffer(), offset).reason(ClearReason.SESSION_CHANGE);
    }

    private void gap(int instrumentId, int channelId, GapState state) {
        int offset = claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH, instrumentId,
            channelId);
        new GapEncoder().wrap(inbound.buffer(), offset).state(state);
    }

    private int claim(int templateId, int blockLength, int instrumentId, int channelId) {
        int offset = inbound.claim(templateId, blockLength);
        inbound.common(offset, 0, instrumentId, 1, channelId, EventFlag.LAST, 0);
        return offset;
    }

    private List<String> derived() {
        for (long sequence = 0; sequence <= inbound.claimed(); sequence++) {
            stage.onEvent(event.wrap(inbound.buffer(), inbound.ring().blockOffset(sequence)));
        }
        List<String> seen = new ArrayList<>();
        BookStaleDecoder stale = new BookStaleDecoder();
        for (long sequence = 0; sequence <= outbound.claimed(); sequence++) {
            stale.wrap(outbound.buffer(), outbound.ring().blockOffset(sequence),
                BookStaleDecoder.BLOCK_LENGTH,
                BookStaleDecoder.SCHEMA_VERSION);
            seen.add((stale.instrumentId() == ALL ? "all" : "" + stale.instrumentId()) + " of "
                + stale.channelId()
                + " " + stale.state() + " " + stale.reason() + " by " + stale.causeSequence());
        }
        return seen;
    }

    private static EventPublisher publisher() {
        return new EventPublisher(new EventRing(16), Thread::onSpinWait, null, 16);
    }
}
