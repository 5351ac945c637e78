// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

/**
 * A place in one session of one stream: the number of a message and the bytes before it. Both are
 * unsigned and grow together. Used by one thread.
 */
final class IexTpPosition {
    /** Messages that one segment alone may be ahead by; of a longer jump a second one must tell. */
    static final long MAX_BELIEVED_JUMP = 1_000_000;

    /** Messages whose greatest number of bytes fits a long. */
    private static final long MAX_SPAN = 1L << 46;
    private static final long SHORTEST_BLOCK_LENGTH = IexTpSegment.PREFIX_LENGTH;
    private static final long LONGEST_BLOCK_LENGTH = IexTpSegment.PREFIX_LENGTH + 0xFFFF;

    private int protocolId;
    private long channelId;
    private long sessionId;
    private long sequence;
    private long streamOffset;
    private long sendTimeNs;

    /** Where the session of a segment begins. */
    void atSessionStart(IexTpSegment segment) {
        at(segment, 1, 0);
    }

    /** Where a segment begins. */
    void atStart(IexTpSegment segment) {
        at(segment, segment.sequence() == 0 ? 1 : segment.sequence(), segment.streamOffset());
    }

    /** Where a segment ends. */
    void atEnd(IexTpSegment segment) {
        at(segment, segment.endSequence(), segment.nextStreamOffset());
    }

    void at(IexTpPosition other) {
        protocolId = other.protocolId;
        channelId = other.channelId;
        sessionId = other.sessionId;
        sequence = other.sequence;
        streamOffset = other.streamOffset;
        sendTimeNs = other.sendTimeNs;
    }

    int protocolId() {
        return protocolId;
    }

    long channelId() {
        return channelId;
    }

    long sessionId() {
        return sessionId;
    }

    long sequence() {
        return sequence;
    }

    /** When the segment was sent that led here. */
    long sendTimeNs() {
        return sendTimeNs;
    }

    /** True when no message of the session has passed. */
    boolean isStart() {
        return streamOffset == 0;
    }

    boolean isOfStream(IexTpSegment segment) {
        return segment.protocolId() == protocolId && segment.channelId() == channelId;
    }

    boolean isOfSession(IexTpSegment segment) {
        return segment.sessionId() == sessionId && isOfStream(segment);
    }

    /** True when a segment of the session begins exactly here. */
    boolean isStartOf(IexTpSegment segment) {
        return isOfSession(segment) && segment.sequence() == sequence
            && segment.streamOffset() == streamOffset;
    }

    /** True when a segment ends here or further on. */
    boolean isReachedBy(IexTpSegment segment) {
        return Long.compareUnsigned(sequence, segment.endSequence()) <= 0;
    }

    /** True when a segment of the session is here or ahead by a jump that can be believed. */
    boolean leadsTo(IexTpSegment segment) {
        long ahead = segment.sequence() - sequence;
        return isOfSession(segment) && Long.compareUnsigned(ahead, MAX_BELIEVED_JUMP) <= 0
            && isSpan(ahead, segment.streamOffset() - streamOffset);
    }

    /** True when a segment of the session begins here or before, and its number and place agree. */
    boolean hasPassed(IexTpSegment segment) {
        long behind = sequence - segment.sequence();
        return isOfSession(segment) && Long.compareUnsigned(behind, MAX_SPAN) <= 0
            && isSpan(behind, streamOffset - segment.streamOffset());
    }

    private void at(IexTpSegment segment, long newSequence, long newStreamOffset) {
        protocolId = segment.protocolId();
        channelId = segment.channelId();
        sessionId = segment.sessionId();
        sequence = newSequence;
        streamOffset = newStreamOffset;
        sendTimeNs = segment.sendTimeNs();
    }

    /** True when so many messages can take so many bytes. */
    private static boolean isSpan(long messages, long bytes) {
        return bytes >= messages * SHORTEST_BLOCK_LENGTH
            && bytes <= messages * LONGEST_BLOCK_LENGTH;
    }
}
