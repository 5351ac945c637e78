// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.ENGINE_BATCH;
import static io.millrace.server.config.ConfigOptions.ENGINE_BUDGET;
import static io.millrace.server.config.ConfigOptions.ENGINE_BUSY_TIMES;
import static io.millrace.server.config.ConfigOptions.ENGINE_CLOSE_TIMEOUT;
import static io.millrace.server.config.ConfigOptions.ENGINE_COMMANDS;
import static io.millrace.server.config.ConfigOptions.ENGINE_CORES;
import static io.millrace.server.config.ConfigOptions.ENGINE_FINGERPRINT;
import static io.millrace.server.config.ConfigOptions.ENGINE_INBOUND;
import static io.millrace.server.config.ConfigOptions.ENGINE_INSTRUMENTS;
import static io.millrace.server.config.ConfigOptions.ENGINE_ORDERS;
import static io.millrace.server.config.ConfigOptions.ENGINE_OUTBOUND;
import static io.millrace.server.config.ConfigOptions.ENGINE_OVERRUNS;
import static io.millrace.server.config.ConfigOptions.ENGINE_SHARD;
import static io.millrace.server.config.ConfigOptions.ENGINE_THREADING;
import static io.millrace.server.config.ConfigOptions.ENGINE_VENUES;
import static io.millrace.server.config.ConfigOptions.FEED_CHANNEL;
import static io.millrace.server.config.ConfigOptions.FEED_ROLE;
import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;
import static io.millrace.server.config.ConfigOptions.FEED_VENUE;

import io.millrace.engine.CorePlan;
import io.millrace.engine.EngineContext;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventFlag;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedRole;
import io.millrace.instrument.Shard;
import io.millrace.instrument.Venue;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.SimulatorOptions;
import io.millrace.server.feed.FeedProtocol;
import java.util.Locale;

/** Turns the configuration into the contexts of the parts. */
public final class EngineOptions {
    /** The plan that tuning/check made of this machine; the launcher passes it on. */
    public static final String CORE_PLAN_PROPERTY = "millrace.core-plan";

    private static final String AUTO = "auto";

    private EngineOptions() {
    }

    /** Options of an engine, not concluded yet. */
    public static EngineContext engine(Configuration configuration, ThreadingMode automatic) {
        return new EngineContext()
            .threadingMode(threading(configuration.text(ENGINE_THREADING), automatic))
            .cores(cores(configuration.text(ENGINE_CORES)))
            .inboundCapacity(configuration.integer(ENGINE_INBOUND))
            .outboundCapacity(configuration.integer(ENGINE_OUTBOUND))
            .commandCapacity(configuration.integer(ENGINE_COMMANDS))
            .batchLimit(configuration.integer(ENGINE_BATCH))
            .closeTimeoutMs(configuration.number(ENGINE_CLOSE_TIMEOUT))
            .busyTimes(configuration.isTrue(ENGINE_BUSY_TIMES))
            .maxInstruments(configuration.integer(ENGINE_INSTRUMENTS))
            .maxOrders(configuration.integer(ENGINE_ORDERS))
            .maxVenues(configuration.integer(ENGINE_VENUES))
            .shard(Shard.parse(configuration.text(ENGINE_SHARD)))
            .fingerprintInterval(configuration.integer(ENGINE_FINGERPRINT))
            .strategyBudgetNs(configuration.number(ENGINE_BUDGET))
            .strategyOverrunLimit(configuration.integer(ENGINE_OVERRUNS));
    }

    /** What all events of the feed carry. */
    public static FeedChannel channel(Configuration configuration, FeedProtocol protocol,
        boolean isSimulated) {
        Venue venue = venue(configuration, protocol, isSimulated);
        return new FeedChannel(venue, configuration.integer(FEED_CHANNEL),
            isSimulated || venue.isSimulated() ? EventFlag.SIMULATED : 0);
    }

    /** The venue behind the feed. */
    public static Venue venue(Configuration configuration, FeedProtocol protocol,
        boolean isSimulated) {
        String name = configuration.text(FEED_VENUE);
        if (name.equals(AUTO)) {
            return isSimulated ? Venue.SIMA : protocol.venue();
        }
        return Venue.valueOf(name);
    }

    /** What the packets of live lines hold. */
    public static FeedProtocol protocol(Configuration configuration) {
        return FeedProtocol.of(configuration.text(isSimulated(configuration)
            ? SimulatorOptions.VENUES : FEED_SOURCE));
    }

    /** True when the packets come from the built-in exchange; never when feeds have names. */
    public static boolean isSimulated(Configuration configuration) {
        return configuration.text(FEED_SOURCE).equals("simulator")
            && configuration.feedNames().isEmpty();
    }

    /** True when all that comes is simulated: by the built-in exchange, or by venues that are. */
    static boolean isSimulatedData(Configuration configuration) {
        return isSimulated(configuration) || ConfiguredFeeds.of(configuration).stream()
            .allMatch(feed -> venue(feed, protocol(feed), false).isSimulated());
    }

    /** What of the venue a feed gives. */
    static FeedRole role(Configuration configuration) {
        return FeedRole.valueOf(configuration.text(FEED_ROLE).toUpperCase(Locale.ROOT));
    }

    /** Which thread runs on which core: as configured, else as the launcher planned. */
    public static CorePlan cores(String text) {
        return CorePlan.parse(text.equals(AUTO) ? System.getProperty(CORE_PLAN_PROPERTY, AUTO)
            : text);
    }

    /** How an engine's agents run. */
    public static ThreadingMode threading(String word, ThreadingMode automatic) {
        return switch (word) {
            case "inline" -> ThreadingMode.INVOKER;
            case "shared" -> ThreadingMode.SHARED;
            case "dedicated" -> ThreadingMode.DEDICATED;
            default -> automatic;
        };
    }
}
