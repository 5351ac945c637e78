// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.bridge.memcached.MemcachedContext;
import java.util.List;

/** The options of the way to Memcached; part of the table in {@link ConfigOptions}. */
public final class MemcachedOptions {
    public static final String ENABLED = "bridge.memcached.enabled";
    public static final String SERVERS = MemcachedContext.SERVERS_KEY;
    public static final String CLIENT_ID = MemcachedContext.CLIENT_ID_KEY;
    public static final String QUOTE_TTL = MemcachedContext.QUOTE_TTL_KEY;
    public static final String TIMEOUT = MemcachedContext.TIMEOUT_KEY;

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "false", oneOf("true", "false"),
            "Keep the newest values of each security in Memcached, on a thread of its own."),
        new ConfigOption(SERVERS, MemcachedContext.SERVERS_DEFAULT, text(4096),
            "Servers, host:port with commas between; several share the securities by CRC-32."),
        new ConfigOption(CLIENT_ID, MemcachedContext.CLIENT_ID_DEFAULT,
            text(MemcachedContext.MAX_CLIENT_ID_LENGTH),
            "Name of this engine among all that write to these servers."),
        new ConfigOption(QUOTE_TTL, Integer.toString(MemcachedContext.QUOTE_TTL_S_DEFAULT),
            integer(1, MemcachedContext.MAX_QUOTE_TTL_S),
            "Time that a quote counts as fresh; it ends up to a second earlier."),
        new ConfigOption(TIMEOUT, Integer.toString(MemcachedContext.TIMEOUT_MS_DEFAULT),
            integer(1, MemcachedContext.MAX_TIMEOUT_MS), "Longest wait for a server."));

    private MemcachedOptions() {
    }
}
