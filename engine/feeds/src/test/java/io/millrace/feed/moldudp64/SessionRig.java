// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
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
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A session with two lines and scripted servers, in time that the test sets. */
final class SessionRig {
    static final int A = 1;
    static final int B = 2;
    static final long MS = 1_000_000L;

    final EventLog log = new EventLog();
    final FeedCounters counters = new FeedCounters();
    final FeedChannel channel = new FeedChannel(Venue.SIMA, 3, EventFlag.SIMULATED);
    final List<String> delivered = new ArrayList<>();
    final MoldUdp64Session session;
    long nowNs = 1_000_000_000L;

    SessionRig(RecoveryContext context, ScriptedServer... servers) {
        this(SessionStart.FIRST_MESSAGE, context, servers);
    }

    SessionRig(SessionStart start, RecoveryContext context, ScriptedServer... servers) {
        session = new MoldUdp64Session(log.publisher(), channel, counters, start, context,
            List.of(servers), new MessageHandler() {
                @Override
                public void onMessage(DirectBuffer buffer, int offset, int length,
                                      long channelSequence, long receiveTimeNs) {
                    delivered.add(Long.toUnsignedString(channelSequence)
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

    /** Sends a packet, and when it is ahead a heart-beat that bears it out. */
    void data(int line, long sequence, String... messages) {
        data("S", line, sequence, messages);
    }

    /** Sends a packet that nothing bears out. */
    void alone(int line, long sequence, String... messages) {
        send(line, packet("S", sequence, messages));
    }

    void data(String name, int line, long sequence, String... messages) {
        send(line, packet(name, sequence, messages));
        boolean isAhead = Long.compareUnsigned(session.expectedSequence(), sequence) < 0;
        if (isAhead && messages.length > 0) {
            send(line, packet(name, sequence + messages.length));
        }
    }

    void end(int line, long sequence) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[20]);
        new MoldUdp64PacketEncoder("S").begin(target, 0, 20, sequence).endOfSession();
        send(line, target.byteArray());
    }

    void send(int line, byte[] packet) {
        session.onPacket(line, new UnsafeBuffer(packet), 0, packet.length, nowNs);
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
                gaps.add(gap.state() + " " + Long.toUnsignedString(gap.fromSequence()) + "-"
                    + Long.toUnsignedString(gap.toSequence()) + " " + gap.cure()
                    + (gap.state() == GapState.LOST ? "" : " " + gap.line()));
            }
        }
        return gaps;
    }

    static GapDecoder decode(EventView event) {
        return new GapDecoder().wrap(event.buffer(), event.offset(), GapDecoder.BLOCK_LENGTH, 0);
    }

    static byte[] packet(String name, long sequence, String... messages) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder(name).begin(target, 0,
            target.capacity(), sequence);
        for (String message : messages) {
            encoder.append(new UnsafeBuffer(message.getBytes()), 0, message.length());
        }
        byte[] packet = new byte[encoder.length()];
        target.getBytes(0, packet);
        return packet;
    }
}
