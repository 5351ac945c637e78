// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.codec.iextp.GapFillRangeDecoder;
import io.millrace.codec.iextp.GapFillRequestDecoder;
import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.RequestLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A gap fill server in the test's own memory and time; segments hold so many messages. */
final class GapFillServer implements RequestLine {
    final List<String> requests = new ArrayList<>();
    byte[] lastRequest = new byte[0];
    private final LongSupplier clock;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final LongUnaryOperator offsets;
    private LongFunction<String> messages = sequence -> null;
    private int session;
    private int mostMessages = 40;
    private long delayNs;
    private boolean isClosed;

    /** @param offsets stream offset of a message by its number */
    GapFillServer(LongSupplier clock, LongUnaryOperator offsets) {
        this.clock = clock;
        this.offsets = offsets;
    }

    private record Answer(long timeNs, byte[] segment) {
    }

    /** Keeps messages of a session, null where it has none; without them it is silent. */
    GapFillServer keeps(int sessionId, LongFunction<String> kept) {
        session = sessionId;
        messages = kept;
        return this;
    }

    /** Messages of one segment. */
    GapFillServer atMost(int messagesPerSegment) {
        mostMessages = messagesPerSegment;
        return this;
    }

    GapFillServer after(long ns) {
        delayNs = ns;
        return this;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Sends a segment that nobody asked for. */
    void push(byte[] segment) {
        answers.add(new Answer(clock.getAsLong(), segment));
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        lastRequest = new byte[length];
        buffer.getBytes(offset, lastRequest);
        GapFillRequestDecoder header = new GapFillRequestDecoder().wrap(buffer, offset,
            GapFillRequestDecoder.BLOCK_LENGTH, 0);
        GapFillRangeDecoder range = new GapFillRangeDecoder().wrap(buffer,
            offset + GapFillRequestDecoder.BLOCK_LENGTH, GapFillRangeDecoder.BLOCK_LENGTH, 0);
        requests.add(header.sessionId() + ":" + range.first() + "-" + range.last());
        if (header.sessionId() == session) {
            answer(range.first(), range.last());
        }
        return true;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        int count = 0;
        while (count < limit && !answers.isEmpty()
            && answers.peek().timeNs <= clock.getAsLong()) {
            byte[] segment = answers.poll().segment;
            handler.onPacket(new UnsafeBuffer(segment), 0, segment.length, clock.getAsLong());
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private void answer(long first, long last) {
        for (long from = first; from <= last;) {
            List<String> texts = new ArrayList<>();
            while (from + texts.size() <= last && texts.size() < mostMessages
                && messages.apply(from + texts.size()) != null) {
                texts.add(messages.apply(from + texts.size()));
            }
            if (texts.isEmpty()) {
                return;
            }
            answers.add(new Answer(clock.getAsLong() + delayNs, SegmentBytes.of(1, session, from,
                offsets.applyAsLong(from), texts.toArray(String[]::new))));
            from += texts.size();
        }
    }
}
