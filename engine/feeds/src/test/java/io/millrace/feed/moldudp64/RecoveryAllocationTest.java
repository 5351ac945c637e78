// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.RequestLine;
import io.millrace.instrument.Venue;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecoveryAllocationTest {
    private static final int PACKETS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 100_000;
    private static final int MESSAGES = 10;

    private final EventLog log = new EventLog().countOnly();
    private final FeedCounters counters = new FeedCounters();
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[1400]);
    private final MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("S");
    private long delivered;
    private long sequence = 1;
    private long timeNs;

    /** Answers the last request with as much as fits. */
    private final class Server implements RequestLine {
        private final PacketHeaderDecoder header = new PacketHeaderDecoder();
        private final UnsafeBuffer answer = new UnsafeBuffer(new byte[1400]);
        private final MoldUdp64PacketEncoder answerEncoder = new MoldUdp64PacketEncoder("S");
        private long first;
        private int count;

        @Override
        public boolean send(DirectBuffer buffer, int offset, int length) {
            header.wrap(buffer, offset, length, 0);
            first = header.sequenceNumber();
            count = header.messageCount();
            return true;
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            if (count == 0) {
                return 0;
            }
            encode(answerEncoder, answer, first, count);
            count = 0;
            handler.onPacket(answer, 0, answerEncoder.length(), timeNs);
            return 1;
        }

        @Override
        public void close() {
            count = 0;
        }
    }

    @Test
    void shouldAllocateNothingWhileItHeals() {
        MoldUdp64Session session = new MoldUdp64Session(log.publisher(),
            new FeedChannel(Venue.SIMA, 1, 0), counters, SessionStart.FIRST_MESSAGE,
            SessionRig.context(), List.of(new Server()),
            (buffer, offset, length, channelSequence, receiveTimeNs) -> delivered++);
        run(session, PACKETS / 4);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(session, PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        encode(encoder, packet, sequence, 0);
        session.onPacket(1, packet, 0, encoder.length(), timeNs);
        session.onPacket(2, packet, 0, encoder.length(), timeNs);
        session.onEnd();
        assertEquals(sequence - 1, delivered + counters.missing());
        assertTrue(session.recovery().healedByRequest() > PACKETS / 1_000);
        assertTrue(session.recovery().healedByLine() > PACKETS / 100);
        assertTrue(allocated < PACKETS / 10, allocated + " bytes");
    }

    /** Line B is three packets behind and loses every 50th, line A every 7th. */
    private void run(MoldUdp64Session session, int packets) {
        for (int i = 0; i < packets; i++) {
            timeNs += 100_000;
            if (i % 7 != 3) {
                send(session, 1, sequence);
            }
            if (i % 50 != 10 && sequence > 3 * MESSAGES) {
                send(session, 2, sequence - 3 * MESSAGES);
            }
            sequence += MESSAGES;
            session.onTime(timeNs);
            log.count();
        }
    }

    private void send(MoldUdp64Session session, int line, long first) {
        encode(encoder, packet, first, MESSAGES);
        session.onPacket(line, packet, 0, encoder.length(), timeNs);
    }

    private static void encode(MoldUdp64PacketEncoder target, UnsafeBuffer memory, long first,
                               int count) {
        target.begin(memory, 0, memory.capacity(), first);
        for (int i = 0; i < count && target.append(memory, 0, 20); i++) {
            assert target.count() == i + 1;
        }
    }
}
