// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.instrument.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A session with two lines and scripted servers, in time that the test sets. */
final class IexTpRig {
    static final int A = 1;
    static final int B = 2;
    static final int SESSION = 7;
    static final long MS = 1_000_000L;
    /** Bytes of one block: the messages of {@link #data} have one character each. */
    static final int BLOCK = 3;

    final EventLog log = new EventLog();
    final FeedCounters counters = new FeedCounters();
    final FeedChannel channel = new FeedChannel(Venue.IEXG, 3, EventFlag.SIMULATED);
    final List<String> delivered = new ArrayList<>();
    final IexTpSession session;
    long nowNs = 1_000_000_000L;

    IexTpRig(SessionStart start, RecoveryContext context, GapFillServer... servers) {
        session = new IexTpSession(log.publisher(), channel, counters,
            new IexTpSubscription(Set.of(MessageProtocol.DEEP_1_0), start), context,
            List.of(servers), new MessageHandler() {
                @Override
                public void onMessage(DirectBuffer buffer, int offset, int length,
                                      long channelSequence, long receiveTimeNs) {
                    delivered.add(channelSequence
                        + buffer.getStringWithoutLengthAscii(offset, length));
                }

                @Override
                public void onSessionChanged() {
                    delivered.add("changed");
                }
            });
    }

    /** Windows of 2 ms and 1,000 packets, 10 ms for an answer without its jitter, three times. */
    static RecoveryContext context() {
        return new RecoveryContext().reorderWindowNs(2 * MS).reorderWindowPackets(1_000)
            .requestAttempts(3).requestTimeoutNs(10 * MS, 40 * MS).giveUpNs(1_000 * MS)
            .holdLengthBytes(RecoveryContext.MIN_HOLD_LENGTH_BYTES).holdPackets(1_000);
    }

    /** Stream offset of a message of one character. */
    static long offset(long sequence) {
        return (sequence - 1) * BLOCK;
    }

    /** Sends a segment, and when it is ahead a heart-beat that bears it out. */
    void data(int line, long sequence, String... messages) {
        data(SESSION, line, sequence, messages);
    }

    /** Sends a segment that nothing bears out. */
    void alone(int line, long sequence, String... messages) {
        send(line, SegmentBytes.of(1, SESSION, sequence, offset(sequence), messages));
    }

    void data(int sessionId, int line, long sequence, String... messages) {
        send(line, SegmentBytes.of(1, sessionId, sequence, offset(sequence), messages));
        boolean isAhead = session.expectedSequence() < sequence;
        if (isAhead && messages.length > 0) {
            long end = sequence + messages.length;
            send(line, SegmentBytes.of(1, sessionId, end, offset(end)));
        }
    }

    void send(int line, byte[] segment) {
        session.onPacket(line, new UnsafeBuffer(segment), 0, segment.length, nowNs);
        log.events();
    }

    /** Lets time pass, with a duty cycle every 100 us. */
    void pass(long ns) {
        long endNs = nowNs + ns;
        while (nowNs < endNs) {
            nowNs = Math.min(endNs, nowNs + MS / 10);
            session.onTime(nowNs);
            log.events();
        }
    }

    /** All gap events, such as "OPEN 2-4 NONE 1". */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        for (EventView event : log.events()) {
            if (event.templateId() == GapDecoder.TEMPLATE_ID) {
                GapDecoder gap = decode(event);
                gaps.add(gap.state() + " " + gap.fromSequence() + "-" + gap.toSequence() + " "
                    + gap.cure() + (gap.state() == GapState.LOST ? "" : " " + gap.line()));
            }
        }
        return gaps;
    }

    static GapDecoder decode(EventView event) {
        return new GapDecoder().wrap(event.buffer(), event.offset(), GapDecoder.BLOCK_LENGTH, 0);
    }
}
