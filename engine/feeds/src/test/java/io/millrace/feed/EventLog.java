// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A ring whose events are copied out as soon as it is full or asked for. */
public final class EventLog {
    private final EventRing ring = new EventRing(1 << 10);
    private final EventReader reader = ring.newGatingReader();
    private final EventPublisher publisher = new EventPublisher(ring, this::drain, null, 4);
    private final List<EventView> events = new ArrayList<>();
    private boolean isKept = true;
    private long count;

    /** Counts the events instead of keeping them. */
    public EventLog countOnly() {
        isKept = false;
        return this;
    }

    /** Writer of the ring. */
    public EventPublisher publisher() {
        return publisher;
    }

    /** All events so far. */
    public List<EventView> events() {
        publisher.commit();
        drain();
        return events;
    }

    /** Number of events so far. */
    public long count() {
        events();
        return count;
    }

    private void drain() {
        long last = reader.available();
        for (long sequence = reader.next(); sequence <= last; sequence++) {
            count++;
            if (isKept) {
                keep(sequence);
            }
        }
        reader.release(last);
    }

    private void keep(long sequence) {
        EventView event = new EventView().wrap(ring.buffer(), ring.blockOffset(sequence));
        UnsafeBuffer copy = new UnsafeBuffer(new byte[event.length()]);
        event.copyTo(copy, 0);
        events.add(new EventView().wrap(copy, event.length() - event.blockLength()));
    }
}
