// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import java.util.regex.Pattern;

/**
 * Options of the way to ClickHouse. Set on the control thread, then concluded; nothing changes
 * afterwards.
 */
public final class ClickHouseContext {
    /** Key of {@link #url(String)}. */
    public static final String URL_KEY = "bridge.clickhouse.url";
    /** Key of {@link #database(String)}. */
    public static final String DATABASE_KEY = "bridge.clickhouse.database";
    /** Key of {@link #user(String)}. */
    public static final String USER_KEY = "bridge.clickhouse.user";
    /** Key of {@link #ttlDays(int)}. */
    public static final String TTL_KEY = "bridge.clickhouse.ttl-days";
    /** Key of {@link #timeoutMs(int)}. */
    public static final String TIMEOUT_KEY = "bridge.clickhouse.timeout-ms";

    public static final String URL_DEFAULT = "http://localhost:8123";
    public static final String DATABASE_DEFAULT = "millrace";
    public static final String USER_DEFAULT = "default";
    public static final int TTL_DAYS_DEFAULT = 365;
    public static final int MAX_TTL_DAYS = 36_500;
    public static final int TIMEOUT_MS_DEFAULT = 30_000;
    public static final int MAX_TIMEOUT_MS = 3_600_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern URL = Pattern.compile("https?://[^/\\s]+(:\\d{1,5})?");

    private String url = URL_DEFAULT;
    private String database = DATABASE_DEFAULT;
    private String user = USER_DEFAULT;
    private String password = "";
    private int ttlDays = TTL_DAYS_DEFAULT;
    private int timeoutMs = TIMEOUT_MS_DEFAULT;

    /** Where the server speaks HTTP or HTTPS. */
    public ClickHouseContext url(String address) {
        url = address;
        return this;
    }

    String url() {
        return url;
    }

    /** Database of the tables; made when it is missing. */
    public ClickHouseContext database(String name) {
        database = name;
        return this;
    }

    String database() {
        return database;
    }

    /** Who writes. */
    public ClickHouseContext user(String name) {
        user = name;
        return this;
    }

    String user() {
        return user;
    }

    /** Password; empty for none. */
    public ClickHouseContext password(String secret) {
        password = secret;
        return this;
    }

    String password() {
        return password;
    }

    /** Days after which rows are dropped, 1 to 36,500. */
    public ClickHouseContext ttlDays(int days) {
        ttlDays = days;
        return this;
    }

    int ttlDays() {
        return ttlDays;
    }

    /** Ms to wait for an answer, 1 to 3,600,000. */
    public ClickHouseContext timeoutMs(int ms) {
        timeoutMs = ms;
        return this;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    /** Checks every option; who takes a context concludes it. */
    public ClickHouseContext conclude() {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException(URL_KEY + " '" + url
                + "' is not an address such as " + URL_DEFAULT);
        }
        if (!NAME.matcher(database).matches()) {
            throw new IllegalArgumentException(DATABASE_KEY + " '" + database
                + "' is not a name of letters, digits and _");
        }
        check(TTL_KEY, ttlDays, MAX_TTL_DAYS);
        check(TIMEOUT_KEY, timeoutMs, MAX_TIMEOUT_MS);
        return this;
    }

    private static void check(String key, int value, int greatest) {
        if (value < 1 || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within 1 to "
                + greatest);
        }
    }
}
