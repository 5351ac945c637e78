// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.powerOfTwo;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.feed.soupbintcp.AsciiNumber;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The options of connections that are made to a venue: part of the one table. Passwords are no
 * options, so that they get into no dump, journal or report.
 */
public final class ConnectionOptions {
    public static final String SOUP_HOST = "soupbintcp.host";
    public static final String SOUP_PORT = "soupbintcp.port";
    public static final String SOUP_USERNAME = "soupbintcp.username";
    public static final String SOUP_PASSWORD_FILE = "soupbintcp.password-file";
    public static final String SOUP_SESSION = "soupbintcp.session";
    public static final String SOUP_START = "soupbintcp.start-sequence";
    public static final String SOUP_BUFFER = "soupbintcp.buffer-bytes";
    public static final String SOUP_CONNECT_TIMEOUT = "soupbintcp.connect-timeout-ms";
    public static final String SOUP_LOGIN_TIMEOUT = "soupbintcp.login-timeout-ms";
    public static final String SOUP_RECEIVE_TIMEOUT = "soupbintcp.receive-timeout-ms";
    public static final String SOUP_HEARTBEAT = "soupbintcp.heartbeat-ms";
    public static final String SOUP_FIRST_RETRY = "soupbintcp.first-retry-ms";
    public static final String SOUP_LONGEST_RETRY = "soupbintcp.longest-retry-ms";
    public static final String SOUP_REJECTIONS = "soupbintcp.rejection-limit";
    public static final String GLIMPSE_ENABLED = "glimpse.enabled";
    public static final String GLIMPSE_HOST = "glimpse.host";
    public static final String GLIMPSE_PORT = "glimpse.port";
    public static final String GLIMPSE_USERNAME = "glimpse.username";
    public static final String GLIMPSE_PASSWORD_FILE = "glimpse.password-file";
    public static final String GLIMPSE_LOGIN_TIMEOUT = "glimpse.login-timeout-ms";
    public static final String GLIMPSE_HOLD = "glimpse.hold-bytes";
    public static final String GLIMPSE_ATTEMPTS = "glimpse.attempt-limit";

    public static final String SNAP_ENABLED = "snap.enabled";
    public static final String SNAP_HOST = "snap.host";
    public static final String SNAP_PORT = "snap.port";
    public static final String SNAP_TOKEN_FILE = "snap.token-file";
    public static final String SNAP_SILENCE = "snap.silence-ms";
    public static final String SNAP_HOLD = "snap.hold-bytes";
    public static final String SNAP_ATTEMPTS = "snap.attempt-limit";

    /** Environment variable with the token of the SNAP server. */
    public static final String SNAP_TOKEN = "MILLRACE_SNAP_TOKEN";
    /** Environment variable with the password of the SoupBinTCP line. */
    public static final String SOUP_PASSWORD = "MILLRACE_SOUPBINTCP_PASSWORD";
    /** Environment variable with the password of the GLIMPSE server. */
    public static final String GLIMPSE_PASSWORD = "MILLRACE_GLIMPSE_PASSWORD";
    /** What an option says that is not set. */
    public static final String NONE = "none";
    /** The session that is active at the server. */
    public static final String ACTIVE = "active";

    private static final Set<String> SECRETS = Set.of(SOUP_PASSWORD, GLIMPSE_PASSWORD, SNAP_TOKEN);
    private static final String PREFIX = "MILLRACE_";
    private static final String FEEDS = PREFIX + "FEEDS_";

    private static final int MAX_TIME_MS = 3_600_000;

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(SOUP_HOST, "127.0.0.1", text(255),
            "Host of the line when feed.transport is soupbintcp; asked for once, at the start."),
        new ConfigOption(SOUP_PORT, "0", integer(0, 65_535), "TCP port of the line; 0 is none."),
        new ConfigOption(SOUP_USERNAME, NONE, text(6), "Who logs in."),
        new ConfigOption(SOUP_PASSWORD_FILE, NONE, text(4096),
            "File whose first line is the password, unless the environment variable "
                + SOUP_PASSWORD + " is."),
        new ConfigOption(SOUP_SESSION, ACTIVE, text(10),
            "Session to log in to; active is whichever the server has."),
        new ConfigOption(SOUP_START, "1", integer(0, AsciiNumber.MAX),
            "First message asked for; 0 for those to come, after a snapshot if there are any."),
        new ConfigOption(SOUP_BUFFER, "4194304", integer(4_096, 1 << 30),
            "Socket buffer of each direction, asked from the kernel; of GLIMPSE too."),
        new ConfigOption(SOUP_CONNECT_TIMEOUT, "5000", integer(1, MAX_TIME_MS),
            "Longest wait for a connection; of GLIMPSE too, as the times below."),
        new ConfigOption(SOUP_LOGIN_TIMEOUT, "30000", integer(1, MAX_TIME_MS),
            "Longest wait for the answer to a login."),
        new ConfigOption(SOUP_RECEIVE_TIMEOUT, "15000", integer(1, MAX_TIME_MS),
            "Silence after which a connection counts as dead."),
        new ConfigOption(SOUP_HEARTBEAT, "1000", integer(1, MAX_TIME_MS),
            "Time without sending after which a heart-beat is sent."),
        new ConfigOption(SOUP_FIRST_RETRY, "100", integer(1, MAX_TIME_MS),
            "Wait before the first attempt after a failure; it doubles with each further one."),
        new ConfigOption(SOUP_LONGEST_RETRY, "10000", integer(1, MAX_TIME_MS),
            "Longest wait before an attempt."),
        new ConfigOption(SOUP_REJECTIONS, "3", integer(1, 1_000),
            "Logins refused for user or password in a row after which none is tried any more."),
        new ConfigOption(GLIMPSE_ENABLED, "false", oneOf("true", "false"),
            "Ask a GLIMPSE server for a snapshot when messages are lost or the session is joined"
                + " in its midst."),
        new ConfigOption(GLIMPSE_HOST, "127.0.0.1", text(255), "Host of the GLIMPSE server."),
        new ConfigOption(GLIMPSE_PORT, "0", integer(0, 65_535),
            "TCP port of the GLIMPSE server; 0 is none."),
        new ConfigOption(GLIMPSE_USERNAME, NONE, text(6), "Who logs in there."),
        new ConfigOption(GLIMPSE_PASSWORD_FILE, NONE, text(4096),
            "File whose first line is the password there, unless the environment variable "
                + GLIMPSE_PASSWORD + " is."),
        new ConfigOption(GLIMPSE_LOGIN_TIMEOUT, "5000", integer(1, MAX_TIME_MS),
            "Longest wait for the answer to a login there; the live messages wait as long."),
        new ConfigOption(GLIMPSE_HOLD, "67108864", powerOfTwo(
            SnapshotContext.MIN_HOLD_LENGTH_BYTES, SnapshotContext.MAX_HOLD_LENGTH_BYTES),
            "Memory for live messages while a snapshot is read; when it is full the snapshot is"
                + " abandoned and asked for again."),
        new ConfigOption(GLIMPSE_ATTEMPTS, "10", integer(1, SnapshotContext.MAX_ATTEMPTS),
            "Snapshots that may fail in a row before the feed goes on without one."),
        new ConfigOption(SNAP_ENABLED, "false", oneOf("true", "false"),
            "Ask a SNAP server of IEX for a snapshot when messages are lost or the session is"
                + " joined in its midst."),
        new ConfigOption(SNAP_HOST, "127.0.0.1", text(255), "Host of the SNAP server."),
        new ConfigOption(SNAP_PORT, "0", integer(0, 65_535),
            "TCP port of the SNAP server; 0 is none."),
        new ConfigOption(SNAP_TOKEN_FILE, NONE, text(4096),
            "File whose first line is the token there, unless the environment variable "
                + SNAP_TOKEN + " is."),
        new ConfigOption(SNAP_SILENCE, "10000", integer(1, MAX_TIME_MS),
            "Silence of the SNAP server after which it is asked again."),
        new ConfigOption(SNAP_HOLD, "67108864", powerOfTwo(
            SnapshotContext.MIN_HOLD_LENGTH_BYTES, SnapshotContext.MAX_HOLD_LENGTH_BYTES),
            "Memory for live messages while a snapshot is read; when it is full the snapshot is"
                + " abandoned and asked for again."),
        new ConfigOption(SNAP_ATTEMPTS, "10", integer(1, SnapshotContext.MAX_ATTEMPTS),
            "Snapshots that may fail in a row before the feed goes on without one."));

    private ConnectionOptions() {
    }

    /** The variable of one feed among several for a secret that a variable without name holds. */
    public static String secretOf(String feedName, String variable) {
        return FEEDS + feedName.toUpperCase(Locale.ROOT).replace('-', '_') + '_'
            + variable.substring(PREFIX.length());
    }

    /** True for a variable that holds a password or token, be it of one feed among several. */
    static boolean isSecret(String variable) {
        return SECRETS.contains(variable) || variable.startsWith(FEEDS)
            && SECRETS.stream().anyMatch(secret ->
            variable.endsWith('_' + secret.substring(PREFIX.length())));
    }
}
