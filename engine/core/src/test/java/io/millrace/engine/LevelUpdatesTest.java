// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.LevelUpdatedDecoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelUpdatesTest {
    @Test
    void shouldDeriveLevelsOfTheSymbolsThatWereAskedFor() {
        assertEquals(List.of(), run());
        assertEquals(List.of(2, 7), run("SYM7", "SYM2", "NONE"));
        assertEquals(50, run("*").size());
    }

    @Test
    void shouldDeriveNothingBeforeTheSymbolIsDefined() {
        Pipeline pipeline = pipeline("SYM7");
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            publishLevel(pipeline.inbound(), 7, 100);
            OrderFlow.defineInstruments(pipeline.inbound());
            publishLevel(pipeline.inbound(), 7, 101);
        }
        assertEquals(List.of(7), updated(pipeline));
    }

    /** Ids of the instruments that had a level updated when each of them had one changed. */
    private static List<Integer> run(String... symbols) {
        Pipeline pipeline = pipeline(symbols);
        try (Engine engine = new Engine(pipeline)) {
            engine.head(OrderFlow::defineInstruments).start();
            for (int id = 1; id <= 50; id++) {
                publishLevel(pipeline.inbound(), id, 100);
            }
        }
        return updated(pipeline);
    }

    private static Pipeline pipeline(String... symbols) {
        return new Pipeline(new EngineContext().maxInstruments(50).maxOrders(1000).maxVenues(1)
            .levelUpdates(symbols).conclude());
    }

    private static void publishLevel(EventPublisher inbound, int id, long price) {
        int offset =
            inbound.claim(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH);
        inbound.common(offset, 0, id, 1, 1, EventFlag.LAST, id);
        new LevelChangedEncoder().wrap(inbound.buffer(), offset).price(price).size(5)
            .orderCount(1).side(Side.BUY);
    }

    private static List<Integer> updated(Pipeline pipeline) {
        List<Integer> ids = new ArrayList<>();
        EventView event = new EventView();
        for (long sequence = 0; sequence <= pipeline.outboundRing().cursor(); sequence++) {
            event.wrap(pipeline.outboundRing().buffer(),
                pipeline.outboundRing().blockOffset(sequence));
            if (event.templateId() == LevelUpdatedDecoder.TEMPLATE_ID) {
                ids.add(event.instrumentId());
            }
        }
        return ids;
    }
}
