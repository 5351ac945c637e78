// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.bridge.postgres.PostgresContext;
import java.util.List;

/** The options of the way to PostgreSQL; part of the table in {@link ConfigOptions}. */
public final class PostgresOptions {
    public static final String ENABLED = "bridge.postgres.enabled";
    public static final String SERVERS = PostgresContext.SERVERS_KEY;
    public static final String DATABASE = PostgresContext.DATABASE_KEY;
    public static final String SCHEMA = PostgresContext.SCHEMA_KEY;
    public static final String CLIENT_ID = PostgresContext.CLIENT_ID_KEY;
    public static final String USER = PostgresContext.USER_KEY;
    public static final String PASSWORD_FILE = "bridge.postgres.password-file";
    public static final String TLS = PostgresContext.TLS_KEY;
    public static final String TLS_ROOT = PostgresContext.TLS_ROOT_KEY;
    public static final String TIMESCALE = PostgresContext.TIMESCALE_KEY;
    public static final String TIMEOUT = PostgresContext.TIMEOUT_KEY;
    /** Environment variable with the password; no option, for it stands in no report. */
    public static final String PASSWORD = "MILLRACE_POSTGRES_PASSWORD";
    /** In the place of a name: no such file. */
    public static final String NONE = "none";

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "false", oneOf("true", "false"),
            "Copy the journals to tables of PostgreSQL, on a thread of its own."),
        new ConfigOption(SERVERS, PostgresContext.SERVERS_DEFAULT, text(4096),
            "Servers, host:port with commas between; the one that takes writes is found."),
        new ConfigOption(DATABASE, PostgresContext.DATABASE_DEFAULT, text(63),
            "Database, which has to be there."),
        new ConfigOption(SCHEMA, PostgresContext.SCHEMA_DEFAULT, text(63),
            "Schema of the tables; made when it is missing."),
        new ConfigOption(CLIENT_ID, PostgresContext.CLIENT_ID_DEFAULT, text(200),
            "Name of this engine among all that write to the schema."),
        new ConfigOption(USER, PostgresContext.USER_DEFAULT, text(200), "Who writes."),
        new ConfigOption(PASSWORD_FILE, NONE, text(4096),
            "File whose first line is the password, where the environment variable " + PASSWORD
                + " is not set."),
        new ConfigOption(TLS, PostgresContext.TLS_DEFAULT,
            oneOf("disable", "prefer", "require", "verify-ca", "verify-full"),
            "The driver's sslmode."),
        new ConfigOption(TLS_ROOT, NONE, text(4096),
            "File of the certificates that verify-ca and verify-full trust, or " + NONE
                + " for the driver's own, ~/.postgresql/root.crt."),
        new ConfigOption(TIMESCALE, "auto", oneOf("auto", "off"),
            "Cut new tables by TimescaleDB where the database has it, or always by partitions."),
        new ConfigOption(TIMEOUT, Integer.toString(PostgresContext.TIMEOUT_MS_DEFAULT),
            integer(PostgresContext.MIN_TIMEOUT_MS, PostgresContext.MAX_TIMEOUT_MS),
            "Longest wait for an answer, in whole seconds."));

    private PostgresOptions() {
    }
}
