// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.BookStaleEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageChainTest {
    private final EventRing inbound = new EventRing(128);
    private final EventRing outbound = new EventRing(64);
    private final EventPublisher publisher = TestEvents.publisher(inbound, 64);
    private final DerivedEvents derived = new DerivedEvents(TestEvents.publisher(outbound, 64));
    private final List<String> calls = new ArrayList<>();

    @Test
    void shouldRunAllStagesOverOneEventBeforeTheNext() {
        publish(2);
        chain(new Looker()).onEvents(inbound, 0, 1, 1);
        assertEquals(List.of("ahead 1", "first 0", "look 0", "first 1", "look 1"), calls);
    }

    @Test
    void shouldLookAheadInGroupsAndAtEachEventOnce() {
        int far = StageChain.LOOK_AHEAD;
        int group = StageChain.LOOK_GROUP;
        publish(100);
        StageChain chain = chain(new Looker());
        chain.onEvents(inbound, 0, 0, 99);
        assertEquals(far + group - 1, aheadCount());
        chain.onEvents(inbound, 1, group - 1, 99);
        assertEquals(far + group - 1, aheadCount());
        chain.onEvents(inbound, group, group, 99);
        assertEquals(far + 2 * group - 1, aheadCount());
        chain.onEvents(inbound, group + 1, 99, 99);
        List<String> ahead = calls.stream().filter(call -> call.startsWith("ahead")).toList();
        assertEquals("99 ahead 99", ahead.size() + " " + ahead.get(98));
    }

    private long aheadCount() {
        return calls.stream().filter(call -> call.startsWith("ahead")).count();
    }

    @Test
    void shouldShowALaterStageWhatAnEarlierOneDerivedFromTheSameCause() {
        publish(3);
        EventStage deriver = event -> {
            for (int i = 0; i < event.originSequence(); i++) {
                derived.claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH, event);
            }
        };
        EventStage watcher = event -> {
            String line = event.originSequence() + ":";
            for (int i = 0; i < derived.count(); i++) {
                line += " " + derived.get(i).sequence() + " by " + derived.get(i).originSequence();
            }
            calls.add(line);
        };
        new StageChain(null, derived, inOrder(deriver, watcher)).onEvents(inbound, 0, 2, 2);
        assertEquals(List.of("0:", "1: 1 by 2", "2: 2 by 3 3 by 3"), calls);
        assertEquals(2, outbound.cursor());
    }

    @Test
    void shouldPassTimeFlagsAndPlaceOnToWhatIsDerived() {
        publisher.receiveTimeNs(123);
        publisher.nextSequence(50);
        int offset = publisher.claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH);
        publisher.common(offset, 100, 7, 2, 3, EventFlag.LAST | EventFlag.MAYBE_BAD, 9);
        derived.onCause();
        derived.claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH,
            new EventView().wrap(inbound.buffer(), offset));
        EventView event = derived.get(0);
        assertEquals("1 123 100 7 2 3 5 50 true",
            event.sequence() + " " + event.receiveTimeNs() + " "
            + event.exchangeTimeNs() + " " + event.instrumentId() + " " + event.venueId() + " "
            + event.channelId()
            + " " + event.flags() + " " + event.originSequence() + " " + event.isDerived());
    }

    private StageChain chain(Looker looker) {
        EventStage first = event -> calls.add("first " + event.originSequence());
        return new StageChain(looker, derived, inOrder(first, looker));
    }

    private static EventStage inOrder(EventStage first, EventStage second) {
        return event -> {
            first.onEvent(event);
            second.onEvent(event);
        };
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            TestEvents.publish(publisher, i);
        }
        publisher.commit();
    }

    private final class Looker implements LookAheadStage {
        @Override
        public void onAhead(EventView event) {
            calls.add("ahead " + event.originSequence());
        }

        @Override
        public void onEvent(EventView event) {
            calls.add("look " + event.originSequence());
        }
    }
}
