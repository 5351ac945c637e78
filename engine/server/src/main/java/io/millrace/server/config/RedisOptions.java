// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.bridge.redis.MemoryContext;
import io.millrace.bridge.redis.RedisContext;
import java.util.List;

/** The options of the way to Redis; part of the table in {@link ConfigOptions}. */
public final class RedisOptions {
    public static final String ENABLED = "bridge.redis.enabled";
    public static final String SERVERS = RedisContext.SERVERS_KEY;
    public static final String ROUTING = RedisContext.ROUTING_KEY;
    public static final String CLIENT_ID = RedisContext.CLIENT_ID_KEY;
    public static final String USER = RedisContext.USER_KEY;
    public static final String PASSWORD_FILE = "bridge.redis.password-file";
    public static final String TLS = RedisContext.TLS_KEY;
    public static final String QUOTE_TTL = RedisContext.QUOTE_TTL_KEY;
    public static final String TIMEOUT = RedisContext.TIMEOUT_KEY;
    public static final String MEMORY_HIGH = MemoryContext.HIGH_KEY;
    public static final String MEMORY_LOW = MemoryContext.LOW_KEY;
    public static final String MEMORY_CHECK = MemoryContext.CHECK_KEY;
    /** Environment variable with the password; no option, for it stands in no report. */
    public static final String PASSWORD = "MILLRACE_REDIS_PASSWORD";
    /** In the place of a name: no such user, no such file. */
    public static final String NONE = "none";

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "false", oneOf("true", "false"),
            "Keep the newest values of each security in Redis, on a thread of its own."),
        new ConfigOption(SERVERS, RedisContext.SERVERS_DEFAULT, text(4096),
            "Servers, host:port with commas between, in the order of the routing."),
        new ConfigOption(ROUTING, "letters", oneOf("letters", "slots", "cluster"),
            "How several servers share the securities: by ranges of the first letter, by CRC16,"
                + " or as a Redis Cluster does, of which the servers are some."),
        new ConfigOption(CLIENT_ID, RedisContext.CLIENT_ID_DEFAULT, text(200),
            "Name of this engine among all that write to these servers."),
        new ConfigOption(USER, NONE, text(200), "User of the servers' access control list."),
        new ConfigOption(PASSWORD_FILE, NONE, text(4096),
            "File whose first line is the password, where the environment variable " + PASSWORD
                + " is not set."),
        new ConfigOption(TLS, "false", oneOf("true", "false"), "Connect by TLS."),
        new ConfigOption(QUOTE_TTL, Integer.toString(RedisContext.QUOTE_TTL_MS_DEFAULT),
            integer(1, RedisContext.MAX_QUOTE_TTL_MS),
            "Time that a quote counts as fresh, as long as there is memory."),
        new ConfigOption(TIMEOUT, Integer.toString(RedisContext.TIMEOUT_MS_DEFAULT),
            integer(1, RedisContext.MAX_TIMEOUT_MS), "Longest wait for a server."),
        new ConfigOption(MEMORY_HIGH, Integer.toString(MemoryContext.HIGH_PERCENT_DEFAULT),
            integer(2, MemoryContext.MAX_PERCENT),
            "Percent of a server's maxmemory from which quotes live shorter by steps and those of"
                + " the securities quoted least often are left out."),
        new ConfigOption(MEMORY_LOW, Integer.toString(MemoryContext.LOW_PERCENT_DEFAULT),
            integer(1, MemoryContext.MAX_PERCENT - 1),
            "Percent below which both return by steps; less than " + MEMORY_HIGH + "."),
        new ConfigOption(MEMORY_CHECK, Integer.toString(MemoryContext.CHECK_MS_DEFAULT),
            integer(1, MemoryContext.MAX_CHECK_MS),
            "Time from one look at a server's memory to the next; each may go one step."));

    private RedisOptions() {
    }
}
