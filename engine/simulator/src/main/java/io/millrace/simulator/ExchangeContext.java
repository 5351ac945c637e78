// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Options of an {@link ExchangeAgent}. */
public final class ExchangeContext {
    public static final String GROUP_DEFAULT = "239.255.26.4";
    public static final int PORT_DEFAULT = 26_400;
    public static final String INTERFACE_DEFAULT = "127.0.0.1";
    public static final String SESSION_DEFAULT = "SIMULATED";
    public static final long START_DELAY_NS_DEFAULT = 200_000_000L;
    public static final long HEARTBEAT_INTERVAL_NS_DEFAULT = 1_000_000_000L;
    public static final long END_INTERVAL_NS_DEFAULT = 50_000_000L;
    public static final int END_COUNT_DEFAULT = 20;

    private static final int MAX_SESSION_LENGTH = 10;

    private String group = GROUP_DEFAULT;
    private int port = PORT_DEFAULT;
    private String interfaceAddress = INTERFACE_DEFAULT;
    private String session = SESSION_DEFAULT;
    private long startDelayNs = START_DELAY_NS_DEFAULT;
    private long heartbeatIntervalNs = HEARTBEAT_INTERVAL_NS_DEFAULT;
    private long endIntervalNs = END_INTERVAL_NS_DEFAULT;
    private int endCount = END_COUNT_DEFAULT;
    private NanoClock clock = SystemNanoClock.INSTANCE;

    /** Multicast group, or the address of one receiver. */
    public ExchangeContext group(String value) {
        group = value;
        return this;
    }

    /** Destination port. */
    public ExchangeContext port(int value) {
        port = value;
        return this;
    }

    /** Address of the interface that sends. */
    public ExchangeContext interfaceAddress(String value) {
        interfaceAddress = value;
        return this;
    }

    /** Name of the session, at most ten characters. */
    public ExchangeContext session(String value) {
        session = value;
        return this;
    }

    /** Time from the first heart-beat to the first message, ns. */
    public ExchangeContext startDelayNs(long value) {
        startDelayNs = value;
        return this;
    }

    /** Silence after which a heart-beat is sent, ns. */
    public ExchangeContext heartbeatIntervalNs(long value) {
        heartbeatIntervalNs = value;
        return this;
    }

    /** Time between two ends of session, ns. */
    public ExchangeContext endIntervalNs(long value) {
        endIntervalNs = value;
        return this;
    }

    /** How often the end of the session is told. */
    public ExchangeContext endCount(int value) {
        endCount = value;
        return this;
    }

    /** The clock that paces. */
    public ExchangeContext clock(NanoClock value) {
        clock = value;
        return this;
    }

    /** Throws when an option is out of range. */
    public ExchangeContext conclude() {
        resolve("simulator.group", group);
        resolve("simulator.interface", interfaceAddress);
        check("simulator.port", port, 1, 65_535);
        check("simulator.session", session.length(), 1, MAX_SESSION_LENGTH);
        check("simulator.start-delay-ns", startDelayNs, 0, Long.MAX_VALUE / 4);
        check("simulator.heartbeat-interval-ns", heartbeatIntervalNs, 1, Long.MAX_VALUE / 4);
        check("simulator.end-interval-ns", endIntervalNs, 0, Long.MAX_VALUE / 4);
        check("simulator.end-count", endCount, 1, 1_000);
        return this;
    }

    public InetAddress group() {
        return resolve("simulator.group", group);
    }

    public int port() {
        return port;
    }

    public InetAddress interfaceAddress() {
        return resolve("simulator.interface", interfaceAddress);
    }

    public String session() {
        return session;
    }

    public long startDelayNs() {
        return startDelayNs;
    }

    public long heartbeatIntervalNs() {
        return heartbeatIntervalNs;
    }

    public long endIntervalNs() {
        return endIntervalNs;
    }

    public int endCount() {
        return endCount;
    }

    public NanoClock clock() {
        return clock;
    }

    private static InetAddress resolve(String option, String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(option + " " + address + " is not an address", e);
        }
    }

    private static void check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                option + " " + value + " is not within " + min + " to " + max);
        }
    }
}
