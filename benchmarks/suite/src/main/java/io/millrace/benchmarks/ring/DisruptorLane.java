// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;

/** A raw Disruptor ring of plain objects of eight longs. */
final class DisruptorLane implements Lane {
    private final RingBuffer<Event> ring;
    private final Sequence read = new Sequence();
    private long sum;

    DisruptorLane(int capacity) {
        ring = RingBuffer.createSingleProducer(Event::new, capacity, new BusySpinWaitStrategy());
        ring.addGatingSequences(read);
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
    public int drain() {
        long next = read.get() + 1;
        long available = ring.getCursor();
        if (available < next) {
            return 0;
        }
        long total = 0;
        for (long sequence = next; sequence <= available; sequence++) {
            Event event = ring.get(sequence);
            total += event.first + event.second + event.third + event.fourth
                + event.fifth + event.sixth + event.seventh + event.eighth;
        }
        read.set(available);
        sum += total;
        return (int) (available - next + 1);
    }

    @Override
    public long sum() {
        return sum;
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
