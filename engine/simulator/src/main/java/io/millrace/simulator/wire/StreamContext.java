// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import static io.millrace.simulator.wire.OptionRange.address;
import static io.millrace.simulator.wire.OptionRange.check;

import java.net.InetAddress;

/** Options of a SoupBinTCP server, of a live session or of snapshots. */
public final class StreamContext {
    public static final String USERNAME_DEFAULT = "MILL";
    public static final String PASSWORD_DEFAULT = "RACE";
    public static final int MAX_CLIENTS_DEFAULT = 8;
    public static final int BUFFER_LENGTH_DEFAULT = 1 << 16;
    public static final long HEARTBEAT_INTERVAL_NS_DEFAULT = 1_000_000_000L;
    public static final long CLIENT_TIMEOUT_NS_DEFAULT = 15_000_000_000L;

    private static final long MAX_NS = Long.MAX_VALUE / 4;

    private String interfaceAddress = LineContext.INTERFACE_DEFAULT;
    private int port;
    private String username = USERNAME_DEFAULT;
    private String password = PASSWORD_DEFAULT;
    private int maxClients = MAX_CLIENTS_DEFAULT;
    private int bufferLengthBytes = BUFFER_LENGTH_DEFAULT;
    private long heartbeatIntervalNs = HEARTBEAT_INTERVAL_NS_DEFAULT;
    private long clientTimeoutNs = CLIENT_TIMEOUT_NS_DEFAULT;
    private long cutAfterMessages;

    /** Address that the server listens at. */
    public StreamContext interfaceAddress(String value) {
        interfaceAddress = value;
        return this;
    }

    /** Port that the server listens at, 0 for any free one. */
    public StreamContext port(int value) {
        port = value;
        return this;
    }

    /** Who may log in: at most six characters, and at most ten; case does not count. */
    public StreamContext login(String user, String secret) {
        username = user;
        password = secret;
        return this;
    }

    /** Connections at a time; further ones are closed at once. */
    public StreamContext maxClients(int value) {
        maxClients = value;
        return this;
    }

    /** Bytes that may wait for a client's socket. */
    public StreamContext bufferLengthBytes(int value) {
        bufferLengthBytes = value;
        return this;
    }

    /** Silence after which a heart-beat is sent, and after which a client is given up. */
    public StreamContext timeouts(long heartbeatNs, long clientNs) {
        heartbeatIntervalNs = heartbeatNs;
        clientTimeoutNs = clientNs;
        return this;
    }

    /** Cuts every connection after so many messages, without a good-bye; 0 for never. */
    public StreamContext cutAfterMessages(long value) {
        cutAfterMessages = value;
        return this;
    }

    /** Throws when an option is out of range. */
    public StreamContext conclude() {
        address("simulator.stream-interface", interfaceAddress);
        check("simulator.stream-port", port, 0, 65_535);
        check("simulator.stream-username characters", username.length(), 1, 6);
        check("simulator.stream-password characters", password.length(), 1, 10);
        check("simulator.stream-clients", maxClients, 1, 1_024);
        check("simulator.stream-buffer-bytes", bufferLengthBytes, 1 << 10, 1 << 24);
        check("simulator.stream-heartbeat-ns", heartbeatIntervalNs, 1, MAX_NS);
        check("simulator.stream-timeout-ns", clientTimeoutNs, 1, MAX_NS);
        check("simulator.stream-cut-after-messages", cutAfterMessages, 0, MAX_NS);
        return this;
    }

    public InetAddress interfaceAddress() {
        return address("simulator.stream-interface", interfaceAddress);
    }

    public int port() {
        return port;
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    public int maxClients() {
        return maxClients;
    }

    public int bufferLengthBytes() {
        return bufferLengthBytes;
    }

    public long heartbeatIntervalNs() {
        return heartbeatIntervalNs;
    }

    public long clientTimeoutNs() {
        return clientTimeoutNs;
    }

    public long cutAfterMessages() {
        return cutAfterMessages;
    }
}
