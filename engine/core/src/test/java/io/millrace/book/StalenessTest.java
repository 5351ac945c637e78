// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.GapState;
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
        String[] kinds = {"lost", "open", "healed", "begin", "end", "clear", "add"};
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

    private void step(String kind) {
        switch (kind) {
            case "lost" -> rig.gap(GapState.LOST);
            case "open" -> rig.gap(GapState.OPEN);
            case "healed" -> rig.gap(GapState.HEALED);
            case "begin" -> rig.beginSnapshot(CHANNEL);
            case "end" -> rig.endSnapshot(CHANNEL);
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
