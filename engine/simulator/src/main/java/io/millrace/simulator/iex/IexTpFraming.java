// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import io.millrace.simulator.DatagramFraming;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Datagrams as IEX-TP segments of one session. Segments say that they were sent at the planned time
 * of their last message, so that the same day gives the same bytes; an end is told by a heart-beat.
 * Owned by the thread that builds datagrams.
 */
public final class IexTpFraming implements DatagramFraming {
    /** The one channel. */
    public static final int CHANNEL = 1;

    private final IexTpSegmentEncoder segment;
    private final IexTpSegmentEncoder control;
    private final long midnightNs;
    private long streamOffset;
    private boolean hasSegment;

    /**
     * @param sessionId  unsigned, of 32 bits
     * @param midnightNs start of the trading date, ns since the epoch
     */
    public IexTpFraming(MessageProtocol protocol, int sessionId, long midnightNs) {
        segment = new IexTpSegmentEncoder(protocol, CHANNEL, sessionId);
        control = new IexTpSegmentEncoder(protocol, CHANNEL, sessionId);
        this.midnightNs = midnightNs;
    }

    @Override
    public void begin(MutableDirectBuffer target, int maxLength, long sequence) {
        streamOffset = nextOffset();
        hasSegment = true;
        segment.begin(target, 0, maxLength, sequence, streamOffset);
    }

    @Override
    public boolean append(DirectBuffer source, int length, long timeNs) {
        boolean fits = segment.append(source, 0, length);
        if (fits) {
            segment.sendTimeNs(midnightNs + timeNs);
        }
        return fits;
    }

    @Override
    public int count() {
        return segment.count();
    }

    @Override
    public int length() {
        return segment.length();
    }

    @Override
    public int controlLength() {
        return IexTpSegmentEncoder.HEADER_LENGTH;
    }

    @Override
    public void heartbeat(MutableDirectBuffer target, long sequence, long timeNs) {
        writeControl(target, sequence, streamOffset, timeNs);
    }

    @Override
    public void endOfSession(MutableDirectBuffer target, long nextSequence, long timeNs) {
        writeControl(target, nextSequence, nextOffset(), timeNs);
    }

    private void writeControl(MutableDirectBuffer target, long sequence, long offset,
        long timeNs) {
        control.begin(target, 0, IexTpSegmentEncoder.HEADER_LENGTH, sequence, offset)
            .sendTimeNs(midnightNs + timeNs);
    }

    private long nextOffset() {
        return hasSegment ? streamOffset + segment.payloadLength() : 0;
    }
}
