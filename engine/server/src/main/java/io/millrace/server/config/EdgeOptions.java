// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.address;
import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;

import io.millrace.edge.EdgeContext;
import java.util.List;

/** The options of page, probes and metrics; part of the table in {@link ConfigOptions}. */
public final class EdgeOptions {
    public static final String ENABLED = "edge.enabled";
    public static final String INTERFACE = EdgeContext.INTERFACE_KEY;
    public static final String PORT = EdgeContext.PORT_KEY;
    public static final String METRICS_PORT = EdgeContext.METRICS_PORT_KEY;
    public static final String REFRESH = EdgeContext.REFRESH_KEY;
    public static final String LINE_SILENCE = EdgeContext.SILENCE_KEY;
    public static final String MAX_CLIENTS = EdgeContext.CLIENTS_KEY;

    /** All of them, in the order in which they are printed. */
    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "true", oneOf("true", "false"),
            "Serve the page, /metrics, /livez and /readyz while the engine runs."),
        new ConfigOption(INTERFACE, "127.0.0.1", address(),
            "Address on which both ports listen; 0.0.0.0 is every interface of the machine."),
        new ConfigOption(PORT, "8001", integer(0, EdgeContext.MAX_PORT),
            "TCP port of page, probes and metrics; 0 takes any free one."),
        new ConfigOption(METRICS_PORT, "8000", integer(0, EdgeContext.MAX_PORT),
            "TCP port of the metrics alone; 0 takes any free one."),
        new ConfigOption(REFRESH, "500",
            integer(EdgeContext.MIN_REFRESH_MS, EdgeContext.MAX_REFRESH_MS),
            "Time from one picture of the engine to the next."),
        new ConfigOption(LINE_SILENCE, "2000",
            integer(EdgeContext.MIN_SILENCE_MS, EdgeContext.MAX_SILENCE_MS),
            "Time without a packet after which a line of which its feed tells nothing is silent."),
        new ConfigOption(MAX_CLIENTS, "64", integer(1, EdgeContext.MAX_CLIENTS),
            "Most connections at once; one more is closed and counted."));

    private EdgeOptions() {
    }
}
