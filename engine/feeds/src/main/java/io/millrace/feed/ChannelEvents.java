// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.codec.event.BookClearedEncoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusEncoder;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.SnapshotBegunEncoder;
import io.millrace.codec.event.SnapshotEndedEncoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import org.agrona.DirectBuffer;

/**
 * What sessions and snapshots themselves have to tell, as events of their channel. Owned by the
 * ingress thread.
 */
public final class ChannelEvents {
    private static final int NO_LINE = 0;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final GapEncoder gap = new GapEncoder();
    private final SessionEventEncoder session = new SessionEventEncoder();
    private final BookClearedEncoder cleared = new BookClearedEncoder();
    private final SnapshotBegunEncoder begun = new SnapshotBegunEncoder();
    private final SnapshotEndedEncoder ended = new SnapshotEndedEncoder();
    private final LineStatusEncoder line = new LineStatusEncoder();

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

    /** Messages from one number, inclusive, to another, exclusive, are given up. */
    public void lost(long from, long to) {
        gap(from, to, GapState.LOST, GapCure.DECLARED, NO_LINE);
    }

    /** What messages from one number to another would have told, a snapshot has told. */
    public void healedBySnapshot(long from, long to) {
        gap(from, to, GapState.HEALED, GapCure.SNAPSHOT, NO_LINE);
    }

    /**
     * Another session began, so that the books of the channel are void.
     *
     * @param name where the session's name stands, at most 16 bytes
     * @param next number of its first message
     */
    public void sessionChanged(DirectBuffer name, int nameOffset, int nameLength, long next) {
        sessionBegun(name, nameOffset, nameLength, next);
        cleared(ClearReason.SESSION_CHANGE, next);
    }

    /**
     * The channel's first session is this one.
     *
     * @param name where the session's name stands, at most 16 bytes
     * @param next number of its first message
     */
    public void sessionBegun(DirectBuffer name, int nameOffset, int nameLength, long next) {
        int offset = session(SessionEventKind.SESSION_CHANGED, next);
        publisher.buffer().putBytes(offset + SessionEventEncoder.sessionEncodingOffset(), name,
            nameOffset, nameLength);
    }

    /**
     * The channel is in this session from here on, or it is over.
     *
     * @param name at most sixteen characters
     */
    public void session(SessionEventKind kind, byte[] name, long next) {
        int offset = session(kind, next);
        publisher.buffer().putBytes(offset + SessionEventEncoder.sessionEncodingOffset(), name);
    }

    /** All books of the channel are void. */
    public void cleared(ClearReason reason, long next) {
        int offset = claim(BookClearedEncoder.TEMPLATE_ID, BookClearedEncoder.BLOCK_LENGTH, next);
        cleared.wrap(publisher.buffer(), offset)
            .nextChannelSequence(next)
            .reason(reason)
            .side(Side.UNKNOWN);
    }

    /** The books of the channel are read anew, and withheld until that is done. */
    public void snapshotBegun(long next, long snapshotSequence) {
        int offset = claim(SnapshotBegunEncoder.TEMPLATE_ID, SnapshotBegunEncoder.BLOCK_LENGTH,
            next);
        begun.wrap(publisher.buffer(), offset).snapshotSequence(snapshotSequence);
    }

    /** The books of the channel are whole; the live messages go on with this number. */
    public void snapshotEnded(long next) {
        int offset = claim(SnapshotEndedEncoder.TEMPLATE_ID, SnapshotEndedEncoder.BLOCK_LENGTH,
            next);
        ended.wrap(publisher.buffer(), offset).nextChannelSequence(next);
    }

    /**
     * A line, or the breaker of the whole feed, changed its state.
     *
     * @param number    of the line from 1, 0 for the whole feed
     * @param code      the venue's reason, 0 for none
     * @param silenceNs since the line was heard last
     * @param packets   that came on it so far
     * @param lost      messages that the channel lost so far
     */
    public void line(int number, LineState state, byte code, long next, long silenceNs,
                     long packets, long lost) {
        int offset = claim(LineStatusEncoder.TEMPLATE_ID, LineStatusEncoder.BLOCK_LENGTH, next);
        line.wrap(publisher.buffer(), offset)
            .silenceNs(silenceNs)
            .packetCount(packets)
            .lostCount(lost)
            .line((short) number)
            .state(state)
            .code(code);
    }

    private int session(SessionEventKind kind, long next) {
        int offset = claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH, next);
        session.wrap(publisher.buffer(), offset)
            .session("")
            .tradingDate(0)
            .kind(kind)
            .code((byte) 0);
        return offset;
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
