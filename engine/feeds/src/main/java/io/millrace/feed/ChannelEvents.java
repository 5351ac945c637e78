// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.codec.event.BookClearedEncoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.Side;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import org.agrona.DirectBuffer;

/**
 * What a session of any protocol has to tell itself, as events of its channel. Owned by the ingress
 * thread.
 */
public final class ChannelEvents {
    private static final int NO_LINE = 0;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final GapEncoder gap = new GapEncoder();
    private final SessionEventEncoder session = new SessionEventEncoder();
    private final BookClearedEncoder cleared = new BookClearedEncoder();

    /** @param publisher writer of the inbound ring */
    public ChannelEvents(EventPublisher publisher, FeedChannel channel) {
        this.publisher = publisher;
        this.channel = channel;
    }

    /** Messages from one number, inclusive, to another, exclusive, are missing for now. */
    public void opened(long from, long to, int line) {
        gap(from, to, GapState.OPEN, GapCure.NONE, line);
    }

    /** They came after all: on a line by themselves, or in answer to a request. */
    public void healed(long from, long to, boolean isByRequest, int line) {
        gap(from, to, GapState.HEALED, isByRequest ? GapCure.RETRANSMISSION : GapCure.OTHER_LINE,
            line);
    }

    /** They are given up. */
    public void lost(long from, long to) {
        gap(from, to, GapState.LOST, GapCure.DECLARED, NO_LINE);
    }

    /**
     * Another session began, so that the books of the channel are void.
     *
     * @param name       where the session's name stands, at most 16 bytes
     * @param nextNumber of its first message
     */
    public void sessionChanged(DirectBuffer name, int nameOffset, int nameLength, long nextNumber) {
        int offset = claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH,
            nextNumber);
        session.wrap(publisher.buffer(), offset)
            .session("")
            .tradingDate(0)
            .kind(SessionEventKind.SESSION_CHANGED)
            .code((byte) 0);
        publisher.buffer().putBytes(offset + SessionEventEncoder.sessionEncodingOffset(), name,
            nameOffset, nameLength);
        int clear = claim(BookClearedEncoder.TEMPLATE_ID, BookClearedEncoder.BLOCK_LENGTH,
            nextNumber);
        cleared.wrap(publisher.buffer(), clear)
            .nextChannelSequence(nextNumber)
            .reason(ClearReason.SESSION_CHANGE)
            .side(Side.UNKNOWN);
    }

    private void gap(long from, long to, GapState state, GapCure cure, int line) {
        int offset = claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH, from);
        gap.wrap(publisher.buffer(), offset)
            .fromSequence(from)
            .toSequence(to)
            .state(state)
            .cure(cure)
            .line((short) line);
    }

    private int claim(int templateId, int blockLength, long channelSequence) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT,
            channel.venueId(), channel.channelId(), channel.flags() | EventFlag.LAST,
            channelSequence);
        return offset;
    }
}
