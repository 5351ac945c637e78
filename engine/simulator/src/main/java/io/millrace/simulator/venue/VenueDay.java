// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.FlowDatagrams;
import io.millrace.simulator.MessageSource;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.SimulatedBooks;
import java.util.function.LongSupplier;

/**
 * A venue's day as datagrams, session after session. The same options give the same datagrams.
 * Owned by one thread.
 */
final class VenueDay {
    private final VenueContext context;
    private final VenueFlow flow;
    private final FlowDatagrams datagrams;

    private VenueDay(VenueContext context, VenueFlow flow, MessageSource source) {
        this.context = context;
        this.flow = flow;
        datagrams = new FlowDatagrams(source, flow.flow().seed(),
            context.protocol().framing(context, 1));
    }

    /** A day of which every message is kept in a store. */
    static VenueDay stored(VenueContext context, MessageStore store) {
        VenueFlow flow = flow(context);
        MessageSource messages = context.protocol().messages(flow, context.date());
        return new VenueDay(context, flow, new StoredMessages(messages, store));
    }

    /**
     * The same day once more, as far as it was sent: a datagram looks one message ahead.
     *
     * @param messagesSent messages in all sessions
     */
    static VenueDay twin(VenueContext context, LongSupplier messagesSent) {
        VenueFlow flow = flow(context);
        return new VenueDay(context, flow, new LimitedMessages(
            context.protocol().messages(flow, context.date()), messagesSent));
    }

    /** The venue's books after so many messages. */
    static SimulatedBooks booksAfter(VenueContext context, long messages) {
        VenueDay day = twin(context, () -> messages);
        boolean isOver = false;
        while (!isOver) {
            isOver = !day.next() && !day.beginNextSession();
        }
        return day.flow.books();
    }

    /** Builds the next datagram; false when the session is over. */
    boolean next() {
        if (!datagrams.next()) {
            return false;
        }
        flow.onDatagram();
        return true;
    }

    /** Begins another session; false when the day is over. */
    boolean beginNextSession() {
        if (!flow.beginNextSession()) {
            return false;
        }
        datagrams.beginSession(context.protocol().framing(context, flow.session()));
        return true;
    }

    /** What was built last. */
    FlowDatagrams datagrams() {
        return datagrams;
    }

    VenueFlow flow() {
        return flow;
    }

    static VenueFlow flow(VenueContext context) {
        return new VenueFlow(new OrderFlow(context.flow()), context.pacing());
    }
}
