// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MulticastReceiverTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BUFFER_LENGTH = 1 << 20;
    private static final int PATIENCE = 50_000_000;

    private final List<String> received = new ArrayList<>();
    private InetAddress group;
    private MulticastReceiver receiver;
    private DatagramChannel sender;
    private long timeNs;

    @BeforeEach
    void open() throws IOException {
        group = InetAddress.getByName("239.255.71.1");
        receiver = MulticastReceiver.open(group, 0, LOOPBACK, BUFFER_LENGTH, () -> ++timeNs);
        sender = DatagramChannel.open(StandardProtocolFamily.INET);
        sender.setOption(StandardSocketOptions.IP_MULTICAST_IF,
            NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)));
        sender.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        sender.close();
    }

    @Test
    void shouldReceiveDatagramsInOrderWithTheirStamps() throws IOException {
        send("one");
        send("two");
        send("");
        poll(3, this::record);
        assertEquals(List.of("one@1", "two@2", "@3"), received);
        assertEquals(3, receiver.packets());
    }

    @Test
    void shouldHearTheGroupAfterJoiningItAgain() throws IOException {
        send("one");
        poll(1, this::record);
        receiver.rejoin();
        receiver.rejoin();
        send("two");
        poll(1, this::record);
        assertEquals(List.of("one@1", "two@2"), received);
    }

    @Test
    void shouldNotBlockWhenNothingWaits() throws IOException {
        assertEquals(0, receiver.poll(this::record, 10));
        assertEquals(List.of(), received);
    }

    @Test
    void shouldHandOnNoMoreThanAsked() throws IOException {
        send("one");
        send("two");
        poll(1, this::record);
        assertEquals(List.of("one@1"), received);
    }

    @Test
    void shouldTellTheBufferThatTheKernelGave() throws IOException {
        assertTrue(receiver.receiveBufferLengthBytes() >= BUFFER_LENGTH / 8,
            "got " + receiver.receiveBufferLengthBytes());
    }

    @Test
    void shouldNotHearAnotherGroupOfTheHostWithTheSamePort() throws IOException {
        InetAddress otherGroup = InetAddress.getByName("239.255.71.9");
        try (MulticastReceiver other = MulticastReceiver.open(otherGroup, receiver.port(), LOOPBACK,
            BUFFER_LENGTH, () -> 7)) {
            sender.send(ByteBuffer.wrap("other".getBytes()),
                new InetSocketAddress(otherGroup, receiver.port()));
            send("own");
            poll(1, this::record);
            for (int i = 0; i < PATIENCE && received.size() < 2; i++) {
                other.poll(this::record, 1);
            }
            assertEquals(0, other.poll(this::record, 1));
        }
        assertEquals(0, receiver.poll(this::record, 1));
        assertEquals(List.of("own@1", "other@7"), received);
    }

    @Test
    void shouldNotHearWhatIsSentToTheHostItself() throws IOException {
        sender.send(ByteBuffer.wrap("stray".getBytes()),
            new InetSocketAddress(LOOPBACK, receiver.port()));
        send("own");
        poll(1, this::record);
        assertEquals(List.of("own@1"), received);
    }

    @Test
    void shouldJoinByTheNameOfAnInterface() throws IOException {
        String name = NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)).getName();
        try (MulticastReceiver named = MulticastReceiver.open(group, receiver.port(), name,
            BUFFER_LENGTH, () -> 7)) {
            send("named");
            for (int i = 0; i < PATIENCE && received.isEmpty(); i++) {
                named.poll(this::record, 1);
            }
        }
        assertEquals(List.of("named@7"), received);
    }

    @Test
    void shouldRefuseAnInterfaceThatIsNone() {
        IOException refused = assertThrows(IOException.class,
            () -> MulticastReceiver.open(group, 0, "nowhere7", BUFFER_LENGTH, () -> 0));
        assertEquals("no network interface 'nowhere7'", refused.getMessage());
    }

    @Test
    void shouldAllocateNothingPerDatagramOfOneSender() throws IOException {
        long[] bytes = new long[1];
        PacketHandler handler = (buffer, offset, length, receiveTimeNs) ->
            bytes[0] += buffer.getByte(offset);
        ByteBuffer datagram = ByteBuffer.allocateDirect(100);
        exchange(datagram, handler, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long received = exchange(datagram, handler, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(20_000, received);
        assertTrue(allocated < received, allocated + " bytes for " + received);
    }

    private long exchange(ByteBuffer datagram, PacketHandler handler, int count)
        throws IOException {
        InetSocketAddress target = new InetSocketAddress(group, receiver.port());
        ReceivingSide side = new ReceivingSide(receiver);
        long total = 0;
        for (int i = 0; i < count; i++) {
            datagram.clear();
            sender.send(datagram, target);
            total += side.await(handler);
        }
        return total;
    }

    private void send(String text) throws IOException {
        sender.send(ByteBuffer.wrap(text.getBytes()),
            new InetSocketAddress(group, receiver.port()));
    }

    private void poll(int count, PacketHandler handler) throws IOException {
        int left = count;
        for (int i = 0; i < PATIENCE && left > 0; i++) {
            left -= receiver.poll(handler, left);
        }
        assertEquals(0, left, "datagrams that did not come");
    }

    private void record(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        received.add(buffer.getStringWithoutLengthAscii(offset, length) + '@' + receiveTimeNs);
    }

    private record ReceivingSide(MulticastReceiver receiver) {
        int await(PacketHandler handler) throws IOException {
            int count = 0;
            for (int i = 0; i < PATIENCE && count == 0; i++) {
                count = receiver.poll(handler, 1);
            }
            return count;
        }
    }
}
