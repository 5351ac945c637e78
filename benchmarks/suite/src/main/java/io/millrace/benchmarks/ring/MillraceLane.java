// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

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
    private final EventReader position;
    private final EventPublisher publisher;
    private final OrderAddedEncoder encoder = new OrderAddedEncoder();

    MillraceLane(int capacity) {
        ring = new EventRing(capacity);
        position = ring.newGatingReader();
        publisher = new EventPublisher(ring, Thread::onSpinWait, null, 1);
        publisher.receiveTimeNs(0);
    }

    @Override
    public void send(long value) {
        int offset = publisher.claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH);
        publisher.common(offset, value, 1, 1, 1, EventFlag.LAST, value);
        encoder.wrap(publisher.buffer(), offset).orderId(value).price(value + 1).size(value + 2)
            .putAttribution((byte) 0, (byte) 0, (byte) 0, (byte) 0).side(Side.BUY);
        publisher.commit();
    }

    @Override
    public Reader newReader() {
        return new SlotReader(ring, position);
    }

    private static final class SlotReader implements Reader {
        private final EventRing ring;
        private final EventReader position;
        private final OrderAddedDecoder decoder = new OrderAddedDecoder();
        private long sum;

        SlotReader(EventRing ring, EventReader position) {
            this.ring = ring;
            this.position = position;
        }

        @Override
        public int drain() {
            long next = position.next();
            long available = Math.min(position.available(), next + BATCH_LIMIT - 1);
            if (available < next) {
                return 0;
            }
            long total = 0;
            for (long sequence = next; sequence <= available; sequence++) {
                decoder.wrap(ring.buffer(), ring.blockOffset(sequence),
                    OrderAddedDecoder.BLOCK_LENGTH, OrderAddedDecoder.SCHEMA_VERSION);
                total += decoder.sequence() + decoder.receiveTimeNs() + decoder.exchangeTimeNs()
                    + decoder.instrumentId() + decoder.channelSequence() + decoder.orderId()
                    + decoder.price() + decoder.size() + decoder.sideRaw();
            }
            position.release(available);
            sum += total;
            return (int) (available - next + 1);
        }

        @Override
        public long sum() {
            return sum;
        }
    }
}
