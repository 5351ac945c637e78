// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.event.EventPublisher;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.FeedSession;
import io.millrace.feed.Malformation;
import io.millrace.feed.transport.MessageHandler;
import org.agrona.DirectBuffer;

/**
 * One MoldUDP64 session on one line: hands each message on once and in sequence, and declares what
 * is missing lost, as this form asks nobody for it again. A packet that is absurdly far ahead is
 * left out until a second one goes on from it, so that one damaged number does not end the session.
 * After a loss the channel is marked, until another session begins. Owned by the ingress thread.
 */
public final class MoldUdp64Session implements FeedSession {
    /** Session change, cleared books and gap. */
    private static final int OWN_EVENTS = 3;
    /** The shortest venue message there is, with its length. */
    private static final int SHORTEST_BLOCK_LENGTH = 14;
    private static final int EVENTS_PER_MESSAGE = 2;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters counters;
    private final MessageHandler handler;
    private final MoldUdp64Packet packet = new MoldUdp64Packet();
    private final MoldUdp64Sequence sequence;
    private final MoldUdp64Events events;
    private boolean hasEnded;

    /**
     * @param publisher where gaps and session changes go
     * @param handler   takes the messages
     */
    public MoldUdp64Session(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                            SessionStart start, MessageHandler handler) {
        this.publisher = publisher;
        this.channel = channel;
        this.counters = counters;
        this.handler = handler;
        sequence = new MoldUdp64Sequence(start);
        events = new MoldUdp64Events(publisher, channel);
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        counters.onPacket();
        Malformation malformation = packet.wrap(buffer, offset, length);
        if (malformation != null) {
            counters.onMalformedPacket(malformation);
            return;
        }
        publisher.receiveTimeNs(receiveTimeNs);
        if (!sequence.isKnown()) {
            sequence.adopt(packet);
        } else if (!sequence.isOf(packet)) {
            changeSession(buffer, offset);
        }
        if (sequence.suspects(packet)) {
            counters.onSuspiciousPacket();
            publisher.commit();
            return;
        }
        countKind();
        if (sequence.isBefore(packet.sequence())) {
            declareGap();
        }
        deliver(buffer, receiveTimeNs);
        publisher.commit();
    }

    @Override
    public int eventLimit(DirectBuffer buffer, int offset, int length) {
        return EVENTS_PER_MESSAGE * (length / SHORTEST_BLOCK_LENGTH) + OWN_EVENTS;
    }

    /** Number of the message that comes next; unsigned. */
    public long expectedSequence() {
        return sequence.expected();
    }

    /** True when the session said that it is over and nothing of it is missing at the end. */
    public boolean hasEnded() {
        return hasEnded;
    }

    private void changeSession(DirectBuffer buffer, int offset) {
        sequence.adopt(packet);
        counters.onSessionChanged();
        channel.markWhole();
        handler.onSessionChanged();
        events.sessionChanged(buffer, offset, sequence.expected());
        hasEnded = false;
    }

    private void countKind() {
        if (packet.isEndOfSession()) {
            counters.onEndOfSession();
            hasEnded = true;
        } else if (packet.count() == 0) {
            counters.onHeartbeat();
        }
        counters.onStrayBytes(packet.strayBytes());
    }

    private void declareGap() {
        counters.onGap(sequence.expected(), packet.sequence());
        channel.markMaybeBad();
        events.lost(sequence.expected(), packet.sequence());
        sequence.expected(packet.sequence());
    }

    private void deliver(DirectBuffer buffer, long receiveTimeNs) {
        int count = packet.count();
        int seen = count == 0 ? 0 : sequence.seen(packet.sequence(), count);
        counters.onDuplicates(seen);
        int block = packet.firstBlock();
        for (int i = 0; i < count; i++) {
            int length = packet.messageLength(block);
            int message = block + MoldUdp64Packet.PREFIX_LENGTH;
            block = message + length;
            if (i < seen) {
                continue;
            }
            if (length == 0) {
                counters.onEmptyMessage();
            } else {
                handler.onMessage(buffer, message, length, packet.sequence() + i, receiveTimeNs);
            }
        }
        if (seen < count) {
            sequence.expected(packet.sequence() + count);
        }
    }
}
