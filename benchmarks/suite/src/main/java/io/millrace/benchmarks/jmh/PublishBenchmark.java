// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Claim, encode and commit of one whole event. */
public class PublishBenchmark extends Defaults {
    /** Events that are shown at once. */
    @Param({"1", "4", "16"})
    public int commitInterval;

    private final OrderAddedEncoder order = new OrderAddedEncoder();
    private EventPublisher publisher;
    private long value;

    /** Opens a ring that nobody reads. */
    @Setup
    public void setUp() {
        publisher = new EventPublisher(new EventRing(1_024), Thread::onSpinWait, null,
            commitInterval);
    }

    /** One OrderAdded. */
    @Benchmark
    public long orderAdded() {
        value++;
        int offset = publisher.claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH);
        publisher.common(offset, value, 1, 1, 1, EventFlag.LAST, value);
        order.wrap(publisher.buffer(), offset).orderId(value).price(value).size(value)
            .side(Side.BUY);
        return value;
    }
}
