// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options of the edge. Setters and getters share a name; {@link #conclude()} validates. One thread,
 * before the edge is opened.
 */
public final class EdgeContext {
    public static final String INTERFACE_KEY = "edge.interface";
    public static final String PORT_KEY = "edge.port";
    public static final String METRICS_PORT_KEY = "edge.metrics-port";
    public static final String REFRESH_KEY = "edge.refresh-ms";
    public static final String SILENCE_KEY = "edge.line-silence-ms";
    public static final String CLIENTS_KEY = "edge.max-clients";
    public static final int MAX_PORT = 65_535;
    public static final int MIN_REFRESH_MS = 100;
    public static final int MAX_REFRESH_MS = 10_000;
    public static final int MIN_SILENCE_MS = 100;
    public static final int MAX_SILENCE_MS = 3_600_000;
    public static final int MAX_CLIENTS = 10_000;

    private String interfaceAddress = "127.0.0.1";
    private int port = 8001;
    private int metricsPort = 8000;
    private int refreshMs = 500;
    private int lineSilenceMs = 2_000;
    private int maxClients = 64;
    private String version = "unknown";

    /** Address on which both ports listen; 0.0.0.0 for all. */
    public EdgeContext interfaceAddress(String address) {
        interfaceAddress = address;
        return this;
    }

    public String interfaceAddress() {
        return interfaceAddress;
    }

    /** Port of page, probes and metrics; 0 for any free one. */
    public EdgeContext port(int number) {
        port = number;
        return this;
    }

    public int port() {
        return port;
    }

    /** Port of the metrics alone; 0 for any free one. */
    public EdgeContext metricsPort(int number) {
        metricsPort = number;
        return this;
    }

    public int metricsPort() {
        return metricsPort;
    }

    /** Time from one picture of the engine to the next. */
    public EdgeContext refreshMs(int ms) {
        refreshMs = ms;
        return this;
    }

    public int refreshMs() {
        return refreshMs;
    }

    /** Time without a packet after which a line is silent, unless its feed says so itself. */
    public EdgeContext lineSilenceMs(int ms) {
        lineSilenceMs = ms;
        return this;
    }

    public int lineSilenceMs() {
        return lineSilenceMs;
    }

    /** Most connections at once; a further one is closed and counted. */
    public EdgeContext maxClients(int count) {
        maxClients = count;
        return this;
    }

    public int maxClients() {
        return maxClients;
    }

    /** Version of the build, for page and metrics. */
    public EdgeContext version(String text) {
        version = text;
        return this;
    }

    public String version() {
        return version;
    }

    /** The options that a configuration may set, by key, as text. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(INTERFACE_KEY, interfaceAddress);
        properties.put(PORT_KEY, String.valueOf(port));
        properties.put(METRICS_PORT_KEY, String.valueOf(metricsPort));
        properties.put(REFRESH_KEY, String.valueOf(refreshMs));
        properties.put(SILENCE_KEY, String.valueOf(lineSilenceMs));
        properties.put(CLIENTS_KEY, String.valueOf(maxClients));
        return properties;
    }

    /**
     * Checks every option.
     *
     * @throws IllegalArgumentException naming the option, its value and the range
     */
    public EdgeContext conclude() {
        range(PORT_KEY, port, 0, MAX_PORT);
        range(METRICS_PORT_KEY, metricsPort, 0, MAX_PORT);
        range(REFRESH_KEY, refreshMs, MIN_REFRESH_MS, MAX_REFRESH_MS);
        range(SILENCE_KEY, lineSilenceMs, MIN_SILENCE_MS, MAX_SILENCE_MS);
        range(CLIENTS_KEY, maxClients, 1, MAX_CLIENTS);
        if (port == metricsPort && port != 0) {
            throw new IllegalArgumentException(METRICS_PORT_KEY + " " + metricsPort
                + " is " + PORT_KEY + " too; name two, or 0 for any free one");
        }
        return this;
    }

    private static void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                option + " " + value + " is not from " + least + " to " + most);
        }
    }
}
