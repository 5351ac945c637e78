// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SingleProducerSequencer;

/**
 * One reader's position on an {@link EventRing}: a Disruptor sequence that only the reading thread
 * moves. Unlike the Disruptor's own poller it hands out the whole run that is readable, so that a
 * stage can look ahead in it.
 */
public final class EventReader {
    private final EventRing ring;
    private final SingleProducerSequencer sequencer;
    private final Sequence sequence;
    /** Written by the reading thread when it grows, in order; read by any. */
    private final Sequence highWater = new Sequence(0);

    EventReader(EventRing ring, SingleProducerSequencer sequencer) {
        this.ring = ring;
        this.sequencer = sequencer;
        this.sequence = new Sequence(sequencer.getCursor());
    }

    /** Ring sequence of the first unread event. Reading thread. */
    public long next() {
        return sequence.get() + 1;
    }

    /**
     * Ring sequence of the last readable event, below {@link #next()} when there is none. Reading
     * thread.
     */
    public long available() {
        long cursor = sequencer.getCursor();
        long unread = cursor - sequence.get();
        if (unread > highWater.get()) {
            highWater.set(unread);
        }
        return cursor;
    }

    /**
     * Gives all slots up to and including this ring sequence back to the writer. Reading thread.
     */
    public void release(long ringSequence) {
        sequence.set(ringSequence);
    }

    /** Ring sequence of the last released event. Any thread. */
    public long position() {
        return sequence.get();
    }

    /** Stops this reader from holding the writer back; it must not read afterwards. Any thread. */
    public void detach() {
        sequencer.removeGatingSequence(sequence);
    }

    /** Most events that this reader ever found unread when it looked. Any thread. */
    public long highWater() {
        return highWater.get();
    }

    /** The ring this reader reads. */
    public EventRing ring() {
        return ring;
    }

    Sequence sequence() {
        return sequence;
    }
}
