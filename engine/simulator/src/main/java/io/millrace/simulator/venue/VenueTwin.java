// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.MessageSource;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.SimulatedBooks;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A venue's day once more, message by message: what it sends under each number, and its books
 * behind it. Of a day without bursts, which depend on datagrams. Goes forward only. One thread.
 */
public final class VenueTwin {
    private final VenueFlow flow;
    private final MessageSource source;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);
    private int length;
    private int session = 1;
    private long sequence;
    private long messages;

    /** @param context concluded or not; without bursts */
    public VenueTwin(VenueContext context) {
        if (!context.conclude().pacing().bursts().isEmpty()) {
            throw new IllegalArgumentException("a day with bursts has no twin");
        }
        flow = VenueDay.flow(context);
        source = context.protocol().messages(flow, context.date());
    }

    /** Goes on by one message; false when the day is over. */
    public boolean advance() {
        length = source.next(message, 0);
        if (length == 0) {
            if (!flow.beginNextSession()) {
                return false;
            }
            session++;
            sequence = 0;
            length = source.next(message, 0);
        }
        sequence++;
        messages++;
        return length > 0;
    }

    /** The session's place in the day, from 1. */
    public int session() {
        return session;
    }

    /** Number of the message at hand within its session, 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Messages so far, in all sessions. */
    public long messages() {
        return messages;
    }

    /** The message at hand, from 0 to {@link #length()}. */
    public DirectBuffer message() {
        return message;
    }

    /** Bytes of the message at hand. */
    public int length() {
        return length;
    }

    /** True when the message at hand is not the last of an event of the order flow. */
    public boolean isInEvent() {
        return flow.isInEvent();
    }

    /** True while a session begins with what was open in the one before. */
    public boolean isRetelling() {
        return flow.isTellingSnapshot();
    }

    /** The books behind the message at hand. */
    public SimulatedBooks books() {
        return flow.books();
    }
}
