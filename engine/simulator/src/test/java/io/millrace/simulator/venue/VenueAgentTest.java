// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.simulator.FlowDatagrams;
import io.millrace.simulator.NaiveBooks;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.SimulatedBooks;
import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.LineContext;
import io.millrace.simulator.wire.StreamContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class VenueAgentTest {
    @Test
    void shouldSendTheWholeFlowOverBothLinesAndTellItsEnd() throws IOException {
        List<byte[]> flow = VenueRun.flow();
        try (VenueRun run = lines(2).start().toEnd()) {
            for (int line = 0; line < 2; line++) {
                List<byte[]> all = run.received.get(line);
                assertEquals(1 + flow.size() + 4, all.size());
                assertEquals(0, VenueRun.count(all.get(0)));
                assertEquals(1, VenueRun.sequence(all.get(0)));
                assertSame(flow, all.subList(1, 1 + flow.size()));
                for (byte[] end : all.subList(1 + flow.size(), all.size())) {
                    assertEquals(VenueRun.END, VenueRun.count(end));
                    assertEquals(VenueRun.MESSAGES + 1, VenueRun.sequence(end));
                }
                assertTrue(run.agent.line(line).isBalanced());
            }
            assertEquals(VenueRun.MESSAGES, run.agent.messagesSent());
            assertBooks(run.agent.flow().books(), books(run.data(0)));
        }
    }

    @Test
    void shouldSendEachDatagramAtTheTimeItHasInTheFlow() throws IOException {
        FlowDatagrams twin = new FlowDatagrams(new OrderFlow(VenueRun.day()), "TEST");
        try (VenueRun run = lines(1)) {
            run.pacing.startDelayNs(1_000);
            run.start();
            assertTrue(twin.next());
            long startNs = run.nowNs() + 1_000;
            long flowStartNs = twin.timeNs();
            for (int i = 0; i < 200; i++) {
                long before = run.agent.messagesSent();
                run.step(startNs + twin.timeNs() - flowStartNs - 1 - run.nowNs());
                assertEquals(before, run.agent.messagesSent(), "not before its time");
                run.step(1);
                assertEquals(before + twin.messages(), run.agent.messagesSent());
                assertTrue(twin.next());
            }
            assertEquals(0, run.agent.lateness().getMaxValue());
        }
    }

    @Test
    void shouldLeaveNoSocketOpenWhenOneCannotBeOpened() throws IOException {
        InetAddress host = InetAddress.getLoopbackAddress();
        int port;
        try (DatagramSocket free = new DatagramSocket(0, host)) {
            port = free.getLocalPort();
        }
        try (VenueRun run = lines(1); ServerSocket taken = new ServerSocket(0, 1, host)) {
            run.context.requests(new RequestContext().port(port))
                .stream(new StreamContext().port(taken.getLocalPort()));
            assertThrows(UncheckedIOException.class, run::start);
            try (DatagramSocket again = new DatagramSocket(port, host)) {
                assertEquals(port, again.getLocalPort());
            }
        }
    }

    @Test
    void shouldTellTheNextSequenceInEverySecondOfSilence() throws IOException {
        try (VenueRun run = lines(1)) {
            run.pacing.startDelayNs(5_000 * VenueRun.MS);
            run.start();
            for (int i = 0; i < 49; i++) {
                run.step(100 * VenueRun.MS);
            }
            assertEquals(List.of(1L, 1L, 1L, 1L, 1L),
                run.received.get(0).stream().map(VenueRun::sequence).toList());
        }
    }

    @Test
    void shouldBeginASecondSessionWithAllThatIsOpen() throws IOException {
        try (VenueRun run = lines(2)) {
            run.pacing.restartAtNs(250 * VenueRun.MS);
            run.start().toEnd();
            List<byte[]> first =
                run.data(1).stream().filter(d -> VenueRun.session(d).equals("TEST      ")).toList();
            List<byte[]> second =
                run.data(1).stream().filter(d -> VenueRun.session(d).equals("TEST2     ")).toList();
            assertEquals(run.data(1).size(), first.size() + second.size());
            assertEquals(1, VenueRun.sequence(second.get(0)));
            byte[] end = run.received.get(1).get(run.received.get(1).size() - 1);
            assertEquals("TEST2     ", VenueRun.session(end));
            long messages = count(first) + count(second);
            assertEquals(count(second) + 1, VenueRun.sequence(end));
            assertEquals(run.agent.messagesSent(), messages);
            assertTrue(messages > VenueRun.MESSAGES, "the open state was told again");
            assertBooks(run.agent.flow().books(), books(second));
            assertSame(run.data(0), run.data(1));
        }
    }

    @Test
    void shouldStampMessagesByAClockThatSteps() throws IOException {
        try (VenueRun run = lines(1)) {
            run.pacing.clockStep(200 * VenueRun.MS, -3_000 * VenueRun.MS);
            run.start().toEnd();
            long startNs = 36_000_000_000_000L;
            long previousNs = startNs;
            int steps = 0;
            for (byte[] datagram : run.data(0)) {
                for (byte[] message : VenueRun.messages(datagram)) {
                    long timeNs = timeNs(message);
                    if (timeNs < previousNs) {
                        steps++;
                        assertTrue(timeNs >= startNs - 2_800 * VenueRun.MS, "time " + timeNs);
                        assertTrue(previousNs < startNs + 200 * VenueRun.MS, "at " + previousNs);
                    }
                    previousNs = timeNs;
                }
            }
            assertEquals(1, steps);
        }
    }

    @Test
    void shouldAllocateNothingWhileItSends() throws IOException {
        ImpairmentContext rough = new ImpairmentContext().lossPpm(10_000).duplicatePpm(10_000)
            .reordering(10_000, 8).burstLoss(1_000, 5).corruption(1_000, 2, 100);
        try (VenueRun run = new VenueRun(rough, new ImpairmentContext())) {
            long[] nowNs = {1};
            run.context.requests(new RequestContext()).stream(new StreamContext());
            run.context.flow(VenueRun.day().messages(600_000));
            run.pacing.clock(() -> nowNs[0]);
            VenueAgent agent = new VenueAgent(run.context);
            agent.onStart();
            drive(agent, nowNs, 300_000);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            drive(agent, nowNs, 550_000);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            agent.onClose();
            assertTrue(allocated < 2_500, allocated + " bytes in 250,000 messages");
        }
    }

    @Test
    void shouldRefuseWhatCannotBeSentTo() {
        assertRefused("simulator.port 0 is not within 1 to 65535",
            new VenueContext().line(new LineContext().port(0)));
        assertRefused("simulator.lines 0 is not within 1 to 8", new VenueContext());
        assertRefused("simulator.session characters 11 is not within 1 to 10",
            new VenueContext().session("elevenchars").line(new LineContext()));
        assertRefused("simulator.loss-ppm 1000001 is not within 0 to 1000000", new VenueContext()
            .line(new LineContext().impairments(new ImpairmentContext().lossPpm(1_000_001))));
        assertRefused("simulator.burst-every-ns 30 is not within 31 to 2305843009213693951",
            new VenueContext().line(new LineContext()).pacing(
                new PacingContext().burst(new BurstContext().rate(3, 10).every(30))));
    }

    static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }

    static void assertBooks(SimulatedBooks expected, NaiveBooks actual) {
        assertEquals(expected.liveOrders(), actual.liveOrders());
        for (int locate = 1; locate <= VenueRun.SYMBOLS; locate++) {
            assertEquals(expected.checksum(locate), actual.checksum(locate));
        }
    }

    static NaiveBooks books(List<byte[]> datagrams) {
        NaiveBooks books = new NaiveBooks();
        datagrams.forEach(datagram -> VenueRun.messages(datagram).forEach(
            message -> books.onMessage(new UnsafeBuffer(message), 0, message.length)));
        return books;
    }

    private static VenueRun lines(int count) {
        List<ImpairmentContext> clean = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clean.add(new ImpairmentContext());
        }
        return new VenueRun(clean.toArray(new ImpairmentContext[0]));
    }

    private static long count(List<byte[]> datagrams) {
        return datagrams.stream().mapToLong(VenueRun::count).sum();
    }

    private static void drive(VenueAgent agent, long[] nowNs, long untilMessages) {
        while (agent.messagesSent() < untilMessages) {
            nowNs[0] += 10_000;
            agent.doWork();
        }
    }

    private static long timeNs(byte[] message) {
        long timeNs = 0;
        for (int i = 5; i < 11; i++) {
            timeNs = timeNs << Byte.SIZE | message[i] & 0xFF;
        }
        return timeNs;
    }

    private static void assertRefused(String message, VenueContext context) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
