// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Inbound events, kept to be played into pipelines as often as a test likes. */
final class EventTape {
    private static final int SLICE = 100;

    private final List<byte[]> events = new ArrayList<>();

    /** Tapes a seeded flow of all kinds of events, with the engine's stop behind it. */
    static EventTape mixed(long seed, int count) {
        EventTape tape = new EventTape();
        EventRing ring = new EventRing(16);
        EventPublisher publisher = new EventPublisher(ring, () -> { }, null, 1);
        EventReader reader = ring.newGatingReader();
        MixedFlow flow = new MixedFlow(publisher, seed);
        EventView event = new EventView();
        for (int i = 1; i <= count; i++) {
            if (i < count) {
                flow.publish();
            } else {
                flow.stop();
            }
            publisher.commit();
            event.wrap(ring.buffer(), ring.blockOffset(reader.next()));
            byte[] bytes = new byte[event.length()];
            event.copyTo(new UnsafeBuffer(bytes), 0);
            tape.events.add(bytes);
            reader.release(reader.next());
        }
        return tape;
    }

    /** Index behind the first event of a kind from an index on. */
    int indexBehind(int templateId, int from) {
        int index = from;
        while (event(index).templateId() != templateId) {
            index++;
        }
        return index + 1;
    }

    EventView event(int index) {
        return new EventView().wrap(new UnsafeBuffer(events.get(index)),
            EventDescriptor.HEADER_LENGTH);
    }

    /**
     * Plays some of the events; returns what was derived, measurements zeroed.
     *
     * @param from index of the first event
     * @param to   index behind the last
     */
    List<ByteBuffer> play(Pipeline pipeline, int from, int to) {
        EventReader reader = pipeline.outboundRing().newGatingReader();
        List<ByteBuffer> derived = new ArrayList<>();
        for (int i = from; i < to; i++) {
            byte[] bytes = events.get(i);
            pipeline.inbound().copy(new UnsafeBuffer(bytes), 0, bytes.length);
            if (i % SLICE == 0 || i == to - 1) {
                pipeline.inbound().commit();
                while (pipeline.chain().doWork() > 0) {
                    collect(reader, derived);
                }
            }
        }
        reader.detach();
        return derived;
    }

    private static void collect(EventReader reader, List<ByteBuffer> derived) {
        EventView event = new EventView();
        long last = reader.available();
        for (long sequence = reader.next(); sequence <= last; sequence++) {
            event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence));
            byte[] bytes = new byte[event.length()];
            event.copyTo(new UnsafeBuffer(bytes), 0);
            derived.add(ByteBuffer.wrap(bytes, 0,
                bytes.length - EventDescriptor.MEASUREMENT_LENGTH));
        }
        reader.release(last);
    }
}
