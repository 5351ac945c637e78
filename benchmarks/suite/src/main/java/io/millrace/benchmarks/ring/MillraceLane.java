// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import static io.millrace.event.EventDescriptor.UNDEFINED;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;

/** Our slot ring with whole OrderAdded events, each committed on its own. */
final class MillraceLane implements Lane {
    private final EventRing ring;
    private final EventPublisher publisher;
    private final EventReader reader;
    private final OrderAddedEncoder encoder = new OrderAddedEncoder();
    private final OrderAddedDecoder decoder = new OrderAddedDecoder();
    private long sum;

    MillraceLane(int capacity) {
        ring = new EventRing(capacity);
        reader = ring.newGatingReader();
        publisher = new EventPublisher(ring, Thread::onSpinWait, null, 1);
    }

    @Override
    public void send(long value) {
        int offset = publisher.claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH);
        publisher.common(offset, value, 1, 1, 1, EventFlag.LAST, value);
        encoder.wrap(publisher.buffer(), offset).orderId(value).price(value + 1).size(value + 2)
            .side(Side.BUY);
        publisher.commit();
    }

    @Override
    public int drain() {
        long next = reader.next();
        long available = reader.available();
        if (available < next) {
            return 0;
        }
        long total = 0;
        for (long sequence = next; sequence <= available; sequence++) {
            decoder.wrap(ring.buffer(), ring.blockOffset(sequence), OrderAddedDecoder.BLOCK_LENGTH,
                OrderAddedDecoder.SCHEMA_VERSION);
            total += decoder.sequence() + decoder.receiveTimeNs() + decoder.exchangeTimeNs()
                + decoder.instrumentId() + decoder.channelSequence() + decoder.orderId()
                + decoder.price() + decoder.size() + decoder.sideRaw();
        }
        reader.release(available);
        sum += total;
        return (int) (available - next + 1);
    }

    @Override
    public long sum() {
        return sum - UNDEFINED;
    }
}
