// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRingTest {
    private final EventRing ring = new EventRing(8);
    private final EventPublisher publisher = TestEvents.publisher(ring, 4);
    private final EventView view = new EventView();

    @Test
    void shouldHandOutEveryEventInOrderOverManyTurnsOfTheRing() {
        EventReader reader = ring.newGatingReader();
        List<Long> marks = new ArrayList<>();
        for (int turn = 0; turn < 100; turn++) {
            for (int i = 0; i < 1 + turn % 8; i++) {
                TestEvents.publish(publisher, marks.size() + i);
            }
            publisher.commit();
            read(reader, marks);
        }
        for (int i = 0; i < marks.size(); i++) {
            assertEquals(i, marks.get(i));
        }
        assertEquals(442, marks.size());
    }

    @Test
    void shouldShowNothingBeforeACommit() {
        EventReader reader = ring.newGatingReader();
        for (int i = 0; i < 3; i++) {
            TestEvents.publish(publisher, i);
        }
        assertEquals(-1, reader.available());
        publisher.commit();
        assertEquals(2, reader.available());
    }

    @Test
    void shouldCommitByItselfOnceTheIntervalIsClaimed() {
        EventReader reader = ring.newGatingReader();
        for (int i = 0; i < 5; i++) {
            TestEvents.publish(publisher, i);
        }
        assertEquals(3, reader.available());
    }

    @Test
    void shouldAskForReliefWhenTheRingIsFullAndLoseNothing() {
        List<Long> marks = new ArrayList<>();
        EventReader reader = ring.newGatingReader();
        EventPublisher relieved = new EventPublisher(ring, () -> read(reader, marks), null, 4);
        for (int i = 0; i < 1000; i++) {
            TestEvents.publish(relieved, i);
        }
        relieved.commit();
        read(reader, marks);
        assertEquals(1000, marks.size());
        assertEquals(999, marks.get(999));
    }

    @Test
    void shouldRememberTheMostThatWaitedForAGatingReader() {
        EventReader reader = ring.newGatingReader();
        List<Long> marks = new ArrayList<>();
        for (int waiting : new int[] {2, 5, 3}) {
            for (int i = 0; i < waiting; i++) {
                TestEvents.publish(publisher, i);
            }
            publisher.commit();
            read(reader, marks);
        }
        EventReader free = ring.newFreeReader();

        assertEquals(List.of(5L, 5L, 0L),
            List.of(ring.highWater(), reader.highWater(), free.highWater()));
    }

    @Test
    void shouldGiveTheClaimsOfOtherShardsBack() {
        InstrumentDirectory directory = new InstrumentDirectory(20, new Shard(0, 2));
        EventPublisher sharded = new EventPublisher(ring, () -> {
            throw new IllegalStateException("ring is full");
        }, null, 4, directory);
        EventReader reader = ring.newGatingReader();
        List<Long> expected = new ArrayList<>();
        List<Long> marks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int id = directory.findOrAdd("S" + i);
            int offset = sharded.claim(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH);
            sharded.common(offset, 0, id, 0, 0, EventFlag.LAST, i);
            if (directory.isOwn(id)) {
                expected.add((long) i);
            }
            sharded.commit();
            read(reader, marks);
        }

        assertEquals(expected, marks);
        assertEquals(List.of(20L - expected.size(), expected.size() + 1L),
            List.of(sharded.elsewhere(), sharded.nextSequence()));
        assertTrue(!expected.isEmpty() && expected.size() < 20);
    }

    @Test
    void shouldTellWhetherThereIsRoom() {
        EventReader reader = ring.newGatingReader();
        assertTrue(publisher.hasCapacity(8));
        assertFalse(publisher.hasCapacity(9));
        for (int i = 0; i < 8; i++) {
            TestEvents.publish(publisher, i);
        }
        assertFalse(publisher.hasCapacity(1));
        assertThrows(IllegalStateException.class, () -> TestEvents.publish(publisher, 8));
        reader.release(2);
        assertTrue(publisher.hasCapacity(3));
        assertFalse(publisher.hasCapacity(4));
    }

    @Test
    void shouldNotWaitForAFreeOrADetachedReader() {
        EventReader free = ring.newFreeReader();
        EventReader detached = ring.newGatingReader();
        detached.detach();
        for (int i = 0; i < 100; i++) {
            TestEvents.publish(publisher, i);
        }
        publisher.commit();
        assertEquals("99 -1", free.available() + " " + free.position());
    }

    @Test
    void shouldStartALateReaderBehindTheLastEvent() {
        for (int i = 0; i < 4; i++) {
            TestEvents.publish(publisher, i);
        }
        publisher.commit();
        assertEquals(4, ring.newGatingReader().next());
    }

    @Test
    void shouldWaitForTheSlowestOfSeveralThreads() throws InterruptedException {
        int events = 200_000;
        EventRing shared = new EventRing(64);
        List<Summer> summers = List.of(new Summer(shared.newGatingReader(), events, 1),
            new Summer(shared.newGatingReader(), events, 17));
        List<Thread> threads = summers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        EventPublisher writer = new EventPublisher(shared, Thread::yield, null, 4);
        for (int i = 0; i < events; i++) {
            TestEvents.publish(writer, i);
        }
        writer.commit();
        for (Thread thread : threads) {
            thread.join();
        }
        for (Summer summer : summers) {
            assertEquals("in order, sum " + (events - 1L) * events / 2, summer.outcome.get());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 1000, -8, EventRing.MAX_CAPACITY * 2})
    void shouldRefuseACapacityThatIsNoPowerOfTwo(int capacity) {
        assertThrows(IllegalArgumentException.class, () -> new EventRing(capacity));
    }

    private void read(EventReader reader, List<Long> marks) {
        long last = reader.available();
        for (long sequence = reader.next(); sequence <= last; sequence++) {
            view.wrap(ring.buffer(), ring.blockOffset(sequence));
            assertEquals(marks.size() + 1L, view.sequence());
            marks.add(view.originSequence());
        }
        reader.release(last);
    }

    /** Reads on a thread of its own, at most a batch at a time. */
    private static final class Summer implements Runnable {
        private final EventReader reader;
        private final int events;
        private final int batch;
        private final AtomicReference<String> outcome = new AtomicReference<>();

        Summer(EventReader reader, int events, int batch) {
            this.reader = reader;
            this.events = events;
            this.batch = batch;
        }

        @Override
        public void run() {
            EventView event = new EventView();
            long sum = 0;
            boolean isInOrder = true;
            while (reader.position() < events - 1) {
                long last = Math.min(reader.available(), reader.next() + batch - 1);
                for (long sequence = reader.next(); sequence <= last; sequence++) {
                    event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence));
                    isInOrder &= event.originSequence() == sequence;
                    sum += event.originSequence();
                }
                reader.release(Math.max(last, reader.position()));
                Thread.yield();
            }
            outcome.set((isInOrder ? "in order" : "out of order") + ", sum " + sum);
        }
    }
}
