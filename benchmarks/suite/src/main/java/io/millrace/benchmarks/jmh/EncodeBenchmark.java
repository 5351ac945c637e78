// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventDescriptor;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;

/** The same order event as an SBE block and as JSON. */
public class EncodeBenchmark extends Defaults {
    private final UnsafeBuffer block = new UnsafeBuffer(new byte[EventDescriptor.SLOT_LENGTH]);
    private final OrderAddedEncoder encoder = new OrderAddedEncoder();
    private final JsonFactory json = new JsonFactory();
    private final ByteArrayBuilder text = new ByteArrayBuilder(1_024);
    private long value;

    /** All fields through the generated encoder. */
    @Benchmark
    public long sbe() {
        value++;
        encoder.wrap(block, 0).sequence(value).receiveTimeNs(value).exchangeTimeNs(value)
            .instrumentId(1).venueId((short) 1).channelId((short) 1).channelSequence(value)
            .orderId(value).price(value).size(value).side(Side.BUY);
        return block.getLong(0);
    }

    /** All fields through the streaming generator. */
    @Benchmark
    public int json() throws IOException {
        value++;
        text.reset();
        try (JsonGenerator object = json.createGenerator(text)) {
            object.writeStartObject();
            object.writeStringField("type", "OrderAdded");
            object.writeNumberField("sequence", value);
            object.writeNumberField("receiveTimeNs", value);
            object.writeNumberField("exchangeTimeNs", value);
            object.writeNumberField("instrumentId", 1);
            object.writeNumberField("venueId", 1);
            object.writeNumberField("channelId", 1);
            object.writeNumberField("channelSequence", value);
            object.writeNumberField("orderId", value);
            object.writeNumberField("price", value);
            object.writeNumberField("size", value);
            object.writeStringField("side", Side.BUY.name());
            object.writeEndObject();
        }
        return text.size();
    }
}
