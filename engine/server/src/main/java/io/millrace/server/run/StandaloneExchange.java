// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_DATE;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP_B;
import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE;
import static io.millrace.server.config.ConfigOptions.FEED_PORT;
import static io.millrace.server.config.ConfigOptions.FEED_PORT_B;
import static io.millrace.server.config.ConfigOptions.FEED_TRANSPORT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ENABLED;

import io.millrace.counter.EngineClock;
import io.millrace.feed.TradingDate;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.simulator.SimulatedBooks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.ErrorHandler;

/**
 * The simulated exchange alone, for engines of other processes, which may come, go and come again.
 * Its day begins with it. Control thread.
 */
public final class StandaloneExchange implements AutoCloseable {
    private final List<Configuration> feeds;
    private final TradingDate date;
    private final SimulatedExchange exchange;

    /**
     * Opens every socket; nothing is sent yet.
     *
     * @param lengthNs span that the day takes
     * @throws ConfigurationException naming a port that nobody could know
     */
    public StandaloneExchange(Configuration configuration, long lengthNs, ErrorHandler errors)
        throws IOException {
        feeds = ConfiguredFeeds.of(configuration);
        refuseUnknownPorts();
        EngineClock clock = TradingDays.clock(configuration);
        date = TradingDates.of(configuration, clock);
        List<VenueSite> sites = feeds.stream().map(VenueSite::of).toList();
        exchange = new SimulatedExchange(configuration, sites, date.date(),
            clock.nanoTime() - date.midnightNs(), lengthNs, errors);
    }

    private void refuseUnknownPorts() {
        List<String> problems = new ArrayList<>();
        for (Configuration feed : feeds) {
            boolean isTwice = !feed.text(FEED_GROUP_B).equals("none");
            for (String key : isTwice ? List.of(FEED_PORT, FEED_PORT_B) : List.of(FEED_PORT)) {
                if (!ConnectionChecks.isSoup(feed) && feed.integer(key) == 0) {
                    problems.add(key + ": 0 lets nobody know where to listen; name a port");
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.stream().distinct().toList());
        }
    }

    /** Begins to send. */
    public void start() {
        exchange.start();
    }

    /** Sends nothing new; what was sent can still be asked for. */
    public void hush() {
        exchange.hush();
    }

    /** True once everything was sent. */
    public boolean isDone() {
        return exchange.isDone();
    }

    /** Messages sent so far. */
    public long messagesSent() {
        return exchange.messagesSent();
    }

    /** What an engine must be told to listen, as a configuration file. */
    public String engineConfiguration() {
        StringBuilder text = new StringBuilder("# An engine that listens to this exchange\n");
        SimulatedVenue.PASSWORDS.forEach((variable, password) ->
            text.append("# ").append(variable).append('=').append(password).append('\n'));
        for (int i = 0; i < feeds.size(); i++) {
            String name = exchange.venues().get(i).name().toLowerCase(Locale.ROOT);
            engineOptions(i).forEach((key, value) -> text.append(feeds.size() == 1 ? key
                : "feeds." + name + '.' + key.replaceFirst("^feed\\.", "")).append(": \"")
                .append(value).append("\"\n"));
        }
        return text.append(FEED_DATE).append(": \"").append(date.date()).append("\"\n").toString();
    }

    /** What an engine must be told of one venue, by key. */
    Map<String, String> engineOptions(int venue) {
        Configuration feed = feeds.get(venue);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("feed.source", EngineOptions.protocol(feed).label());
        options.put("feed.venue", exchange.venues().get(venue).name());
        for (String key : List.of("feed.channel", FEED_TRANSPORT, FEED_INTERFACE,
            "feed.multicast-group", FEED_PORT, FEED_GROUP_B, FEED_PORT_B, GLIMPSE_ENABLED)) {
            options.put(key, feed.text(key));
        }
        options.putAll(exchange.venues().get(venue).servers());
        return options;
    }

    /** The venues, after the close. */
    List<SimulatedVenue> venues() {
        return exchange.venues();
    }

    /** Takes one level of a venue's book. */
    @FunctionalInterface
    public interface LevelConsumer {
        /** Takes a level, 0 for the best; price 1e-9, size 1e-6. */
        void onLevel(String venue, String symbol, String side, int level, long price, long size,
            int orders) throws IOException;
    }

    /** Gives every level of every book as it was after the last message; after the close. */
    public void forEachLevel(LevelConsumer consumer) throws IOException {
        for (SimulatedVenue venue : exchange.venues()) {
            SimulatedBooks books = venue.agent().books();
            for (int locate = 1; locate <= books.symbolCount(); locate++) {
                List<long[]> bids = new ArrayList<>();
                List<long[]> asks = new ArrayList<>();
                books.forEachBidLevel(locate, (price, size, orders, level) ->
                    bids.add(new long[] {price, size, orders}));
                books.forEachAskLevel(locate, (price, size, orders, level) ->
                    asks.add(new long[] {price, size, orders}));
                give(consumer, venue.name(), books.symbol(locate), "bid", bids);
                give(consumer, venue.name(), books.symbol(locate), "ask", asks);
            }
        }
    }

    private static void give(LevelConsumer consumer, String venue, String symbol, String side,
        List<long[]> levels) throws IOException {
        for (int i = 0; i < levels.size(); i++) {
            long[] level = levels.get(i);
            consumer.onLevel(venue, symbol, side, i, level[0], level[1], (int) level[2]);
        }
    }

    @Override
    public void close() {
        exchange.close();
    }
}
