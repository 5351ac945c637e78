// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_PORT;
import static io.millrace.server.config.ConfigOptions.FEED_PORT_B;

import io.millrace.server.config.Configuration;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a simulated venue stands and what it is called. Control thread, at start.
 *
 * @param configuration of the feed that listens to it
 * @param name          code of the venue
 * @param groups        multicast group and port of each line, A first
 */
record VenueSite(Configuration configuration, String name, List<InetSocketAddress> groups) {
    /** The site of a venue whose listeners are not of this process: its ports are configured. */
    static VenueSite of(Configuration configuration) {
        List<String> names = ConnectionChecks.isSoup(configuration) ? List.of()
            : FeedLines.groups(configuration);
        List<InetSocketAddress> groups = new ArrayList<>();
        for (String name : names) {
            groups.add(new InetSocketAddress(name,
                configuration.integer(groups.isEmpty() ? FEED_PORT : FEED_PORT_B)));
        }
        return new VenueSite(configuration, EngineOptions.venue(configuration,
            EngineOptions.protocol(configuration), true).name(), groups);
    }
}
