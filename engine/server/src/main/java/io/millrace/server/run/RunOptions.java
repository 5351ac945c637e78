// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.BreakerOptions.FIRST_PROBE;
import static io.millrace.server.config.BreakerOptions.LONGEST_PROBE;
import static io.millrace.server.config.ConfigOptions.ENGINE_CORES;
import static io.millrace.server.config.ConfigOptions.ENGINE_INSTRUMENTS;
import static io.millrace.server.config.ConfigOptions.ENGINE_THREADING;
import static io.millrace.server.config.ConfigOptions.ENGINE_VENUES;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP_B;
import static io.millrace.server.config.ConfigOptions.FEED_PORT;
import static io.millrace.server.config.ConfigOptions.FEED_PORT_B;
import static io.millrace.server.config.ConfigOptions.FEED_SENDER;
import static io.millrace.server.config.ConfigOptions.FEED_SENDER_B;
import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;
import static io.millrace.server.config.ConfigOptions.JOURNAL_ENABLED;
import static io.millrace.server.config.RecorderOptions.RECORDER_ENABLED;
import static io.millrace.server.config.ConfigOptions.RECOVERY_TIMEOUT;
import static io.millrace.server.config.ConfigOptions.RECOVERY_TIMEOUT_LIMIT;

import io.millrace.book.BookContext;
import io.millrace.engine.ThreadingMode;
import io.millrace.server.config.BridgeOptions;
import io.millrace.server.config.ClickHouseOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.KafkaOptions;
import io.millrace.server.config.MemcachedOptions;
import io.millrace.server.config.ParquetOptions;
import io.millrace.server.config.PostgresOptions;
import io.millrace.server.config.RedisOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a live engine asks of its options beyond the range of each: a thread that drives it, for
 * every pin a thread that it pins, no more books than there can be, two different lines. Control
 * thread, before anything is opened.
 */
public final class RunOptions {
    private static final String INLINE = "inline";

    private RunOptions() {
    }

    /**
     * Checks the options of a live engine.
     *
     * @param environment variables, where passwords may stand
     * @throws ConfigurationException naming every option that a live engine cannot use
     */
    public static void check(Configuration configuration, Map<String, String> environment) {
        List<String> problems = problems(configuration, environment);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.stream().distinct().toList());
        }
    }

    /** Threads for a live engine: one each when two can run at once. */
    public static ThreadingMode automaticThreading() {
        return Runtime.getRuntime().availableProcessors() > 1 ? ThreadingMode.DEDICATED
            : ThreadingMode.SHARED;
    }

    private static void addBridgeProblems(Configuration configuration, List<String> problems) {
        for (String bridge : List.of(KafkaOptions.ENABLED, RedisOptions.ENABLED,
            MemcachedOptions.ENABLED, ClickHouseOptions.ENABLED, PostgresOptions.ENABLED,
            ParquetOptions.ENABLED)) {
            if (configuration.isTrue(bridge) && !configuration.isTrue(JOURNAL_ENABLED)) {
                problems.add(bridge + ": bridges read the journal, and " + JOURNAL_ENABLED
                    + " is false");
            }
        }
        if (configuration.number(RedisOptions.MEMORY_LOW)
            >= configuration.number(RedisOptions.MEMORY_HIGH)) {
            problems.add(RedisOptions.MEMORY_LOW + ": "
                + configuration.text(RedisOptions.MEMORY_LOW) + " is not less than "
                + RedisOptions.MEMORY_HIGH + ' '
                + configuration.text(RedisOptions.MEMORY_HIGH));
        }
        if (configuration.number(BridgeOptions.FIRST_RETRY)
            > configuration.number(BridgeOptions.LONGEST_RETRY)) {
            problems.add(BridgeOptions.FIRST_RETRY + ": "
                + configuration.text(BridgeOptions.FIRST_RETRY) + " is more than "
                + BridgeOptions.LONGEST_RETRY + ' '
                + configuration.text(BridgeOptions.LONGEST_RETRY));
        }
    }

    private static List<String> problems(Configuration configuration,
                                         Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        for (Configuration feed : ConfiguredFeeds.of(configuration)) {
            if (feed.text(FEED_SOURCE).equals(KafkaOptions.SOURCE)) {
                return List.of(FEED_SOURCE + ": '" + KafkaOptions.SOURCE + "' has events and no"
                    + " packets; only run takes it, and beside no other feed");
            }
        }
        long books = configuration.number(ENGINE_INSTRUMENTS) * configuration.number(ENGINE_VENUES);
        if (books > BookContext.MAX_BOOKS) {
            problems.add(ENGINE_INSTRUMENTS + " times " + ENGINE_VENUES + ": " + books
                + " is not from 1 to " + BookContext.MAX_BOOKS);
        }
        for (Configuration feed : ConfiguredFeeds.of(configuration)) {
            addFeedProblems(feed, problems);
            problems.addAll(new ConnectionChecks(feed, environment).problems());
        }
        problems.addAll(FeedChecks.problems(configuration));
        problems.addAll(SimulatorChecks.problems(configuration));
        if (configuration.isTrue(RECORDER_ENABLED) && ConnectionChecks.isSoup(configuration)) {
            problems.add(RECORDER_ENABLED + ": datagrams are recorded, and feed.transport"
                + " soupbintcp has none");
        }
        addBridgeProblems(configuration, problems);
        if (configuration.isTrue(RECORDER_ENABLED) && !configuration.feedNames().isEmpty()) {
            problems.add(RECORDER_ENABLED + ": a recording holds the options of one feed, and there"
                + " are " + String.join(", ", configuration.feedNames()));
        }
        String threading = configuration.text(ENGINE_THREADING);
        if (threading.equals(INLINE)) {
            problems.add(ENGINE_THREADING + ": '" + INLINE + "' leaves a live engine without a"
                + " thread; run takes one of auto, shared, dedicated");
            return problems;
        }
        String cores = configuration.text(ENGINE_CORES);
        List<String> roles = roles(EngineOptions.threading(threading, automaticThreading()),
            configuration.isTrue(JOURNAL_ENABLED));
        for (String pair : cores.split(",")) {
            String role = pair.replaceAll("=.*", "");
            if (pair.contains("=") && !roles.contains(role)) {
                problems.add(ENGINE_CORES + ": '" + cores + "' pins " + role
                    + ", which no thread is called; with " + ENGINE_THREADING + " '" + threading
                    + "' they are " + String.join(", ", roles));
            }
        }
        return problems;
    }

    private static void addFeedProblems(Configuration configuration, List<String> problems) {
        if (configuration.number(RECOVERY_TIMEOUT) > configuration.number(RECOVERY_TIMEOUT_LIMIT)) {
            problems.add(RECOVERY_TIMEOUT + ": " + configuration.text(RECOVERY_TIMEOUT)
                + " is above " + RECOVERY_TIMEOUT_LIMIT + ", which is "
                + configuration.text(RECOVERY_TIMEOUT_LIMIT));
        }
        if (configuration.number(FIRST_PROBE) > configuration.number(LONGEST_PROBE)) {
            problems.add(FIRST_PROBE + ": " + configuration.text(FIRST_PROBE) + " is more than "
                + LONGEST_PROBE + ' ' + configuration.text(LONGEST_PROBE));
        }
        if (!EngineOptions.isSimulated(configuration)) {
            addLineProblems(configuration, problems);
        }
        if (!configuration.text(FEED_GROUP_B).equals("none")
            && configuration.text(FEED_GROUP_B).equals(configuration.text(FEED_GROUP))
            && configuration.text(FEED_PORT_B).equals(configuration.text(FEED_PORT))
            && configuration.text(FEED_SENDER_B).equals(configuration.text(FEED_SENDER))) {
            problems.add(FEED_GROUP_B + ": group, port and sender are those of line A; name others,"
                + " or none");
        }
    }

    /** A simulated venue finds free ports, and one that is reached by connections tells where. */
    private static void addLineProblems(Configuration configuration, List<String> problems) {
        boolean hasLineB = !configuration.text(FEED_GROUP_B).equals("none");
        if (ConnectionChecks.isSoup(configuration)) {
            if (hasLineB) {
                problems.add(FEED_GROUP_B + ": '" + configuration.text(FEED_GROUP_B)
                    + "' is a second line, and feed.transport soupbintcp has one connection and no"
                    + " lines; leave it out");
            }
            return;
        }
        if (configuration.integer(FEED_PORT) == 0) {
            problems.add(FEED_PORT + ": 0 hears nothing of group " + configuration.text(FEED_GROUP)
                + "; set the port that the venue sends to, from 1 to 65535");
        }
        if (hasLineB && configuration.integer(FEED_PORT_B) == 0) {
            problems.add(FEED_PORT_B + ": 0 hears nothing of group "
                + configuration.text(FEED_GROUP_B)
                + "; set the port that the venue sends to, from 1 to 65535");
        }
    }

    private static List<String> roles(ThreadingMode mode, boolean isJournaled) {
        if (mode == ThreadingMode.SHARED) {
            return List.of("shared");
        }
        return isJournaled ? List.of("ingress", "chain", "journal-in", "journal-out")
            : List.of("ingress", "chain");
    }
}
