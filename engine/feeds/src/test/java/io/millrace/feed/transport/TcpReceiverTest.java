// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpReceiverTest {
    private static final int PATIENCE = 5_000_000;

    private final StringBuilder taken = new StringBuilder();
    private ServerSocketChannel listener;
    private SocketChannel server;
    private TcpReceiver receiver;
    private long stampNs;
    private int limit = Integer.MAX_VALUE;

    @BeforeEach
    void open() throws IOException {
        listener = ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        receiver = new TcpReceiver((InetSocketAddress) listener.getLocalAddress(), 1 << 16,
            () -> 42);
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        listener.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldHandOnWhatCameWithItsStamp() throws IOException {
        connect();
        write("abc");
        await(() -> poll() > 0);
        write("def");
        await(() -> poll() > 0);
        assertEquals("abcdef", taken.toString());
        assertEquals(42, stampNs);
        assertEquals(6, receiver.bytesReceived());
    }

    @Test
    void shouldShowAgainWhatWasNotTaken() throws IOException {
        connect();
        limit = 0;
        write("abc");
        await(() -> poll() == 0 && receiver.bytesReceived() == 3);
        write("def");
        await(() -> poll() == 0 && receiver.bytesReceived() == 6);
        limit = 4;
        poll();
        limit = 99;
        poll();
        assertEquals("abcdef", taken.toString());
    }

    @Test
    void shouldLetTheServerWaitWhileNothingIsTaken() throws IOException {
        connect();
        limit = 0;
        server.configureBlocking(false);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        long written = 0;
        for (int idle = 0; idle < 1_000;) {
            bytes.clear();
            int count = server.write(bytes);
            written += count;
            idle = count == 0 && poll() == 0 ? idle + 1 : 0;
        }
        assertEquals(TcpReceiver.STREAM_BUFFER_LENGTH, receiver.bytesReceived());
        assertTrue(written > receiver.bytesReceived());
        limit = Integer.MAX_VALUE;
        long all = written;
        await(() -> {
            poll();
            return receiver.bytesReceived() == all;
        });
        assertEquals(written, taken.length());
    }

    @Test
    void shouldHandOnTheRestBeforeItTellsTheEnd() throws IOException {
        connect();
        limit = 0;
        write("abc");
        server.close();
        await(() -> poll() == StreamConnection.ENDED);
        assertEquals(ConnectionState.BROKEN, receiver.state());
        assertEquals("closed by the server", receiver.problem());
        limit = 99;
        assertEquals(3, poll());
        assertEquals(StreamConnection.ENDED, poll());
        assertEquals("abc", taken.toString());
    }

    @Test
    void shouldPassARefusalOn() throws IOException {
        connect();
        write("abc");
        limit = StreamHandler.REFUSED;
        await(() -> poll() == StreamHandler.REFUSED);
    }

    @Test
    void shouldSendWhatItIsGiven() throws IOException {
        connect();
        UnsafeBuffer bytes = new UnsafeBuffer("hello".getBytes(StandardCharsets.US_ASCII));
        assertTrue(receiver.send(bytes, 0, 5));
        ByteBuffer read = ByteBuffer.allocate(5);
        while (read.hasRemaining() && server.read(read) >= 0) {
            receiver.poll(this::take);
        }
        assertEquals("hello", new String(read.array(), StandardCharsets.US_ASCII));
    }

    @Test
    void shouldRefuseToKeepMoreThanItCanSend() throws IOException {
        connect();
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[TcpReceiver.SEND_BUFFER_LENGTH]);
        boolean isSent = true;
        for (int i = 0; i < 10_000 && isSent; i++) {
            isSent = receiver.send(bytes, 0, bytes.capacity());
        }
        assertFalse(isSent);
    }

    @Test
    void shouldTellWhyTheServerCannotBeReached() throws IOException {
        listener.close();
        receiver.connect();
        await(() -> receiver.advance() == ConnectionState.BROKEN);
        assertTrue(receiver.problem().contains("refused"), receiver.problem());
    }

    @Test
    void shouldTellWhichBuffersTheKernelGave() throws IOException {
        connect();
        assertTrue(receiver.receiveBufferLengthBytes() >= 1 << 16);
        assertTrue(receiver.sendBufferLengthBytes() >= 1 << 16);
    }

    @Test
    void shouldConnectAgainAndForgetWhatWasLeft() throws IOException {
        connect();
        limit = 0;
        write("abc");
        await(() -> poll() == 0 && receiver.bytesReceived() == 3);
        server.close();
        connect();
        limit = 99;
        write("xyz");
        await(() -> poll() > 0);
        assertEquals("xyz", taken.toString());
    }

    @Test
    void shouldRefuseAHostThatIsNone() {
        InetSocketAddress none = InetSocketAddress.createUnresolved("nowhere", 1);
        assertThrows(IllegalArgumentException.class, () -> new TcpReceiver(none, 1, () -> 0));
    }

    private void connect() throws IOException {
        receiver.connect();
        server = listener.accept();
        await(() -> receiver.advance() == ConnectionState.CONNECTED);
    }

    private void write(String text) throws IOException {
        server.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private int poll() {
        return receiver.poll(this::take);
    }

    private int take(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        stampNs = receiveTimeNs;
        int count = Math.min(limit, length);
        if (count > 0) {
            taken.append(buffer.getStringWithoutLengthAscii(offset, count));
        }
        return count;
    }

    private static void await(BooleanSupplier condition) {
        boolean holds = false;
        for (int i = 0; i < PATIENCE && !holds; i++) {
            holds = condition.getAsBoolean();
        }
        assertTrue(holds);
    }
}
