// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.Side;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.sequence.SequenceStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of a channel, and what its books say of themselves. */
class StalenessTest {
    private static final int CHANNEL = 0;

    private final BookRig rig = new BookRig(BookRig.small());
    private final SequenceStage sequence = new SequenceStage(new DerivedEvents(
        new EventPublisher(new EventRing(1024), () -> { }, null, 1)));
    private final EventView event = new EventView();
    private int bookCount;

    @Test
    void shouldSayTheSameOfAChannelAsItsBooksDo() {
        Random random = new Random(7);
        step("add");
        List<String> steps = new ArrayList<>();
        String[] kinds = {"lost", "open", "healed", "begin", "end", "clear", "down", "up", "add"};
        for (int i = 0; i < 2000; i++) {
            String kind = kinds[random.nextInt(kinds.length)];
            steps.add(kind);
            step(kind);
            for (int instrumentId = 1; instrumentId <= bookCount; instrumentId++) {
                assertEquals(sequence.isStale(rig.channelId),
                    rig.book(instrumentId).isStale(), instrumentId + " after " + steps);
            }
        }
    }

    @Test
    void shouldHealABookByItsQuoteOnlyOnceTheBreakerIsClosed() {
        rig.quote(1, 100, 5, 101, 5).gap(GapState.LOST).breaker(LineState.BREAKER_OPEN)
            .quote(1, 100, 6, 101, 6).quote(2, 50, 1, 51, 1).run();
        assertEquals(List.of(true, true), List.of(rig.book(1).isStale(), rig.book(2).isStale()));
        rig.breaker(LineState.BREAKER_HALF_OPEN).breaker(LineState.BREAKER_CLOSED).run();
        assertEquals(true, rig.book(1).isStale(), "what was lost is still missing");
        rig.quote(1, 100, 7, 101, 7).quote(2, 50, 2, 51, 2).run();
        assertEquals(List.of(false, false), List.of(rig.book(1).isStale(), rig.book(2).isStale()));
    }

    private void step(String kind) {
        switch (kind) {
            case "lost" -> rig.gap(GapState.LOST);
            case "open" -> rig.gap(GapState.OPEN);
            case "healed" -> rig.gap(GapState.HEALED);
            case "begin" -> rig.beginSnapshot(CHANNEL);
            case "end" -> rig.endSnapshot(CHANNEL);
            case "down" -> rig.breaker(LineState.BREAKER_OPEN);
            case "up" -> rig.breaker(LineState.BREAKER_CLOSED);
            case "clear" -> rig.clear(CHANNEL);
            default -> {
                bookCount = Math.min(8, bookCount + 1);
                rig.level(bookCount, Side.BUY, 100, 5);
            }
        }
        long last = rig.publisher.claimed();
        sequence.onEvent(event.wrap(rig.inbound.buffer(), rig.inbound.blockOffset(last)));
        rig.run();
    }
}
