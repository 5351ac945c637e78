// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.rig.BookUnderTest;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import java.nio.ByteBuffer;

/**
 * The whole pipeline on the caller's thread: decode, event, sequence, book, BBO, fingerprint. The
 * rings are small, so that an event is still in the cache when the chain takes it. One thread.
 */
final class InlineBook implements BookUnderTest {
    static final int RING_CAPACITY = 1_024;

    private final Engine engine;
    private final MemoryFeed feed;
    private final BookSum checksum;

    InlineBook(MessageFile messages, EngineContext context) {
        engine = new Engine(new Pipeline(context.inboundCapacity(RING_CAPACITY)
            .outboundCapacity(RING_CAPACITY).conclude()));
        engine.start();
        feed = new MemoryFeed(messages, engine.pipeline());
        checksum = new BookSum(messages.chunk(0));
    }

    /** Sizes of a pipeline for so many securities and live orders at one venue. */
    static EngineContext context(int symbols, int liveOrders) {
        return new EngineContext().maxInstruments(symbols).maxVenues(1)
            .maxOrders(liveOrders + liveOrders / 4 + 1_000);
    }

    @Override
    public void apply(ByteBuffer chunk) {
        feed.apply(chunk);
        engine.drain();
        feed.messageCount();
    }

    @Override
    public long checksum() {
        return checksum.of(engine.pipeline().market());
    }
}
