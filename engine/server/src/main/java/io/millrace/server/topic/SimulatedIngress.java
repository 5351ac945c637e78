// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.topic;

import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.feed.VenueDecoder;
import io.millrace.simulator.FlowSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Simulated messages in place of a venue's: each through the venue's decoder onto the ring, with
 * chain time told by the messages' own clock, as a file of them would be imported. Ingress thread.
 */
final class SimulatedIngress implements Agent, FlowSink {
    private final SimulatedMessages source;
    private final VenueDecoder decoder;
    private final EventPublisher target;
    private final ChainClock clock;
    private long messages;

    /** @param decoder publishes to the target */
    SimulatedIngress(SimulatedMessages source, VenueDecoder decoder, EventPublisher target) {
        this.source = source;
        this.decoder = decoder;
        this.target = target;
        clock = new ChainClock(target, EventFlag.SIMULATED);
        decoder.tradingDate(source.date());
    }

    @Override
    public int doWork() {
        if (source.isDone()) {
            throw new AgentTerminationException();
        }
        int count = source.handOn(this);
        target.commit();
        return count;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long timeNs) {
        long epochNs = source.date().midnightNs() + timeNs;
        clock.onTime(epochNs);
        decoder.onMessage(buffer, offset, length, ++messages, epochNs);
    }

    /** Messages handed on so far. */
    long messages() {
        return messages;
    }

    /** The source has told all it had; the ring stays. */
    @Override
    public void close() {
    }

    @Override
    public String roleName() {
        return "ingress";
    }
}
