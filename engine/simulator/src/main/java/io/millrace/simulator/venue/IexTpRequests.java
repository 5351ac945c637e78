// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.codec.iextp.GapFillRangeDecoder;
import io.millrace.codec.iextp.GapFillRequestDecoder;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import io.millrace.simulator.iex.IexTpFraming;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * IEX-TP gap fill over UDP: ranges of sequenced messages, answered with as many segments as they
 * need, up to a number of messages. A request without ranges is a test, answered with a heart-beat.
 * Owned by the venue's thread.
 */
final class IexTpRequests implements RequestProtocol {
    private static final int HEADER_LENGTH = GapFillRequestDecoder.BLOCK_LENGTH;
    private static final int RANGE_LENGTH = GapFillRangeDecoder.BLOCK_LENGTH;
    private static final int MAX_RANGES = 64;
    private static final int VERSION = 1;
    private static final int SEQUENCED_MESSAGES = 1;

    private final VenueContext context;
    private final SessionState session;
    private final int maxMessages;
    private final GapFillRequestDecoder header = new GapFillRequestDecoder();
    private final GapFillRangeDecoder range = new GapFillRangeDecoder();
    private final UnsafeBuffer request =
        new UnsafeBuffer(new byte[HEADER_LENGTH + MAX_RANGES * RANGE_LENGTH]);
    private IexTpSegmentEncoder segment;
    private int segmentOrdinal;
    private int rangeIndex;
    private int rangeCount;
    private long next;
    private long wanted;
    private long answered;
    private boolean isTestPending;

    IexTpRequests(VenueContext context, SessionState session, int maxMessages) {
        this.context = context;
        this.session = session;
        this.maxMessages = maxMessages;
    }

    @Override
    public int maxRequestLength() {
        return request.capacity();
    }

    @Override
    public RequestCount refusal(DirectBuffer source, int length) {
        answered = 0;
        wanted = 0;
        rangeIndex = 0;
        next = 0;
        if (length < HEADER_LENGTH || length > request.capacity()) {
            return RequestCount.MALFORMED;
        }
        request.putBytes(0, source, 0, length);
        header.wrap(request, 0, HEADER_LENGTH, 0);
        if (header.version() != VERSION || header.requestTypeRaw() != SEQUENCED_MESSAGES
            || header.rangeCount() != (length - HEADER_LENGTH) / RANGE_LENGTH
            || (length - HEADER_LENGTH) % RANGE_LENGTH != 0) {
            return RequestCount.MALFORMED;
        }
        if (!isOfSession()) {
            return RequestCount.WRONG_SESSION;
        }
        rangeCount = (int) header.rangeCount();
        isTestPending = rangeCount == 0;
        return checkRanges();
    }

    @Override
    public int nextReply(MutableDirectBuffer reply, int maxLength) {
        if (segmentOrdinal != session.ordinal()) {
            segmentOrdinal = session.ordinal();
            segment = new IexTpSegmentEncoder(context.protocol().stream(), IexTpFraming.CHANNEL,
                VenueProtocol.sessionId(context.date(), segmentOrdinal));
        }
        if (isTestPending) {
            isTestPending = false;
            begin(reply, maxLength, session.nextUnsent());
            return segment.length();
        }
        if (!findNext()) {
            return 0;
        }
        begin(reply, maxLength, next);
        long last = range(rangeIndex).last();
        while (answered < maxMessages && next <= last && next < session.nextUnsent()) {
            int message = segment.claim(session.store().length(next));
            if (message < 0) {
                break;
            }
            session.store().copy(next++, reply, message);
            answered++;
        }
        return segment.length();
    }

    @Override
    public long wanted() {
        return wanted;
    }

    @Override
    public long answered() {
        return answered;
    }

    private void begin(MutableDirectBuffer reply, int maxLength, long sequence) {
        segment.begin(reply, 0, maxLength, sequence, session.store().streamOffset(sequence));
    }

    /** Finds the next message of the ranges that was sent and that the limit still allows. */
    private boolean findNext() {
        while (answered < maxMessages && rangeIndex < rangeCount) {
            next = Math.max(next, range(rangeIndex).first());
            if (next <= range(rangeIndex).last() && session.has(next)) {
                return true;
            }
            rangeIndex++;
        }
        return false;
    }

    private RequestCount checkRanges() {
        long previous = 0;
        boolean hasSome = rangeCount == 0;
        for (int i = 0; i < rangeCount; i++) {
            long first = range(i).first();
            long last = range.last();
            if (first <= previous || last < first) {
                return RequestCount.MALFORMED;
            }
            previous = last;
            wanted += last - first + 1;
            hasSome |= session.has(first);
        }
        return hasSome ? null : RequestCount.NOT_AVAILABLE;
    }

    private GapFillRangeDecoder range(int index) {
        return range.wrap(request, HEADER_LENGTH + index * RANGE_LENGTH, RANGE_LENGTH, 0);
    }

    private boolean isOfSession() {
        return header.messageProtocolIdRaw() == context.protocol().stream().value()
            && header.channelId() == IexTpFraming.CHANNEL && header.sessionId()
            == VenueProtocol.sessionId(context.date(), session.ordinal());
    }
}
