// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.codec.event.BookClearedEncoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.Side;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.feed.FeedChannel;

/** What a session itself has to tell, as events of its channel. Owned by the ingress thread. */
final class MoldUdp64Events {
    private static final int NO_LINE = 0;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final GapEncoder gap = new GapEncoder();
    private final SessionEventEncoder session = new SessionEventEncoder();
    private final BookClearedEncoder cleared = new BookClearedEncoder();

    MoldUdp64Events(EventPublisher publisher, FeedChannel channel) {
        this.publisher = publisher;
        this.channel = channel;
    }

    /** Messages from one number, inclusive, to another, exclusive, are missing for now. */
    void opened(long from, long to, int line) {
        gap(from, to, GapState.OPEN, GapCure.NONE, line);
    }

    /** They came after all: on a line by themselves, or in answer to a request. */
    void healed(long from, long to, boolean isByRequest, int line) {
        gap(from, to, GapState.HEALED, isByRequest ? GapCure.RETRANSMISSION : GapCure.OTHER_LINE,
            line);
    }

    /** They are given up. */
    void lost(long from, long to) {
        gap(from, to, GapState.LOST, GapCure.DECLARED, NO_LINE);
    }

    /** Another session began, so that the books of the channel are void. */
    void sessionChanged(MoldUdp64Packet packet, long next) {
        int offset = claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH, next);
        session.wrap(publisher.buffer(), offset)
            .session("")
            .tradingDate(0)
            .kind(SessionEventKind.SESSION_CHANGED)
            .code((byte) 0);
        publisher.buffer().putBytes(offset + SessionEventEncoder.sessionEncodingOffset(),
            packet.buffer(), packet.offset() + PacketHeaderDecoder.sessionEncodingOffset(),
            PacketHeaderDecoder.sessionLength());
        int clear = claim(BookClearedEncoder.TEMPLATE_ID, BookClearedEncoder.BLOCK_LENGTH, next);
        cleared.wrap(publisher.buffer(), clear)
            .nextChannelSequence(next)
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
