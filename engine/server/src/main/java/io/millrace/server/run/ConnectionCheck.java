// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConnectionOptions.SOUP_CONNECT_TIMEOUT;
import static io.millrace.server.config.ConnectionOptions.SOUP_HOST;
import static io.millrace.server.config.ConnectionOptions.SOUP_LOGIN_TIMEOUT;
import static io.millrace.server.config.ConnectionOptions.SOUP_PASSWORD_FILE;
import static io.millrace.server.config.ConnectionOptions.SOUP_PORT;
import static io.millrace.server.config.ConnectionOptions.SOUP_SESSION;
import static io.millrace.server.config.ConnectionOptions.SOUP_USERNAME;

import io.millrace.feed.soupbintcp.Disconnection;
import io.millrace.feed.soupbintcp.SoupBinTcpCounters;
import io.millrace.feed.soupbintcp.SoupBinTcpSession;
import io.millrace.server.config.Configuration;

/** What came on the connection of a feed, and what to do when no login was accepted. */
final class ConnectionCheck {
    private final Configuration configuration;
    private final SoupBinTcpCounters counters;

    private ConnectionCheck(Configuration configuration, SoupBinTcpCounters counters) {
        this.configuration = configuration;
        this.counters = counters;
    }

    static FeedCheck.Line line(LiveFeed feed) {
        SoupBinTcpSession session = feed.connection();
        SoupBinTcpCounters counters = session.client().counters();
        return new FeedCheck.Line(feed.name(), "TCP", session.client().serverName(),
            counters.packets(), counters.packets(), counters.sequenced(),
            new ConnectionCheck(feed.configuration(), counters).problem());
    }

    private String problem() {
        if (counters.logins() > 0) {
            return null;
        }
        if (has(Disconnection.NOT_AUTHORISED)) {
            return value(SOUP_USERNAME) + ": the server refused the login; check user and password"
                + " (" + SOUP_PASSWORD_FILE + "), and that this address may log in";
        }
        if (has(Disconnection.SESSION_NOT_AVAILABLE)) {
            return value(SOUP_SESSION) + ": the server has no such session; 'active' takes the one"
                + " it has";
        }
        if (has(Disconnection.CONNECT_FAILED) || has(Disconnection.CONNECT_TIMED_OUT)) {
            return value(SOUP_HOST) + ": cannot be reached on " + value(SOUP_PORT) + " within "
                + value(SOUP_CONNECT_TIMEOUT) + "; check address, port, route and firewall";
        }
        return value(SOUP_HOST) + ": took the connection and answered no login within the test, or"
            + " within " + value(SOUP_LOGIN_TIMEOUT) + " (" + counters + "); is " + value(SOUP_PORT)
            + " the port of a SoupBinTCP service?";
    }

    private boolean has(Disconnection reason) {
        return counters.disconnections(reason) > 0;
    }

    private String value(String key) {
        return key + " '" + configuration.text(key) + '\'';
    }
}
