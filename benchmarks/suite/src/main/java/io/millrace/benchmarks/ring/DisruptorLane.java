// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;

/** A raw Disruptor ring of plain objects of eight longs. */
final class DisruptorLane implements Lane {
    private final RingBuffer<Event> ring;
    private final Sequence position = new Sequence();

    DisruptorLane(int capacity) {
        ring = RingBuffer.createSingleProducer(Event::new, capacity, new BusySpinWaitStrategy());
        ring.addGatingSequences(position);
    }

    @Override
    public void send(long value) {
        long sequence = ring.next();
        Event event = ring.get(sequence);
        event.first = value;
        event.second = value + 1;
        event.third = value + 2;
        event.fourth = value + 3;
        event.fifth = value + 4;
        event.sixth = value + 5;
        event.seventh = value + 6;
        event.eighth = value + 7;
        ring.publish(sequence);
    }

    @Override
    public Reader newReader() {
        return new EventReader(ring, position);
    }

    private static final class EventReader implements Reader {
        private final RingBuffer<Event> ring;
        private final Sequence position;
        private long sum;

        EventReader(RingBuffer<Event> ring, Sequence position) {
            this.ring = ring;
            this.position = position;
        }

        @Override
        public int drain() {
            long next = position.get() + 1;
            long available = Math.min(ring.getCursor(), next + BATCH_LIMIT - 1);
            if (available < next) {
                return 0;
            }
            long total = 0;
            for (long sequence = next; sequence <= available; sequence++) {
                Event event = ring.get(sequence);
                total += event.first + event.second + event.third + event.fourth
                    + event.fifth + event.sixth + event.seventh + event.eighth;
            }
            position.set(available);
            sum += total;
            return (int) (available - next + 1);
        }

        @Override
        public long sum() {
            return sum;
        }
    }

    private static final class Event {
        private long first;
        private long second;
        private long third;
        private long fourth;
        private long fifth;
        private long sixth;
        private long seventh;
        private long eighth;
    }
}
