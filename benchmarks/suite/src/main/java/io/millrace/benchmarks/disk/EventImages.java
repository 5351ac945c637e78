// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import io.millrace.benchmarks.line.MemoryFeed;
import io.millrace.benchmarks.rig.BookRounds;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import org.agrona.concurrent.UnsafeBuffer;

/** Some thousand events of the simulated day, header and block as a slot holds them. Immutable. */
final class EventImages {
    /** Number of images, a power of two. */
    static final int COUNT = 16_384;

    private final UnsafeBuffer[] images = new UnsafeBuffer[COUNT];
    private long totalLength;

    /** @param options file and chunk; the images come from behind the directory */
    EventImages(Options options) {
        MessageFile messages = BookRounds.messages(options);
        Pipeline pipeline = new Pipeline(new EngineContext().maxOrders(1_000).conclude());
        EventReader reader = pipeline.inboundRing().newGatingReader();
        reader.detach();
        MemoryFeed feed = new MemoryFeed(messages, pipeline);
        for (int i = 0; i < messages.chunkCount() && feed.messageCount() < 4 * COUNT; i++) {
            feed.apply(messages.chunk(i));
        }
        pipeline.inbound().commit();
        EventView event = new EventView();
        long last = pipeline.inboundRing().cursor();
        for (int i = 0; i < COUNT; i++) {
            long slot = last - COUNT + 1 + i;
            event.wrap(pipeline.inboundRing().buffer(), pipeline.inboundRing().blockOffset(slot));
            images[i] = new UnsafeBuffer(new byte[event.length()]);
            event.copyTo(images[i], 0);
            totalLength += event.length();
        }
    }

    /** Header and block of an event. */
    UnsafeBuffer image(int index) {
        return images[index];
    }

    /** Events that so many bytes hold, a multiple of the number of images. */
    long eventsOf(long bytes) {
        return Math.max(1, bytes / totalLength) * COUNT;
    }
}
