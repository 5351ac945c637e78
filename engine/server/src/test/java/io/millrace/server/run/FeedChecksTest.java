// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedChecksTest {
    private static final String DEEP_AND_TOPS = """
        feed:
          port: 10378
        feeds:
          deep:
            source: iex-deep
            role: book
            recovery.servers: 10.0.0.1:10379
          tops:
            source: iex-tops
            role: trades
            channel: 2
            multicast-group: 233.215.21.3
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldTakeBooksFromOneFeedOfAVenueAndTradesFromAnother() throws IOException {
        Configuration configuration = load(DEEP_AND_TOPS);
        List<Configuration> feeds = ConfiguredFeeds.of(configuration);

        assertEquals(List.of(), FeedChecks.problems(configuration));
        assertEquals(List.of("iex-deep book 1 10378 10.0.0.1:10379 239.77.1.1",
            "iex-tops trades 2 10378 auto 233.215.21.3"), feeds.stream().map(feed ->
            String.join(" ", feed.text("feed.source"), feed.text("feed.role"),
                feed.text("feed.channel"), feed.text("feed.port"), feed.text("recovery.servers"),
                feed.text("feed.multicast-group"))).toList());
    }

    @Test
    void shouldRefuseTwoSourcesOrNoneOfAVenuesBooksOrTrades() throws IOException {
        assertEquals(List.of("feeds.tops.role: venue IEXG has 2 feeds that give its books (deep,"
            + " tops); exactly one must"), problems(DEEP_AND_TOPS.replace("role: trades",
            "role: both")));
        assertEquals(List.of("feeds.tops.role: venue IEXG has no feed that gives its trades;"
            + " exactly one must"), problems(DEEP_AND_TOPS.replace("role: trades", "role: none")));
        assertEquals(List.of("feed.role: venue XNAS has no feed that gives its books; exactly one"
            + " must", "feed.role: venue XNAS has no feed that gives its trades; exactly one must"),
            problems("feed: {source: itch50, role: none}"));
    }

    @Test
    void shouldRefuseAFeedOfItchThatGivesOnlyHalf() throws IOException {
        assertEquals(List.of("feed.role: 'book' is no role of itch50, whose orders tell the trades;"
            + " it is both or none", "feed.role: venue XNAS has no feed that gives its trades;"
            + " exactly one must"), problems("feed: {source: itch50, role: book}"));
    }

    @Test
    void shouldRefuseFeedsThatShareAChannelOrAreSimulated() throws IOException {
        assertEquals(List.of("feeds.tops.channel: 1 is that of feed deep, of the same venue; give"
            + " each its own"), problems(DEEP_AND_TOPS.replace("channel: 2", "channel: 1")));
        assertEquals(List.of("feeds.a.source: 'simulator' is no feed among others; name one of"
            + " itch50, iex-tops, iex-deep"), problems("feeds: {a: {channel: 3}}"));
    }

    @Test
    void shouldRefuseMoreVenuesThanThereAreBooksFor() throws IOException {
        assertEquals(List.of("engine.max-venues: 1 is less than the 2 venues of the feeds"),
            problems("engine.max-venues: 1\nfeeds: {a: {source: itch50}, b: {source: iex-deep}}"));
    }

    @Test
    void shouldRefuseKeysThatNoFeedHas() {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () ->
            load("feeds: {a: {engine.threading: shared, sauce: itch50}, B: {source: itch50}}"));

        assertEquals(3, refused.problems().size(), refused.problems().toString());
    }

    private List<String> problems(String yaml) throws IOException {
        return FeedChecks.problems(load(yaml));
    }

    private Configuration load(String yaml) throws IOException {
        return new ConfigurationLoader()
            .file(Files.writeString(folder.resolve("millrace.yaml"), yaml)).conclude();
    }

    @Test
    void shouldNameWhatASnapServerNeeds() {
        Map<String, String> flags = Map.of("feed.source", "iex-deep", "snap.enabled", "true");
        Configuration configuration = new ConfigurationLoader().flags(flags).conclude();

        assertEquals(List.of("snap.port: 0 is no port to connect to; set one from 1 to 65535",
            "snap.token-file: there is no password; name a file that holds it, or set the"
                + " environment variable MILLRACE_SNAP_TOKEN"),
            new ConnectionChecks(configuration, Map.of()).problems());
        assertEquals(List.of("snap.enabled: 'true' is not what feed.source 'itch50' has; run takes"
            + " it with feed.source 'iex-tops' or 'iex-deep'"), new ConnectionChecks(
            new ConfigurationLoader().flags(Map.of("feed.source", "itch50", "snap.enabled",
                "true", "snap.port", "1")).conclude(), Map.of("MILLRACE_SNAP_TOKEN", "t"))
            .problems());
    }
}
