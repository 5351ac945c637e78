// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.codec.event.Side;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import io.millrace.journal.JournalQueue;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events of one epoch on their way to a sink, copied from the journal and in its order per queue.
 * It stays as it is until the outside has acknowledged it, so that a second attempt sends the very
 * same. Owned by the bridge's thread; a sink reads it and keeps nothing of it.
 */
public final class EventBatch {
    private static final JournalQueue[] QUEUES = JournalQueue.values();

    private final UnsafeBuffer buffer;
    private final byte[] queues;
    private final long[] orderPrices;
    private final Side[] orderSides;
    private final boolean[] bestQuotes;
    private final EventView event = new EventView();
    private final long[] lastSequences = new long[QUEUES.length];
    private Position from;
    /** Null until it is asked for after an event was added. */
    private Position to;
    private int count;

    /** @param capacity most events */
    EventBatch(int capacity) {
        queues = new byte[capacity];
        orderPrices = new long[capacity];
        orderSides = new Side[capacity];
        bestQuotes = new boolean[capacity];
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            capacity * EventDescriptor.SLOT_LENGTH, EventDescriptor.SLOT_LENGTH));
    }

    void begin(Position position) {
        from = position;
        pass(position);
        count = 0;
    }

    /**
     * Takes an event.
     *
     * @param orders      has seen it, if it is one inbound
     * @param isBestQuote what {@link BestQuotes} says of it
     */
    void add(JournalQueue queue, EventView added, OrderPrices orders, boolean isBestQuote) {
        boolean isInbound = queue == JournalQueue.INBOUND;
        orderPrices[count] = isInbound ? orders.price() : Price.UNDEFINED;
        orderSides[count] = isInbound ? orders.side() : Side.UNKNOWN;
        bestQuotes[count] = isBestQuote;
        added.copyTo(buffer, count * EventDescriptor.SLOT_LENGTH);
        queues[count] = (byte) queue.ordinal();
        lastSequences[queue.ordinal()] = added.sequence();
        to = null;
        count++;
    }

    /** Counts events that the journal does not hold as passed. */
    void pass(Position position) {
        to = position;
        for (JournalQueue queue : QUEUES) {
            lastSequences[queue.ordinal()] = position.sequence(queue);
        }
    }

    /** Sequence of a queue's last event, or of what the journal lacks behind it. */
    long lastSequence(JournalQueue queue) {
        return lastSequences[queue.ordinal()];
    }

    int capacity() {
        return queues.length;
    }

    boolean isFull() {
        return count == queues.length;
    }

    /** Number of events. */
    public int count() {
        return count;
    }

    /** Before the first event of each queue. */
    public Position from() {
        return from;
    }

    /** The last event of each queue, or what the journal lacks behind it. */
    public Position to() {
        if (to == null) {
            to = from;
            for (JournalQueue queue : QUEUES) {
                to = to.with(queue, lastSequence(queue));
            }
        }
        return to;
    }

    /** Queue of an event by its index. */
    public JournalQueue queue(int index) {
        return QUEUES[queues[index]];
    }

    /** An event by its index; valid until another one is asked for. */
    public EventView event(int index) {
        return event.wrap(buffer,
            index * EventDescriptor.SLOT_LENGTH + EventDescriptor.HEADER_LENGTH);
    }

    /** What the order that an event executed costs, or {@link Price#UNDEFINED}. */
    long orderPrice(int index) {
        return orderPrices[index];
    }

    /** Side of the order that an event executed. */
    Side orderSide(int index) {
        return orderSides[index];
    }

    /** True when an event is its security's best bid and offer, as {@link BestQuotes} says. */
    public boolean isBestQuote(int index) {
        return bestQuotes[index];
    }

    /** Memory of all events: header and block of each at its index times the slot's length. */
    public UnsafeBuffer buffer() {
        return buffer;
    }
}
