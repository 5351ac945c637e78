// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.ENGINE_VENUES;
import static io.millrace.server.config.ConfigOptions.FEED_CHANNEL;
import static io.millrace.server.config.ConfigOptions.FEED_ROLE;
import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;

import io.millrace.feed.FeedRole;
import io.millrace.instrument.Venue;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What feeds ask of each other: of each venue exactly one gives the books and exactly one the
 * trades, and no two have the same channel. Control thread.
 */
final class FeedChecks {
    private record Feed(String name, Venue venue, FeedProtocol protocol, FeedRole role,
                        String channel) {
    }

    private final List<String> problems = new ArrayList<>();
    private final Map<Venue, List<Feed>> byVenue = new TreeMap<>();
    private final Map<String, String> nameByChannel = new TreeMap<>();

    private FeedChecks() {
    }

    /** Every option with which the feeds contradict each other. */
    static List<String> problems(Configuration configuration) {
        FeedChecks checks = new FeedChecks();
        if (configuration.feedNames().isEmpty()) {
            ConfiguredFeeds.of(configuration).forEach(feed -> checks.add("", feed));
        } else {
            configuration.feedNames().forEach(name ->
                checks.add(name, configuration.ofFeed(name)));
        }
        checks.byVenue.forEach(checks::checkVenue);
        int venues = checks.byVenue.size();
        if (!EngineOptions.isSimulated(configuration)
            && venues > configuration.integer(ENGINE_VENUES)) {
            checks.problems.add(ENGINE_VENUES + ": " + configuration.text(ENGINE_VENUES)
                + " is less than the " + venues + " venues of the feeds");
        }
        return checks.problems;
    }

    private void add(String name, Configuration configuration) {
        boolean isSimulated = EngineOptions.isSimulated(configuration);
        if (isSimulated && !name.isEmpty()) {
            problems.add(key(name, FEED_SOURCE) + ": 'simulator' is no feed among others; name one"
                + " of " + String.join(", ", FeedProtocol.labels()));
            return;
        }
        FeedProtocol protocol = EngineOptions.protocol(configuration);
        Feed feed = new Feed(name, EngineOptions.venue(configuration, protocol, isSimulated),
            protocol, EngineOptions.role(configuration), configuration.text(FEED_CHANNEL));
        if (!protocol.isSplit() && feed.role.givesBooks() != feed.role.givesTrades()) {
            problems.add(key(name, FEED_ROLE) + ": '" + configuration.text(FEED_ROLE)
                + "' is no role of " + protocol.label() + ", whose orders tell the trades; it is"
                + " both or none");
        }
        String other = nameByChannel.putIfAbsent(feed.venue + " " + feed.channel, name);
        if (other != null) {
            problems.add(key(name, FEED_CHANNEL) + ": " + feed.channel + " is that of feed " + other
                + ", of the same venue; give each its own");
        }
        byVenue.computeIfAbsent(feed.venue, venue -> new ArrayList<>()).add(feed);
    }

    private void checkVenue(Venue venue, List<Feed> feeds) {
        check(venue, feeds, "books", feed -> feed.role.givesBooks());
        check(venue, feeds, "trades", feed -> feed.role.givesTrades());
    }

    private void check(Venue venue, List<Feed> feeds, String what, Predicate<Feed> gives) {
        List<String> givers = feeds.stream().filter(gives).map(Feed::name).toList();
        if (givers.size() != 1) {
            problems.add(key(feeds.get(feeds.size() - 1).name, FEED_ROLE) + ": venue " + venue
                + " has " + (givers.isEmpty() ? "no feed that gives its " + what
                : givers.size() + " feeds that give its " + what + " ("
                    + String.join(", ", givers) + ")") + "; exactly one must");
        }
    }

    private static String key(String name, String key) {
        return name.isEmpty() ? key : "feeds." + name + key.substring(key.indexOf('.'));
    }
}
