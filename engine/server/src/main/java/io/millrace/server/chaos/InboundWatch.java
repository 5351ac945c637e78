// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.codec.event.JournalGapDecoder;
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
    private final PublishedEvents published;
    private final JournalGapDecoder gap = new JournalGapDecoder();
    private final EventView event = new EventView();
    private final SessionEventDecoder session = new SessionEventDecoder();
    private long lastSequence;
    private long lastTimeNs = Long.MIN_VALUE;

    /** @param published hears of all that is published, and knows what was */
    InboundWatch(Verdict verdict, ChannelWatch[] channels, PublishedEvents published) {
        this.published = published;
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
            published.add(event);
            reader.release(slot);
        }
        return (int) (last - first + 1);
    }

    /** The next event that the journal has from an earlier life; a declared hole is filled. */
    void onJournaled(EventView inbound) {
        long expected = lastSequence + 1;
        if (inbound.sequence() > expected) {
            boolean isDeclared = inbound.templateId() == JournalGapDecoder.TEMPLATE_ID
                && gap.wrap(inbound.buffer(), inbound.offset(), inbound.blockLength(),
                JournalGapDecoder.SCHEMA_VERSION).fromSequence() == expected
                && gap.toSequence() == inbound.sequence();
            verdict.holds("journal-holds-all-or-says-so", isDeclared, "event " + expected,
                inbound.sequence());
            published.forEach(expected, inbound.sequence(), this::onEvent);
        }
        onEvent(inbound);
    }

    private void onEvent(EventView inbound) {
        verdict.equal("inbound-sequence-contiguous", lastSequence + 1, inbound.sequence());
        lastSequence = inbound.sequence();
        verdict.holds("receive-time-never-decreases", inbound.receiveTimeNs() >= lastTimeNs,
            "at least " + lastTimeNs, inbound.receiveTimeNs());
        lastTimeNs = inbound.receiveTimeNs();
        if (inbound.venueId() != 0) {
            channels[inbound.channelId()].onEvent(inbound);
        } else if (inbound.templateId() == SessionEventDecoder.TEMPLATE_ID && isStart(inbound)) {
            for (ChannelWatch channel : channels) {
                channel.onRestart();
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
