// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChainClockTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;

    private final EventRing ring = new EventRing(1 << 18);
    private final EventPublisher publisher = TestEvents.publisher(ring, 1);
    private final ChainClock clock = new ChainClock(publisher, EventFlag.SIMULATED);

    @Test
    void shouldTellOnceAfterTenQuietMilliseconds() {
        clock.onTime(100 * MS);
        TestEvents.publish(publisher, 1);
        clock.onTime(109 * MS);
        clock.onTime(111 * MS);
        clock.onTime(500 * MS);
        assertEquals(List.of("event 100", "clock 110"), published());
    }

    @Test
    void shouldTellEveryWholeSecond() {
        clock.onTime(900 * MS);
        TestEvents.publish(publisher, 1);
        clock.onTime(3 * SECOND + 5 * MS);
        TestEvents.publish(publisher, 1);
        clock.onTime(4 * SECOND);
        assertEquals(
            List.of("event 900", "clock 910", "clock 1000", "clock 2000", "clock 3000",
            "event 3005",
            "clock 3015", "clock 4000"), published());
    }

    @Test
    void shouldTellTheSameHoweverOftenItIsAsked() {
        clock.onTime(0);
        TestEvents.publish(publisher, 1);
        clock.onTime(2 * SECOND);
        List<String> atOnce = published();
        EventRing otherRing = new EventRing(64);
        EventPublisher otherPublisher = TestEvents.publisher(otherRing, 1);
        ChainClock other = new ChainClock(otherPublisher, EventFlag.SIMULATED);
        other.onTime(0);
        TestEvents.publish(otherPublisher, 1);
        for (long timeNs = 0; timeNs <= 2 * SECOND; timeNs += MS / 2) {
            other.onTime(timeNs);
        }
        otherPublisher.commit();
        assertEquals(atOnce, published(otherRing));
    }

    @Test
    void shouldTellOnlyTheEndOfAJumpLongerThanADay() {
        clock.onTime(0);
        assertEquals(1, clock.onTime(1_000_000 * SECOND + 7 * MS));
        assertEquals(List.of("clock 1000000000"), published());
    }

    @Test
    void shouldSetTheReceiveTimeOfTheEventsToCome() {
        clock.onTime(5 * MS);
        clock.onTime(7 * MS);
        assertEquals(7 * MS, publisher.receiveTimeNs());
    }

    @Test
    @Timeout(10)
    void shouldPassOverTimesThatNoMarketHas() {
        assertEquals(0, clock.onTime(Long.MAX_VALUE));
        assertEquals(0, clock.onTime(Long.MIN_VALUE));
        clock.onTime(900 * MS);
        TestEvents.publish(publisher, 1);
        assertEquals(0, clock.onTime(Long.MAX_VALUE));
        assertEquals(0, clock.onTime(ChainClock.LATEST_NS + 1));
        assertEquals(0, clock.onTime(Long.MIN_VALUE));
        assertEquals(0, clock.onTime(ChainClock.EARLIEST_NS - 1));
        assertEquals(900 * MS, publisher.receiveTimeNs());
        assertEquals(2, clock.onTime(SECOND));
        assertEquals(List.of("event 900", "clock 910", "clock 1000"), published());
    }

    @Test
    @Timeout(10)
    void shouldTellOnlyTheEndOfTheLongestJump() {
        clock.onTime(ChainClock.EARLIEST_NS);
        assertEquals(1, clock.onTime(ChainClock.LATEST_NS));
        assertEquals(0, clock.onTime(ChainClock.LATEST_NS));
        long lastSecondMs = ChainClock.LATEST_NS / SECOND * 1_000;
        assertEquals(List.of("clock " + lastSecondMs), published());
        assertEquals(ChainClock.LATEST_NS, publisher.receiveTimeNs());
    }

    private List<String> published() {
        publisher.commit();
        return published(ring);
    }

    private static List<String> published(EventRing ring) {
        List<String> seen = new ArrayList<>();
        EventView view = new EventView();
        for (long sequence = 0; sequence <= ring.cursor(); sequence++) {
            view.wrap(ring.buffer(), ring.blockOffset(sequence));
            boolean isClock = view.flags() == (EventFlag.LAST | EventFlag.SIMULATED);
            seen.add((isClock ? "clock " : "event ") + view.receiveTimeNs() / MS);
        }
        return seen;
    }
}
