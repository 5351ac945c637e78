// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.iextp.GapFillRangeEncoder;
import io.millrace.codec.iextp.GapFillRequestEncoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.RequestType;
import io.millrace.codec.iextp.SegmentHeaderDecoder;
import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.LineCount;
import io.millrace.simulator.wire.StreamContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IexVenueTest {
    private static final int HEADER = SegmentHeaderDecoder.BLOCK_LENGTH;
    private static final long SESSION = 202_601_051L;
    private static final int PATIENCE = 1_000;

    private final VenueRun run =
        new VenueRun(new ImpairmentContext(), new ImpairmentContext().lossPpm(100_000));
    private final List<byte[]> messages = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private DatagramChannel client;

    @BeforeEach
    void open() throws IOException {
        run.context.protocol(VenueProtocol.DEEP10);
        client = DatagramChannel.open();
        client.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        client.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        run.close();
        client.close();
    }

    @Test
    void shouldSendSegmentsWhoseNumbersAndOffsetsGoOnFromEachOther() {
        start(new RequestContext());
        long sequence = 1;
        long offset = 0;
        for (byte[] segment : run.received.get(0)) {
            SegmentHeaderDecoder header = header(segment);
            assertEquals(1, header.version());
            assertEquals(MessageProtocol.DEEP_1_0, header.messageProtocolId());
            assertEquals(1, header.channelId());
            assertEquals(SESSION, header.sessionId());
            assertEquals(sequence, header.firstMessageSequenceNumber());
            assertEquals(offset, header.streamOffset());
            assertEquals(segment.length - HEADER, header.payloadLength());
            sequence += header.messageCount();
            offset += header.payloadLength();
        }
        assertEquals(run.agent.messagesSent() + 1, sequence);
        assertEquals(0, header(run.received.get(0).get(0)).messageCount());
        byte[] end = run.received.get(0).get(run.received.get(0).size() - 1);
        assertEquals(0, header(end).messageCount());
        assertTrue(run.agent.line(1).of(LineCount.LOST) > 10);
        assertEquals(run.agent.line(1).of(LineCount.WRITTEN), run.received.get(1).size());
    }

    @Test
    void shouldEndWithAWholeEventWhenItIsHushedAmidOne() throws IOException {
        try (VenueRun cut = new VenueRun(new ImpairmentContext())) {
            cut.context.protocol(VenueProtocol.DEEP10);
            cut.start();
            boolean isHalf = false;
            while (!isHalf && !cut.agent.isDone()) {
                cut.step(20_000);
                isHalf = isHalf(cut.received.get(0));
            }
            assertTrue(isHalf, "an event goes on in a second datagram");
            cut.agent.hush();
            for (int i = 0; i < PATIENCE; i++) {
                cut.step(20_000);
            }
            assertFalse(isHalf(cut.received.get(0)), "half an event");
        }
    }

    /** True when the last message is a level that is not the last of its event. */
    private static boolean isHalf(List<byte[]> segments) {
        int last = segments.size() - 1;
        while (last >= 0 && segments.get(last).length == HEADER) {
            last--;
        }
        if (last < 0) {
            return false;
        }
        byte[] segment = segments.get(last);
        int message = HEADER + 2;
        int length = segment[message - 2] & 0xFF;
        while (message + length < segment.length) {
            message += length + 2;
            length = segment[message - 2] & 0xFF;
        }
        boolean isLevel = segment[message] == '8' || segment[message] == '5';
        return isLevel && (segment[message + 1] & 1) == 0;
    }

    @Test
    void shouldFillExactlyTheGapsAskedFor() throws IOException {
        start(new RequestContext().maxReplyLength(200));
        List<byte[]> replies = answers(request(SESSION, 1, 5, 9, 500, 510, 19, 20), 0);
        assertEquals(List.of(), replies);
        replies = answers(request(SESSION, 1, 5, 9, 500, 510, 600, 600), 17);
        List<Long> filled = new ArrayList<>();
        for (byte[] reply : replies) {
            assertTrue(reply.length <= 200, "length " + reply.length);
            long sequence = header(reply).firstMessageSequenceNumber();
            assertEquals(offsets.get((int) sequence - 1), header(reply).streamOffset());
            for (byte[] message : messages(reply)) {
                filled.add(sequence);
                assertArrayEquals(messages.get((int) sequence++ - 1), message);
            }
        }
        List<Long> expected = new ArrayList<>();
        for (long sequence = 5; sequence <= 600; sequence++) {
            if (sequence <= 9 || sequence >= 500 && sequence <= 510 || sequence == 600) {
                expected.add(sequence);
            }
        }
        assertEquals(expected, filled);
        assertEquals("answered 1, malformed 1, messages 17", run.agent.requests().toString());
    }

    @Test
    void shouldLimitMessagesPerRequestAndStopAtTheNewest() throws IOException {
        start(new RequestContext().maxMessages(10));
        long sent = run.agent.messagesSent();
        assertEquals(10, count(answers(request(SESSION, 1, 1, 1_000), 10)));
        assertEquals(3, count(answers(request(SESSION, 1, sent - 2, sent + 50), 3)));
        assertEquals(2, run.agent.requests().of(RequestCount.CUT));
    }

    @Test
    void shouldAnswerATestWithTheNextNumberAndStaySilentOnOthersSessions() throws IOException {
        start(new RequestContext());
        List<byte[]> test = answers(request(SESSION, 1), 0);
        assertEquals(1, test.size());
        assertEquals(run.agent.messagesSent() + 1,
            header(test.get(0)).firstMessageSequenceNumber());
        assertEquals(HEADER, test.get(0).length);
        assertEquals(List.of(), answers(request(SESSION + 1, 1, 1, 1), 0));
        assertEquals(List.of(), answers(request(SESSION, 2, 1, 1), 0));
        assertEquals(List.of(), answers(request(SESSION, 1, 1_000_000, 1_000_001), 0));
        assertEquals(List.of(), answers(new byte[15], 0));
        assertEquals("answered 1, malformed 1, wrong session 2, not available 1",
            run.agent.requests().toString());
    }

    @Test
    void shouldGoOnInASecondSessionWithEveryOpenLevel() {
        run.pacing.restartAtNs(200 * VenueRun.MS);
        start(new RequestContext());
        long second = run.received.get(0).stream()
            .filter(segment -> header(segment).sessionId() == SESSION + 1)
            .mapToLong(segment -> header(segment).messageCount()).sum();
        byte[] end = run.received.get(0).get(run.received.get(0).size() - 1);
        assertEquals(SESSION + 1, header(end).sessionId());
        assertEquals(second + 1, header(end).firstMessageSequenceNumber());
        assertTrue(second > 5_000, "messages " + second);
    }

    @Test
    void shouldRefuseServersThatAnIexVenueDoesNotHave() {
        run.context.glimpse(new StreamContext());
        assertEquals("simulator.protocol DEEP10 has no SoupBinTCP and no GLIMPSE server",
            assertThrows(IllegalArgumentException.class, run.context::conclude).getMessage());
    }

    private void start(RequestContext requests) {
        run.context.requests(requests);
        run.start().toEnd();
        for (byte[] segment : run.received.get(0)) {
            long offset = header(segment).streamOffset();
            for (byte[] message : messages(segment)) {
                messages.add(message);
                offsets.add(offset);
                offset += Short.BYTES + message.length;
            }
        }
    }

    private static byte[] request(long session, long channel, long... bounds) {
        int ranges = bounds.length / 2;
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[16 + ranges * 16]);
        new GapFillRequestEncoder().wrap(bytes, 0).version((short) 1)
            .requestType(RequestType.SEQUENCED_MESSAGES)
            .messageProtocolId(MessageProtocol.DEEP_1_0).channelId(channel).sessionId(session)
            .rangeCount(ranges);
        for (int i = 0; i < ranges; i++) {
            new GapFillRangeEncoder().wrap(bytes, 16 + i * 16).first(bounds[2 * i])
                .last(bounds[2 * i + 1]);
        }
        return bytes.byteArray();
    }

    private List<byte[]> answers(byte[] request, int messagesExpected) throws IOException {
        long before = taken();
        client.send(ByteBuffer.wrap(request),
            new InetSocketAddress("127.0.0.1", run.agent.requestPort()));
        for (int i = 0; i < PATIENCE && taken() == before; i++) {
            run.step(0);
        }
        assertEquals(before + 1, taken(), "the request was taken");
        List<byte[]> replies = new ArrayList<>();
        ByteBuffer reply = ByteBuffer.allocate(2_048);
        for (int i = 0; i < PATIENCE && (i == 0 || count(replies) < messagesExpected); i++) {
            while (client.receive(reply.clear()) != null) {
                replies.add(Arrays.copyOf(reply.array(), reply.position()));
            }
        }
        return replies;
    }

    private long taken() {
        long taken = 0;
        for (RequestCount count : RequestCount.values()) {
            boolean isRequest = count.ordinal() < RequestCount.MESSAGES.ordinal();
            taken += isRequest ? run.agent.requests().of(count) : 0;
        }
        return taken;
    }

    private static long count(List<byte[]> segments) {
        return segments.stream().mapToLong(segment -> header(segment).messageCount()).sum();
    }

    private static SegmentHeaderDecoder header(byte[] segment) {
        return new SegmentHeaderDecoder().wrap(new UnsafeBuffer(segment), 0, HEADER, 0);
    }

    private static List<byte[]> messages(byte[] segment) {
        List<byte[]> all = new ArrayList<>();
        int offset = HEADER;
        for (int i = 0; i < header(segment).messageCount(); i++) {
            int length = segment[offset] & 0xFF | (segment[offset + 1] & 0xFF) << 8;
            all.add(Arrays.copyOfRange(segment, offset + 2, offset + 2 + length));
            offset += 2 + length;
        }
        return all;
    }
}
