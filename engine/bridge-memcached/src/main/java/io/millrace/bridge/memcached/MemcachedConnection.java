// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.agrona.CloseHelper;

/**
 * A connection by Memcached's text protocol (protocol.txt, "Storage commands", "Retrieval
 * command"). The server answers in the order of the commands; writes wait for their answers in
 * groups. Bridge's thread.
 */
final class MemcachedConnection implements AutoCloseable {
    /** So few that neither side's buffers fill up while nobody reads. */
    private static final int MOST_UNANSWERED = 128;
    private static final int BUFFER_LENGTH = 1 << 16;
    private static final int MAX_LINE_LENGTH = 512;
    private static final int NO_VALUE = -1;
    private static final String END = "END";
    private static final String STORED = "STORED";

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private int unanswered;

    /**
     * Connects.
     *
     * @param address   host:port
     * @param timeoutMs longest wait for it and for each answer
     * @throws IOException when nobody answers
     */
    MemcachedConnection(String address, int timeoutMs) throws IOException {
        int colon = address.lastIndexOf(':');
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMs);
            socket.connect(new InetSocketAddress(address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1))), timeoutMs);
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_LENGTH);
        } catch (IOException e) {
            CloseHelper.quietClose(socket);
            throw e;
        }
    }

    /** Value of a key, or null. */
    String get(String key) throws IOException {
        awaitStored();
        send("get " + key(key) + "\r\n");
        out.flush();
        String line = line();
        if (line.equals(END)) {
            return null;
        }
        int length = valueLength(line);
        byte[] value = length == NO_VALUE ? new byte[0] : in.readNBytes(length);
        if (length == NO_VALUE || !line().isEmpty() || !line().equals(END)) {
            throw new IOException("memcached answers get with '" + line + "'");
        }
        return new String(value, UTF_8);
    }

    /** Of the line {@code VALUE <key> <flags> <bytes>}. */
    private static int valueLength(String line) {
        String[] words = line.split(" ");
        return words.length == 4 && words[0].equals("VALUE") ? Integer.parseInt(words[3])
            : NO_VALUE;
    }

    /**
     * Begins to set a key; {@link #awaitStored()} tells whether the server took it.
     *
     * @param ttlS seconds that it lives, 0 for as long as there is room
     */
    void set(String key, int ttlS, String value) throws IOException {
        byte[] bytes = value.getBytes(UTF_8);
        send("set " + key(key) + " 0 " + ttlS + ' ' + bytes.length + "\r\n");
        out.write(bytes);
        send("\r\n");
        unanswered++;
        if (unanswered == MOST_UNANSWERED) {
            awaitStored();
        }
    }

    /**
     * Returns when all that was set is in the server.
     *
     * @throws IOException when it is away or refuses something
     */
    void awaitStored() throws IOException {
        if (unanswered > 0) {
            out.flush();
        }
        while (unanswered > 0) {
            String line = line();
            if (!line.equals(STORED)) {
                throw new IOException("memcached answers set with '" + line + "'");
            }
            unanswered--;
        }
    }

    /** Keys have no spaces and no control characters. */
    private static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        for (byte sign : name.getBytes(UTF_8)) {
            if (sign > ' ' && sign < 127 && sign != '%') {
                key.append((char) sign);
            } else {
                key.append(String.format("%%%02X", sign & 0xff));
            }
        }
        return key.toString();
    }

    private void send(String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int sign = in.read(); sign != '\n'; sign = in.read()) {
            if (sign < 0) {
                throw new EOFException("memcached has closed the connection");
            }
            if (line.length() > MAX_LINE_LENGTH) {
                throw new IOException("memcached answers with '" + line + "...'");
            }
            if (sign != '\r') {
                line.append((char) sign);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        CloseHelper.quietClose(socket);
    }
}
