// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.BookClearedEncoder;
import io.millrace.codec.event.FingerprintDecoder;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One event may derive more than the outbound ring holds. */
class SmallRingTest {
    private static final int BOOKS = 100;

    @Test
    void shouldShowAndHashAllThatOneEventDerived() {
        List<String> whole = run(1024);
        assertEquals(2 * BOOKS + 1, whole.size());
        assertEquals(whole, run(128));
        assertEquals(whole, run(2));
    }

    /** Best bids as a strategy saw them, then the final fingerprint. */
    private static List<String> run(int outboundCapacity) {
        List<String> seen = new ArrayList<>();
        Pipeline pipeline = new Pipeline(new EngineContext().outboundCapacity(outboundCapacity)
            .maxInstruments(BOOKS).maxVenues(1).maxOrders(1000)
            .strategy(new Recorder(seen)).conclude());
        pipeline.inbound().receiveTimeNs(1);
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            publish(pipeline.inbound());
        }
        EventView last = new EventView().wrap(pipeline.outboundRing().buffer(),
            pipeline.outboundRing().blockOffset(pipeline.outboundRing().cursor()));
        FingerprintDecoder fingerprint = new FingerprintDecoder().wrap(last.buffer(),
            last.offset(), FingerprintDecoder.BLOCK_LENGTH, FingerprintDecoder.SCHEMA_VERSION);
        seen.add(fingerprint.outputCount() + " " + fingerprint.outputHash());
        return seen;
    }

    private static void publish(EventPublisher inbound) {
        for (int id = 1; id <= BOOKS; id++) {
            int offset =
                inbound.claim(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH);
            inbound.common(offset, 0, id, 1, 1, EventFlag.LAST, id);
            new LevelChangedEncoder().wrap(inbound.buffer(), offset).price(id).size(5)
                .orderCount(1).side(Side.BUY);
        }
        int offset = inbound.claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH);
        inbound.common(offset, 0, EventDescriptor.NO_INSTRUMENT, 1, 1, EventFlag.LAST, 0);
        new GapEncoder().wrap(inbound.buffer(), offset).state(GapState.LOST);
        offset = inbound.claim(BookClearedEncoder.TEMPLATE_ID, BookClearedEncoder.BLOCK_LENGTH);
        inbound.common(offset, 0, EventDescriptor.NO_INSTRUMENT, 1, 1, EventFlag.LAST, 0);
        new BookClearedEncoder().wrap(inbound.buffer(), offset).nextChannelSequence(1);
    }

    private record Recorder(List<String> seen) implements Strategy {
        @Override
        public void onBbo(BboDecoder bbo, MarketView market) {
            seen.add(bbo.instrumentId() + " " + bbo.bidPrice() + "x" + bbo.bidSize());
        }
    }
}
