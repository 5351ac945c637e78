// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.EventPublisher;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.iextp.IexTpSequence.Verdict;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.RecoveryCounters;
import io.millrace.feed.transport.MessageHandler;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One IEX-TP stream on one line: hands each message on once and in sequence, and declares what is
 * missing lost, as this form asks nobody for it again. Sequence and stream offset must agree; a
 * segment on which they do not, or that is absurdly far ahead or of another session, is left out
 * until a second one goes on from it. The first segment tells which channel is followed. After a
 * loss the channel is marked, until another session begins. Owned by the ingress thread.
 */
public final class IexTpSession implements HealingSession {
    /** Session change, cleared books and gap. */
    private static final int OWN_EVENTS = 3;
    /** The shortest venue message there is, with its length. */
    private static final int SHORTEST_BLOCK_LENGTH = 12;
    private static final int EVENTS_PER_MESSAGE = 2;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters counters;
    private final MessageHandler handler;
    private final int[] protocolIds;
    private final IexTpSegment segment = new IexTpSegment();
    private final IexTpSequence sequence;
    private final ChannelEvents events;
    private final RecoveryCounters recovery = new RecoveryCounters();
    private final UnsafeBuffer name =
        new UnsafeBuffer(new byte[SessionEventEncoder.sessionLength()]);

    /**
     * @param publisher where gaps and session changes go
     * @param protocols whose segments are wanted
     * @param handler   takes the messages
     */
    public IexTpSession(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                        SessionStart start, Set<MessageProtocol> protocols,
                        MessageHandler handler) {
        this.publisher = publisher;
        this.channel = channel;
        this.counters = counters;
        this.handler = handler;
        protocolIds = protocols.stream().mapToInt(MessageProtocol::value).toArray();
        sequence = new IexTpSequence(start);
        events = new ChannelEvents(publisher, channel);
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        counters.onPacket();
        Malformation malformation = segment.wrap(buffer, offset, length);
        if (malformation != null) {
            counters.onMalformedPacket(malformation);
            return;
        }
        if (!isWanted() || sequence.isForeign(segment)) {
            counters.onForeignPacket();
            return;
        }
        publisher.receiveTimeNs(receiveTimeNs);
        Verdict verdict = sequence.judge(segment);
        if (verdict == Verdict.SUSPECTED) {
            counters.onSuspiciousPacket();
            publisher.commit();
            return;
        }
        if (verdict == Verdict.BEGINS) {
            changeSession();
        }
        if (segment.count() == 0) {
            counters.onHeartbeat();
        }
        counters.onStrayBytes(segment.strayBytes());
        if (sequence.isBefore(segment.sequence())) {
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

    @Override
    public RecoveryCounters recovery() {
        return recovery;
    }

    private boolean isWanted() {
        for (int i = 0; i < protocolIds.length; i++) {
            if (protocolIds[i] == segment.protocolId()) {
                return true;
            }
        }
        return false;
    }

    private void changeSession() {
        counters.onSessionChanged();
        channel.markWhole();
        handler.onSessionChanged();
        int length = name.putNaturalLongAscii(0, segment.sessionId());
        events.sessionChanged(name, 0, length, sequence.expected());
    }

    private void declareGap() {
        counters.onGap(sequence.expected(), segment.sequence());
        channel.markMaybeBad();
        events.lost(sequence.expected(), segment.sequence());
        sequence.skipTo(segment);
    }

    private void deliver(DirectBuffer buffer, long receiveTimeNs) {
        int count = segment.count();
        int seen = sequence.seen(segment);
        counters.onDuplicates(seen);
        int block = segment.firstBlock();
        for (int i = 0; i < count; i++) {
            int length = segment.messageLength(block);
            int message = block + IexTpSegment.PREFIX_LENGTH;
            block = message + length;
            if (i < seen) {
                continue;
            }
            if (length == 0) {
                counters.onEmptyMessage();
            } else {
                handler.onMessage(buffer, message, length, segment.sequence() + i, receiveTimeNs);
            }
        }
        if (seen < count) {
            sequence.skipPast(segment);
        }
    }
}
