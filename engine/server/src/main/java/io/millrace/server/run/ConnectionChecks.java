// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;
import static io.millrace.server.config.ConfigOptions.FEED_TRANSPORT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ENABLED;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PASSWORD;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PASSWORD_FILE;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PORT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_USERNAME;
import static io.millrace.server.config.ConnectionOptions.NONE;
import static io.millrace.server.config.ConnectionOptions.SNAP_ENABLED;
import static io.millrace.server.config.ConnectionOptions.SNAP_PORT;
import static io.millrace.server.config.ConnectionOptions.SNAP_TOKEN;
import static io.millrace.server.config.ConnectionOptions.SNAP_TOKEN_FILE;
import static io.millrace.server.config.ConnectionOptions.SOUP_FIRST_RETRY;
import static io.millrace.server.config.ConnectionOptions.SOUP_LONGEST_RETRY;
import static io.millrace.server.config.ConnectionOptions.SOUP_PASSWORD;
import static io.millrace.server.config.ConnectionOptions.SOUP_PASSWORD_FILE;
import static io.millrace.server.config.ConnectionOptions.SOUP_PORT;
import static io.millrace.server.config.ConnectionOptions.SOUP_USERNAME;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.FeedPassword;
import io.millrace.server.feed.FeedProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What connections to a venue ask of their options together. Control thread. */
final class ConnectionChecks {
    private static final String SOUP = "soupbintcp";

    private final Configuration configuration;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    ConnectionChecks(Configuration configuration, Map<String, String> environment) {
        this.configuration = configuration;
        this.environment = environment;
    }

    /** True when the feed comes by a SoupBinTCP connection. */
    static boolean isSoup(Configuration configuration) {
        return configuration.text(FEED_TRANSPORT).equals(SOUP);
    }

    /** Every option that a connection cannot use. */
    List<String> problems() {
        if (isSoup(configuration)) {
            if (EngineOptions.protocol(configuration) != FeedProtocol.ITCH50) {
                problems.add(notItch(FEED_TRANSPORT, "how", "sends"));
            }
            check(SOUP_PORT, SOUP_USERNAME, SOUP_PASSWORD, SOUP_PASSWORD_FILE);
        }
        if (configuration.isTrue(GLIMPSE_ENABLED)) {
            if (EngineOptions.protocol(configuration) != FeedProtocol.ITCH50) {
                problems.add(notItch(GLIMPSE_ENABLED, "what", "has"));
            }
            check(GLIMPSE_PORT, GLIMPSE_USERNAME, GLIMPSE_PASSWORD, GLIMPSE_PASSWORD_FILE);
        }
        if (configuration.isTrue(SNAP_ENABLED)) {
            checkSnap();
        }
        if (configuration.number(SOUP_FIRST_RETRY) > configuration.number(SOUP_LONGEST_RETRY)) {
            problems.add(SOUP_FIRST_RETRY + ": " + configuration.number(SOUP_FIRST_RETRY)
                + " is more than " + SOUP_LONGEST_RETRY + ' '
                + configuration.number(SOUP_LONGEST_RETRY));
        }
        return problems;
    }

    /** What a snapshot of IEX needs; no simulated venue has any. */
    private void checkSnap() {
        if (EngineOptions.isSimulated(configuration)
            || EngineOptions.protocol(configuration) == FeedProtocol.ITCH50) {
            problems.add(SNAP_ENABLED + ": 'true' is not what feed.source '"
                + configuration.text(FEED_SOURCE) + "' has; run takes it with feed.source '"
                + FeedProtocol.IEX_TOPS.label() + "' or '" + FeedProtocol.IEX_DEEP.label() + '\'');
        }
        if (configuration.integer(SNAP_PORT) == 0) {
            problems.add(SNAP_PORT + ": 0 is no port to connect to; set one from 1 to 65535");
        }
        String problem = FeedPassword.token(configuration, environment, SNAP_TOKEN,
            SNAP_TOKEN_FILE).problem();
        if (problem != null) {
            problems.add(problem);
        }
    }

    private String notItch(String key, String what, String does) {
        return key + ": '" + configuration.text(key) + "' is not " + what + " feed.source '"
            + configuration.text(FEED_SOURCE) + "' " + does + "; run takes it with feed.source '"
            + FeedProtocol.ITCH50.label() + '\'';
    }

    /** A simulated venue tells its feed where it is and who may log in. */
    private void check(String port, String username, String variable, String passwordFile) {
        if (EngineOptions.isSimulated(configuration)) {
            return;
        }
        if (configuration.integer(port) == 0) {
            problems.add(port + ": 0 is no port to connect to; set one from 1 to 65535");
        }
        if (configuration.text(username).equals(NONE)) {
            problems.add(username + ": '" + NONE + "' is nobody; set who logs in");
        }
        String problem =
            FeedPassword.of(configuration, environment, variable, passwordFile).problem();
        if (problem != null) {
            problems.add(problem);
        }
    }
}
