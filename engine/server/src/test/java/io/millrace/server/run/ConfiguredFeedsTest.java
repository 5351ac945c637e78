// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfiguredFeedsTest {
    private static final String FIVE = "itch50,itch50,itch50,iex-deep,iex-tops";

    @Test
    void shouldTakeTheConfigurationAsItStandsForOneFeed() {
        Configuration one = configuration(Map.of());
        Configuration live = configuration(Map.of("feed.source", "itch50"));

        assertEquals(List.of(one), ConfiguredFeeds.of(one));
        assertEquals(List.of(live), ConfiguredFeeds.of(live));
    }

    @Test
    void shouldGiveEachVenueItsOwnCodeChannelGroupsSeedAndPorts() {
        List<Configuration> feeds = ConfiguredFeeds.of(configuration(Map.of("simulator.venues",
            FIVE, "feed.multicast-group", "239.77.254.1", "feed.multicast-group-b", "239.77.1.2",
            "simulator.request-port", "26401")));

        assertEquals(List.of("SIMA 1 itch50 239.77.254.1 239.77.1.2 1 26401 0",
            "SIMB 2 itch50 239.77.255.1 239.77.2.2 2 26402 0",
            "SIMC 3 itch50 239.77.0.1 239.77.3.2 3 26403 0",
            "SIMD 4 iex-deep 239.77.1.1 239.77.4.2 4 26404 0",
            "SIME 5 iex-tops 239.77.2.1 239.77.5.2 5 26405 0"),
            feeds.stream().map(feed -> values(feed, "feed.venue", "feed.channel",
                "simulator.venues", "feed.multicast-group", "feed.multicast-group-b",
                "simulator.seed", "simulator.request-port", "simulator.glimpse-port")).toList());
    }

    @Test
    void shouldConnectOnlyToVenuesThatSpeakItch() {
        List<Configuration> feeds = ConfiguredFeeds.of(configuration(Map.of("simulator.venues",
            "itch50,iex-deep", "feed.transport", "soupbintcp", "glimpse.enabled", "true")));

        assertEquals(List.of("soupbintcp true", "multicast false"), feeds.stream()
            .map(feed -> values(feed, "feed.transport", "glimpse.enabled")).toList());
    }

    @Test
    void shouldRefuseOneNameOneNumberOrTooFewBooksForSeveralVenues() {
        assertEquals(List.of(
            "feed.venue: 'SIMB' is one venue and simulator.venues has 5; leave it at auto",
            "feed.channel: 252 leaves no 5 numbers up to 255",
            "engine.max-venues: 4 is less than the 5 of simulator.venues"),
            assertThrows(ConfigurationException.class, () -> RunOptions.check(configuration(Map.of(
                "simulator.venues", FIVE, "feed.venue", "SIMB", "feed.channel", "252",
                "engine.max-venues", "4")), Map.of())).problems());
        assertEquals(1, assertThrows(ConfigurationException.class, () ->
            configuration(Map.of("simulator.venues", FIVE + ",itch50"))).problems().size());
    }

    private static String values(Configuration feed, String... keys) {
        return String.join(" ", Stream.of(keys).map(feed::text).toList());
    }

    private static Configuration configuration(Map<String, String> flags) {
        return new ConfigurationLoader().flags(flags).conclude();
    }
}
