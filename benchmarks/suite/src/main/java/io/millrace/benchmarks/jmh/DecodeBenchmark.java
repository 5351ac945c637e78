// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import io.millrace.benchmarks.line.FlyweightSum;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.time.LocalDate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** ITCH 5.0 from memory: all fields through the flyweights, and whole events onto a ring. */
public class DecodeBenchmark extends Defaults {
    private static final int MESSAGES = 1 << 17;

    private SimulatedMessages messages;
    private FlyweightSum fields;
    private Itch50Decoder decoder;
    private EventPublisher publisher;

    /** Simulates a day and opens a ring that nobody reads. */
    @Setup
    public void setUp() {
        messages = new SimulatedMessages(100, 10_000, MESSAGES);
        fields = new FlyweightSum();
        publisher = new EventPublisher(new EventRing(1_024), Thread::onSpinWait, null, 4);
        decoder = new Itch50Decoder(publisher, new FeedChannel(Venue.XNAS, 1, EventFlag.SIMULATED),
            new FeedCounters(), new InstrumentDirectory(1_000));
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 1, 5)));
    }

    /** Every field of every message. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long fields() {
        fields.read(messages.buffer(), 0, messages.length());
        return fields.sum();
    }

    /** Every message as an event on a ring. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long events() {
        for (int i = 0; i < MESSAGES; i++) {
            decoder.onMessage(messages.buffer(), messages.offset(i), messages.length(i), i, i);
        }
        return publisher.claimed();
    }
}
