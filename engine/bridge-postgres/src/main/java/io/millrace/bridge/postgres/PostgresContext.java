// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import java.util.regex.Pattern;

/**
 * Options of the way to PostgreSQL. Set on the control thread, then concluded; nothing changes
 * afterwards.
 */
public final class PostgresContext {
    /** Key of {@link #servers(String)}. */
    public static final String SERVERS_KEY = "bridge.postgres.servers";
    /** Key of {@link #database(String)}. */
    public static final String DATABASE_KEY = "bridge.postgres.database";
    /** Key of {@link #schema(String)}. */
    public static final String SCHEMA_KEY = "bridge.postgres.schema";
    /** Key of {@link #clientId(String)}. */
    public static final String CLIENT_ID_KEY = "bridge.postgres.client-id";
    /** Key of {@link #user(String)}. */
    public static final String USER_KEY = "bridge.postgres.user";
    /** Key of {@link #tls(String)}. */
    public static final String TLS_KEY = "bridge.postgres.tls";
    /** Key of {@link #tlsRoot(String)}. */
    public static final String TLS_ROOT_KEY = "bridge.postgres.tls-root-file";
    /** Key of {@link #timescale(Timescale)}. */
    public static final String TIMESCALE_KEY = "bridge.postgres.timescale";
    /** Key of {@link #timeoutMs(int)}. */
    public static final String TIMEOUT_KEY = "bridge.postgres.timeout-ms";

    public static final String SERVERS_DEFAULT = "localhost:5432";
    public static final String DATABASE_DEFAULT = "millrace";
    public static final String SCHEMA_DEFAULT = "millrace";
    public static final String CLIENT_ID_DEFAULT = "millrace";
    public static final String USER_DEFAULT = "millrace";
    public static final String TLS_DEFAULT = "prefer";
    public static final int TIMEOUT_MS_DEFAULT = 30_000;
    public static final int MIN_TIMEOUT_MS = 1_000;
    public static final int MAX_TIMEOUT_MS = 3_600_000;

    private static final Pattern SERVERS =
        Pattern.compile("[^/,?\\s]+:\\d{1,5}(,[^/,?\\s]+:\\d{1,5})*");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern DATABASE = Pattern.compile("[^/?&#%\\s]{1,63}");
    private static final Pattern TLS =
        Pattern.compile("disable|prefer|require|verify-ca|verify-full");

    private String servers = SERVERS_DEFAULT;
    private String database = DATABASE_DEFAULT;
    private String schema = SCHEMA_DEFAULT;
    private String clientId = CLIENT_ID_DEFAULT;
    private String user = USER_DEFAULT;
    private String password = "";
    private String tls = TLS_DEFAULT;
    private String tlsRoot = "";
    private Timescale timescale = Timescale.AUTO;
    private int timeoutMs = TIMEOUT_MS_DEFAULT;

    /** Who cuts the tables by day. */
    public enum Timescale {
        /** TimescaleDB where the database has it. */
        AUTO,
        /** The server's own partitions. */
        OFF
    }

    /** Servers, host:port with commas between; the one that takes writes is found. */
    public PostgresContext servers(String addresses) {
        servers = addresses;
        return this;
    }

    String servers() {
        return servers;
    }

    /** Database; it has to be there. */
    public PostgresContext database(String name) {
        database = name;
        return this;
    }

    String database() {
        return database;
    }

    /** Schema of the tables; made when it is missing. */
    public PostgresContext schema(String name) {
        schema = name;
        return this;
    }

    String schema() {
        return schema;
    }

    /** Name of this engine's position among all that write to the schema. */
    public PostgresContext clientId(String id) {
        clientId = id;
        return this;
    }

    String clientId() {
        return clientId;
    }

    /** Who writes. */
    public PostgresContext user(String name) {
        user = name;
        return this;
    }

    String user() {
        return user;
    }

    /** Password; empty for none. */
    public PostgresContext password(String secret) {
        password = secret;
        return this;
    }

    String password() {
        return password;
    }

    /** The driver's sslmode: disable, prefer, require, verify-ca or verify-full. */
    public PostgresContext tls(String mode) {
        tls = mode;
        return this;
    }

    String tls() {
        return tls;
    }

    /** Certificates that verify-ca and verify-full trust; empty for the driver's own file. */
    public PostgresContext tlsRoot(String file) {
        tlsRoot = file;
        return this;
    }

    String tlsRoot() {
        return tlsRoot;
    }

    /** Who cuts the tables by day, when they are made. */
    public PostgresContext timescale(Timescale use) {
        timescale = use;
        return this;
    }

    Timescale timescale() {
        return timescale;
    }

    /** Ms to wait for an answer, 1,000 to 3,600,000; the driver counts whole seconds. */
    public PostgresContext timeoutMs(int ms) {
        timeoutMs = ms;
        return this;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    /** Checks every option; who takes a context concludes it. */
    public PostgresContext conclude() {
        check(SERVERS_KEY, servers, SERVERS, "servers such as " + SERVERS_DEFAULT);
        check(DATABASE_KEY, database, DATABASE, "the name of a database");
        check(SCHEMA_KEY, schema, NAME, "a name of lower-case letters, digits and _");
        check(TLS_KEY, tls, TLS, "one of disable, prefer, require, verify-ca, verify-full");
        if (clientId.isBlank()) {
            throw new IllegalArgumentException(CLIENT_ID_KEY + " is empty");
        }
        if (timeoutMs < MIN_TIMEOUT_MS || timeoutMs > MAX_TIMEOUT_MS) {
            throw new IllegalArgumentException(TIMEOUT_KEY + ' ' + timeoutMs
                + " is not within " + MIN_TIMEOUT_MS + " to " + MAX_TIMEOUT_MS);
        }
        return this;
    }

    private static void check(String key, String value, Pattern pattern, String wanted) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(key + " '" + value + "' is not " + wanted);
        }
    }
}
