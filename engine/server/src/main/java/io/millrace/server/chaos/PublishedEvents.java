// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies of all that went in, by sequence: what a journal has a hole for is not known elsewhere.
 * One thread.
 */
final class PublishedEvents {
    private final List<byte[]> events = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final EventView event = new EventView();

    /** Takes the next event; those of an earlier life from its sequence on are forgotten. */
    void add(EventView published) {
        int index = (int) published.sequence() - 1;
        if (index < events.size()) {
            events.subList(index, events.size()).clear();
        }
        byte[] bytes = new byte[published.length()];
        buffer.wrap(bytes);
        published.copyTo(buffer, 0);
        events.add(bytes);
    }

    /** Visits events of a range of sequences. */
    void forEach(long from, long to, Consumer<EventView> visitor) {
        for (long sequence = from; sequence < to; sequence++) {
            buffer.wrap(events.get((int) sequence - 1));
            visitor.accept(event.wrap(buffer, EventDescriptor.HEADER_LENGTH));
        }
    }
}
