// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_CHANNEL;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP_B;
import static io.millrace.server.config.ConfigOptions.FEED_TRANSPORT;
import static io.millrace.server.config.ConfigOptions.FEED_VENUE;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ENABLED;

import io.millrace.instrument.Venue;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.SimulatorOptions;
import io.millrace.server.feed.FeedProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes of one configuration those of its feeds, each with a venue, a channel and lines of its own.
 * Control thread, at start.
 */
final class ConfiguredFeeds {
    private static final String NONE = "none";
    private static final String MULTICAST = "multicast";
    private static final int LONGEST_NUMBER = 256;

    private ConfiguredFeeds() {
    }

    /** One configuration for each feed; that itself when there is only one. */
    static List<Configuration> of(Configuration configuration) {
        if (!configuration.feedNames().isEmpty()) {
            return configuration.feedNames().stream().map(configuration::ofFeed).toList();
        }
        String[] protocols = configuration.text(SimulatorOptions.VENUES).split(",");
        if (!EngineOptions.isSimulated(configuration) || protocols.length == 1) {
            return List.of(configuration);
        }
        List<Configuration> feeds = new ArrayList<>();
        for (int index = 0; index < protocols.length; index++) {
            feeds.add(configuration.with(simulated(configuration, index, protocols[index])));
        }
        return feeds;
    }

    private static Map<String, String> simulated(Configuration configuration, int index,
        String protocol) {
        Map<String, String> values = new HashMap<>();
        values.put(SimulatorOptions.VENUES, protocol);
        values.put(FEED_VENUE, Venue.byId(Venue.SIMA.id() + index).name());
        values.put(FEED_CHANNEL, Integer.toString(configuration.integer(FEED_CHANNEL) + index));
        values.put(FEED_GROUP, group(configuration.text(FEED_GROUP), index));
        values.put(FEED_GROUP_B, group(configuration.text(FEED_GROUP_B), index));
        values.put(SimulatorOptions.SEED,
            Long.toString(configuration.number(SimulatorOptions.SEED) + index));
        if (!protocol.equals(FeedProtocol.ITCH50.label())) {
            values.put(FEED_TRANSPORT, MULTICAST);
            values.put(GLIMPSE_ENABLED, "false");
        }
        for (String key : List.of(SimulatorOptions.REQUEST_PORT, SimulatorOptions.SOUPBIN_PORT,
            SimulatorOptions.GLIMPSE_PORT)) {
            int port = configuration.integer(key);
            values.put(key, Integer.toString(port == 0 ? 0 : port + index));
        }
        return values;
    }

    /** The group whose third number is so much higher. */
    private static String group(String group, int more) {
        if (group.equals(NONE)) {
            return NONE;
        }
        String[] numbers = group.split("\\.");
        numbers[2] = Integer.toString((Integer.parseInt(numbers[2]) + more) % LONGEST_NUMBER);
        return String.join(".", numbers);
    }
}
