// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.moldudp64.PacketHeaderEncoder;
import io.millrace.simulator.wire.ImpairmentContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestServerTest {
    private static final String SESSION = "TEST      ";
    private static final int PATIENCE = 1_000;

    private final VenueRun run = new VenueRun(new ImpairmentContext());
    private final List<byte[]> messages = new ArrayList<>();
    private DatagramChannel client;

    @BeforeEach
    void open() throws IOException {
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
    void shouldAnswerExactlyWhatWasAsked() {
        startAndEnd(new RequestContext());
        for (long first : new long[]{1, 2, 777, 19_990, 20_000}) {
            byte[] reply = ask(SESSION, first, 1);
            assertReply(reply, first, 1);
        }
        assertReply(ask(SESSION, 5_000, 7), 5_000, 7);
        assertEquals("answered 6, messages 12", run.agent.requests().toString());
    }

    @Test
    void shouldCutAReplyToWhatFitsAndAnswerTheRestWhenAskedAgain() {
        startAndEnd(new RequestContext().maxReplyLength(300));
        long next = 100;
        int replies = 0;
        while (next < 300) {
            byte[] reply = ask(SESSION, next, (int) (300 - next));
            assertTrue(reply.length <= 300, "length " + reply.length);
            int count = VenueRun.count(reply);
            assertReply(reply, next, count);
            int oneMore = next + count < 300
                ? 2 + messages.get((int) next + count - 1).length : 999;
            assertTrue(reply.length + oneMore > 300, "as many as fit");
            next += count;
            replies++;
        }
        assertEquals(300, next);
        assertEquals(replies - 1, run.agent.requests().of(RequestCount.CUT));
        assertEquals(200, run.agent.requests().of(RequestCount.MESSAGES));
    }

    @Test
    void shouldCutAReplyToItsNumberOfMessages() {
        startAndEnd(new RequestContext().maxMessages(4));
        assertReply(ask(SESSION, 10, 500), 10, 4);
    }

    @Test
    void shouldAnswerUpToTheNewestMessageAndNothingBeyond() {
        run.context.requests(new RequestContext());
        run.start();
        while (run.agent.messagesSent() < 1_000) {
            run.step(20_000);
        }
        for (int i = 0; i < PATIENCE; i++) {
            run.step(0);
        }
        long sent = run.agent.messagesSent();
        run.data(0).forEach(datagram -> messages.addAll(VenueRun.messages(datagram)));
        assertReply(ask(SESSION, sent - 2, 10), sent - 2, 3);
        assertNull(ask(SESSION, sent + 1, 1));
        assertNull(ask(SESSION, Long.MAX_VALUE, 0xFFFF));
        assertEquals(2, run.agent.requests().of(RequestCount.NOT_AVAILABLE));
    }

    @Test
    void shouldStaySilentOnWhatIsNotARequestOfThisSession() throws IOException {
        startAndEnd(new RequestContext());
        assertNull(ask("TEST2     ", 1, 1));
        assertNull(ask("      TEST", 1, 1));
        assertNull(ask(SESSION, 0, 1));
        assertNull(ask(SESSION, -1, 1));
        assertNull(ask(SESSION, 1, 0));
        assertNull(answer(Arrays.copyOf(request(SESSION, 1, 1), 19)));
        assertNull(answer(Arrays.copyOf(request(SESSION, 1, 1), 21)));
        assertNull(answer(new byte[0]));
        assertEquals("malformed 6, wrong session 2", run.agent.requests().toString());
        assertReply(ask(SESSION, 1, 1), 1, 1);
    }

    @Test
    void shouldAnswerNoMoreThanItsRate() {
        startAndEnd(new RequestContext().requestsPerSecond(3));
        int answers = 0;
        for (int i = 0; i < 10; i++) {
            answers += ask(SESSION, 1, 1) == null ? 0 : 1;
        }
        run.step(1_000 * VenueRun.MS);
        assertReply(ask(SESSION, 1, 1), 1, 1);
        assertEquals(3, answers);
        assertEquals(7, run.agent.requests().of(RequestCount.THROTTLED));
    }

    @Test
    void shouldTakeRequestsAndStaySilentWhileItIsSwitchedOff() {
        startAndEnd(new RequestContext().silent());
        assertNull(ask(SESSION, 1, 1));
        run.agent.answering(true);
        assertReply(ask(SESSION, 1, 1), 1, 1);
        run.agent.answering(false);
        assertNull(ask(SESSION, 1, 1));
        assertEquals("answered 1, ignored 2, messages 1", run.agent.requests().toString());
    }

    @Test
    void shouldNotAnswerWhatItNoLongerKeeps() {
        run.context.storeMessages(1_000);
        startAndEnd(new RequestContext());
        assertNull(ask(SESSION, 15_000, 1));
        assertReply(ask(SESSION, 19_900, 3), 19_900, 3);
        assertEquals(1, run.agent.requests().of(RequestCount.NOT_AVAILABLE));
    }

    private void startAndEnd(RequestContext context) {
        run.context.requests(context);
        run.start().toEnd();
        run.data(0).forEach(datagram -> messages.addAll(VenueRun.messages(datagram)));
    }

    private void assertReply(byte[] reply, long first, int count) {
        assertEquals(SESSION, VenueRun.session(reply));
        assertEquals(first, VenueRun.sequence(reply));
        List<byte[]> answered = VenueRun.messages(reply);
        assertEquals(count, answered.size());
        int length = VenueRun.HEADER;
        for (int i = 0; i < count; i++) {
            assertArrayEquals(messages.get((int) first - 1 + i), answered.get(i));
            length += Short.BYTES + answered.get(i).length;
        }
        assertEquals(length, reply.length);
    }

    private byte[] ask(String session, long first, int count) {
        try {
            return answer(request(session, first, count));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] request(String session, long first, int count) {
        byte[] request = new byte[VenueRun.HEADER];
        new PacketHeaderEncoder().wrap(new UnsafeBuffer(request), 0)
            .putSession(session.getBytes(StandardCharsets.US_ASCII), 0).sequenceNumber(first)
            .messageCount(count);
        return request;
    }

    private byte[] answer(byte[] request) throws IOException {
        long before = taken();
        client.send(ByteBuffer.wrap(request),
            new InetSocketAddress("127.0.0.1", run.agent.requestPort()));
        for (int i = 0; i < PATIENCE && taken() == before; i++) {
            run.step(0);
        }
        assertEquals(before + 1, taken(), "the request was taken");
        ByteBuffer reply = ByteBuffer.allocate(2_048);
        return client.receive(reply) == null ? null
            : Arrays.copyOf(reply.array(), reply.position());
    }

    private long taken() {
        long taken = 0;
        for (RequestCount count : RequestCount.values()) {
            boolean isRequest = count.ordinal() < RequestCount.MESSAGES.ordinal();
            taken += isRequest ? run.agent.requests().of(count) : 0;
        }
        return taken;
    }
}
