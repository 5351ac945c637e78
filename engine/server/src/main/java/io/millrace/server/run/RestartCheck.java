// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.ENGINE_FINGERPRINT;
import static io.millrace.server.config.ConfigOptions.ENGINE_INSTRUMENTS;
import static io.millrace.server.config.ConfigOptions.ENGINE_ORDERS;
import static io.millrace.server.config.ConfigOptions.ENGINE_SHARD;
import static io.millrace.server.config.ConfigOptions.ENGINE_VENUES;
import static io.millrace.server.config.ConfigOptions.FEED_CHANNEL;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.journal.JournalHead;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What decides about the output of an engine must be the same in all lives of one journal, whose
 * head tells it once: the engine's sizes and shard, and which venue comes by which channel in which
 * protocol and role. So must the events' schema version: what is derived is of this build's. All
 * else may change, and a feed may be added. Control thread, before anything is opened.
 */
final class RestartCheck {
    private static final List<String> DECIDING = List.of(ENGINE_FINGERPRINT, ENGINE_INSTRUMENTS,
        ENGINE_ORDERS, ENGINE_VENUES, ENGINE_SHARD);

    private RestartCheck() {
    }

    /**
     * Compares with what a journal says about itself.
     *
     * @throws ConfigurationException naming each key, its value and the one to set
     */
    static void check(JournalHead head, Configuration configuration) {
        Configuration first = Configuration.ofText(head.configuration());
        String remedy = "'; the journal of " + head.tradingDate() + " was begun with '";
        List<String> problems = new ArrayList<>();
        if (head.schemaVersion() != ClockEncoder.SCHEMA_VERSION) {
            problems.add("the journal of " + head.tradingDate() + " holds events of schema version "
                + head.schemaVersion() + ", and this build would append version "
                + ClockEncoder.SCHEMA_VERSION + ": go on with the build that began it, or begin"
                + " another journal");
        }
        for (String key : DECIDING) {
            if (!configuration.text(key).equals(first.text(key))) {
                problems.add(key + ": '" + configuration.text(key) + remedy + first.text(key)
                    + "': set that, or begin another journal");
            }
        }
        Map<String, String> now = channels(configuration);
        channels(first).forEach((channel, feed) -> {
            if (!feed.equals(now.get(channel))) {
                problems.add(FEED_CHANNEL + " " + channel + ": '"
                    + now.getOrDefault(channel, "no feed") + remedy + feed
                    + "' there: set source, venue and role so, or begin another journal");
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** By channel: venue, protocol and role. */
    private static Map<String, String> channels(Configuration configuration) {
        Map<String, String> channels = new LinkedHashMap<>();
        for (Configuration feed : ConfiguredFeeds.of(configuration)) {
            channels.put(feed.text(FEED_CHANNEL), EngineOptions.venue(feed,
                EngineOptions.protocol(feed), EngineOptions.isSimulated(feed)).name() + ' '
                + EngineOptions.protocol(feed).label() + ' ' + EngineOptions.role(feed));
        }
        return channels;
    }
}
