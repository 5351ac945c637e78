// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import org.agrona.concurrent.Agent;

/** Reads all that goes in: no hole in the sequences, time that never goes back. One thread. */
final class InboundWatch implements Agent {
    private EventReader reader;
    private final Verdict verdict;
    private final ChannelWatch[] channels;
    private final EventView event = new EventView();
    private final SessionEventDecoder session = new SessionEventDecoder();
    private long lastSequence;
    private long lastTimeNs = Long.MIN_VALUE;

    InboundWatch(Verdict verdict, ChannelWatch[] channels) {
        this.verdict = verdict;
        this.channels = channels;
    }

    /** Reads a ring from here on. */
    void read(EventReader ring) {
        reader = ring;
    }

    @Override
    public int doWork() {
        long first = reader.next();
        long last = reader.available();
        for (long slot = first; slot <= last; slot++) {
            onEvent(event.wrap(reader.ring().buffer(), reader.ring().blockOffset(slot)));
            reader.release(slot);
        }
        return (int) (last - first + 1);
    }

    /** The next inbound event, of this life or one before. */
    void onEvent(EventView inbound) {
        verdict.equal("inbound-sequence-contiguous", lastSequence + 1, inbound.sequence());
        lastSequence = inbound.sequence();
        verdict.holds("receive-time-never-decreases", inbound.receiveTimeNs() >= lastTimeNs,
            "at least " + lastTimeNs, inbound.receiveTimeNs());
        lastTimeNs = inbound.receiveTimeNs();
        if (inbound.venueId() != 0) {
            channels[inbound.channelId()].onEvent(inbound);
        } else if (inbound.templateId() == SessionEventDecoder.TEMPLATE_ID && isStart(inbound)) {
            for (ChannelWatch channel : channels) {
                channel.ledger().onRestart();
            }
        }
    }

    long lastSequence() {
        return lastSequence;
    }

    long lastTimeNs() {
        return lastTimeNs;
    }

    @Override
    public String roleName() {
        return "watch-in";
    }

    private boolean isStart(EventView inbound) {
        return session.wrap(inbound.buffer(), inbound.offset(), inbound.blockLength(),
            SessionEventDecoder.SCHEMA_VERSION).kind() == SessionEventKind.ENGINE_STARTED;
    }
}
