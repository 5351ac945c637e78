// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server on a loopback socket, run by the test's own thread; one client at a time. */
public final class SoupBinTcpServer implements AutoCloseable {
    private static final int LOGIN_LENGTH = 49;

    private final List<byte[]> messages = new ArrayList<>();
    private final List<String> logins = new ArrayList<>();
    private final List<Character> heard = new ArrayList<>();
    private final ServerSocketChannel listener;
    private final ByteBuffer input = ByteBuffer.allocate(4096);
    private ByteBuffer output = ByteBuffer.allocate(0);
    private SocketChannel client;
    private String session = "DAY1";
    private Runnable onLogin = () -> { };
    private char rejection;
    private long shift;
    private long cutAfter = Long.MAX_VALUE;
    private int sliceLength = Integer.MAX_VALUE;
    private long sent;
    private int position;
    private boolean isMute;
    private boolean isLive;
    private boolean hasEnded;

    /** Listens on a free port. */
    public SoupBinTcpServer() throws IOException {
        listener = ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        listener.configureBlocking(false);
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Logins so far: user, session and sequence. */
    public List<String> logins() {
        return logins;
    }

    /** Types of the packets that came after the logins. */
    public List<Character> heard() {
        return heard;
    }

    /** Appends a sequenced message to the session. */
    public SoupBinTcpServer message(byte[] message) {
        messages.add(message);
        return this;
    }

    /** Appends a sequenced message to the session. */
    public SoupBinTcpServer message(String text) {
        return message(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Messages of the session. */
    public List<byte[]> messages() {
        return messages;
    }

    /** Begins another session. */
    public SoupBinTcpServer session(String name) {
        session = name;
        messages.clear();
        return this;
    }

    /** Rejects logins for a reason; 0 to accept them again. */
    public SoupBinTcpServer reject(char reason) {
        rejection = reason;
        return this;
    }

    /** Goes on so many messages further ahead, or back, than it is asked to. */
    public SoupBinTcpServer shift(long count) {
        shift = count;
        return this;
    }

    /** Closes each connection after so many bytes. */
    public SoupBinTcpServer cutAfter(long bytes) {
        cutAfter = bytes;
        return this;
    }

    /** Does something whenever a client logs in, before it is answered. */
    public SoupBinTcpServer onLogin(Runnable action) {
        onLogin = action;
        return this;
    }

    /** Writes at most so many bytes at once. */
    public SoupBinTcpServer slice(int bytes) {
        sliceLength = bytes;
        return this;
    }

    /** Takes connections and answers nothing. */
    public SoupBinTcpServer mute() {
        isMute = true;
        return this;
    }

    /** Ends the session behind its last message. */
    public SoupBinTcpServer end() {
        hasEnded = true;
        return this;
    }

    /** Sends bytes as they are. */
    public SoupBinTcpServer raw(byte[] bytes) {
        ByteBuffer more = ByteBuffer.allocate(output.remaining() + bytes.length);
        output = more.put(output).put(bytes).flip();
        return this;
    }

    /** Closes the connection. */
    public void cut() throws IOException {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** True while a client is connected. */
    public boolean isConnected() {
        return client != null;
    }

    /** Does what there is to do. */
    public void poll() throws IOException {
        SocketChannel next = listener.accept();
        if (next != null) {
            cut();
            client = next;
            client.configureBlocking(false);
            input.clear();
            output = ByteBuffer.allocate(0);
            isLive = false;
            sent = 0;
        }
        if (client != null && !isMute) {
            try {
                read();
                write();
            } catch (IOException gone) {
                cut();
            }
        }
    }

    @Override
    public void close() throws IOException {
        cut();
        listener.close();
    }

    private void read() throws IOException {
        if (client.read(input) < 0) {
            cut();
            return;
        }
        input.flip();
        if (!isLive && input.remaining() >= LOGIN_LENGTH) {
            logIn();
        }
        while (isLive && input.remaining() >= 3) {
            input.getShort();
            heard.add((char) input.get());
        }
        input.compact();
    }

    private void logIn() {
        byte[] login = new byte[LOGIN_LENGTH];
        input.get(login);
        String text = new String(login, 3, 46, StandardCharsets.US_ASCII);
        String wanted = text.substring(16, 26).trim();
        long sequence = Long.parseLong(text.substring(26).trim());
        logins.add(text.substring(0, 6).trim() + ' ' + wanted + ' ' + sequence);
        onLogin.run();
        char reason = !wanted.isEmpty() && !wanted.equals(session) ? 'S' : rejection;
        if (reason != 0) {
            raw(ServerBytes.rejected(reason));
            return;
        }
        long first = Math.max(1, (sequence == 0 ? messages.size() + 1 : sequence) + shift);
        position = (int) Math.min(first - 1, Integer.MAX_VALUE);
        isLive = true;
        raw(ServerBytes.accepted(session, first));
    }

    private void write() throws IOException {
        if (client == null) {
            return;
        }
        while (isLive && position < messages.size() && output.remaining() < 1 << 16) {
            raw(ServerBytes.data('S', messages.get(position++)));
        }
        if (isLive && hasEnded && position >= messages.size()) {
            raw(ServerBytes.bare('Z'));
            isLive = false;
        }
        int limit = output.limit();
        int slice = (int) Math.min(Math.min(sliceLength, cutAfter - sent), output.remaining());
        output.limit(output.position() + slice);
        sent += client.write(output);
        output.limit(limit);
        if (sent >= cutAfter || rejection != 0 && !output.hasRemaining() && !isLive && sent > 0) {
            cut();
        }
    }
}
