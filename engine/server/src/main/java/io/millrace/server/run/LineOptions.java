// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_GROUP;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP_B;
import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE;
import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE_B;
import static io.millrace.server.config.ConfigOptions.FEED_PORT;
import static io.millrace.server.config.ConfigOptions.FEED_PORT_B;
import static io.millrace.server.config.ConfigOptions.FEED_SENDER;
import static io.millrace.server.config.ConfigOptions.FEED_SENDER_B;

import io.millrace.server.config.Configuration;

/** The options of one multicast line, and what to look at when it is silent. */
final class LineOptions {
    private static final int FIRST = 1;

    private final Configuration configuration;
    private final boolean isFirst;

    private LineOptions(Configuration configuration, boolean isFirst) {
        this.configuration = configuration;
        this.isFirst = isFirst;
    }

    /** Those of a line, from 1. */
    static LineOptions of(Configuration configuration, int line) {
        return new LineOptions(configuration, line == FIRST);
    }

    /** Why nothing came may be, and what would help. */
    String silence(String name) {
        return value(isFirst ? FEED_GROUP : FEED_GROUP_B) + ": nothing came on " + name
            + ". Is it the venue's group, and " + value(isFirst ? FEED_PORT : FEED_PORT_B)
            + " its port? Does " + value(isFirst ? FEED_INTERFACE : FEED_INTERFACE_B)
            + " face the venue's network (ip address; tcpdump -ni IFACE udp)? Is "
            + value(isFirst ? FEED_SENDER : FEED_SENDER_B) + " any, or the venue's sender?"
            + " Does the switch forward the group (IGMP), and the firewall let it in?";
    }

    private String value(String key) {
        return key + " '" + configuration.text(key) + '\'';
    }
}
