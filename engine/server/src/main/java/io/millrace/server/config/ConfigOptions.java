// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.address;
import static io.millrace.server.config.ValueRule.addressOr;
import static io.millrace.server.config.ValueRule.coreMap;
import static io.millrace.server.config.ValueRule.dateOr;
import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.multicastGroup;
import static io.millrace.server.config.ValueRule.multicastGroupOr;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.powerOfTwo;
import static io.millrace.server.config.ValueRule.serversOr;
import static io.millrace.server.config.ValueRule.shard;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.book.BookContext;
import io.millrace.feed.recovery.OpenHoles;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.instrument.Venue;
import io.millrace.server.feed.FeedProtocol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of options. Flags, environment variables, keys, help and defaults all come from it.
 */
public final class ConfigOptions {
    /** Environment variables that begin so are options; an unknown one is refused. */
    public static final String ENVIRONMENT_PREFIX = "MILLRACE_";

    public static final String FEED_SOURCE = "feed.source";
    public static final String FEED_VENUE = "feed.venue";
    public static final String FEED_ROLE = "feed.role";
    public static final String FEED_CHANNEL = "feed.channel";
    public static final String FEED_TRANSPORT = "feed.transport";
    public static final String FEED_GROUP = "feed.multicast-group";
    public static final String FEED_PORT = "feed.port";
    public static final String FEED_INTERFACE = "feed.interface";
    public static final String FEED_SENDER = "feed.sender";
    public static final String FEED_GROUP_B = "feed.multicast-group-b";
    public static final String FEED_PORT_B = "feed.port-b";
    public static final String FEED_INTERFACE_B = "feed.interface-b";
    public static final String FEED_SENDER_B = "feed.sender-b";
    public static final String FEED_SESSION_START = "feed.session-start";
    public static final String FEED_RECEIVE_BUFFER = "feed.receive-buffer-bytes";
    public static final String FEED_OVERFLOW_WAIT = "feed.overflow-wait-ms";
    public static final String FEED_DATE = "feed.trading-date";
    public static final String FEED_ROLL = "feed.roll";
    public static final String FEED_CALENDAR = "feed.calendar";
    public static final String RECOVERY_SERVERS = "recovery.servers";
    public static final String RECOVERY_REORDER = "recovery.reorder-window-us";
    public static final String RECOVERY_REORDER_PACKETS = "recovery.reorder-window-packets";
    public static final String RECOVERY_MESSAGES = "recovery.request-messages";
    public static final String RECOVERY_ATTEMPTS = "recovery.request-attempts";
    public static final String RECOVERY_IN_FLIGHT = "recovery.requests-in-flight";
    public static final String RECOVERY_TIMEOUT = "recovery.request-timeout-ms";
    public static final String RECOVERY_TIMEOUT_LIMIT = "recovery.request-timeout-limit-ms";
    public static final String RECOVERY_GIVE_UP = "recovery.give-up-ms";
    public static final String RECOVERY_HOLD = "recovery.hold-mb";
    public static final String RECOVERY_HOLD_PACKETS = "recovery.hold-packets";
    public static final String ENGINE_THREADING = "engine.threading";
    public static final String ENGINE_CORES = "engine.cores";
    public static final String ENGINE_INBOUND = "engine.inbound-capacity";
    public static final String ENGINE_OUTBOUND = "engine.outbound-capacity";
    public static final String ENGINE_COMMANDS = "engine.command-capacity-bytes";
    public static final String ENGINE_BATCH = "engine.batch-limit";
    public static final String ENGINE_CLOSE_TIMEOUT = "engine.close-timeout-ms";
    public static final String ENGINE_BUSY_TIMES = "engine.busy-times";
    public static final String ENGINE_INSTRUMENTS = "engine.max-instruments";
    public static final String ENGINE_ORDERS = "engine.max-orders";
    public static final String ENGINE_VENUES = "engine.max-venues";
    public static final String ENGINE_SHARD = "engine.shard";
    public static final String ENGINE_FINGERPRINT = "engine.fingerprint-interval";
    public static final String ENGINE_BUDGET = "engine.strategy-budget-ns";
    public static final String ENGINE_OVERRUNS = "engine.strategy-overrun-limit";
    public static final String JOURNAL_ENABLED = "journal.enabled";
    public static final String JOURNAL_DIRECTORY = "journal.directory";
    public static final String JOURNAL_SYNC = "journal.sync";
    public static final String JOURNAL_SYNC_INTERVAL = "journal.sync-interval-ms";
    public static final String JOURNAL_EXCERPT = "journal.excerpt-events";
    public static final String JOURNAL_MINIMUM_FREE = "journal.minimum-free-mb";
    public static final String COUNTERS_FILE = "counters.file";

    private static final List<ConfigOption> FEED = List.of(
        new ConfigOption(FEED_SOURCE, "simulator", oneOf(sources()),
            "Where packets come from: the simulated exchange, a venue's protocol; or kafka, which"
                + " gives events from the topic that another engine's bridge fills."),
        new ConfigOption(FEED_VENUE, "auto", oneOf(venues()),
            "Code of the venue behind the feed; auto is SIMA of the simulator, else XNAS or IEXG."),
        new ConfigOption(FEED_ROLE, "both", oneOf("both", "book", "trades", "none"),
            "What of the venue comes by this feed: exactly one gives its books, one its trades."),
        new ConfigOption(FEED_CHANNEL, "1", integer(1, 255),
            "Number that events of this feed carry as channelId."),
        new ConfigOption(FEED_TRANSPORT, "multicast", oneOf("multicast", "soupbintcp"),
            "How messages come: by multicast, or ITCH by a SoupBinTCP connection."),
        new ConfigOption(FEED_GROUP, "239.77.1.1", multicastGroup(),
            "Multicast group of the feed."),
        new ConfigOption(FEED_PORT, "0", integer(0, 65_535),
            "UDP port of the feed; 0 lets the simulator pick one."),
        new ConfigOption(FEED_INTERFACE, "127.0.0.1", address(),
            "Address of the interface that joins the group."),
        new ConfigOption(FEED_SENDER, "any", addressOr("any"),
            "Address of the only sender that is heard, by source-specific multicast."),
        new ConfigOption(FEED_GROUP_B, "none", multicastGroupOr("none"),
            "Multicast group of line B, which carries the same session as line A."),
        new ConfigOption(FEED_PORT_B, "0", integer(0, 65_535), "UDP port of line B."),
        new ConfigOption(FEED_INTERFACE_B, "same", addressOr("same"),
            "Address of the interface that joins the group of line B; same is that of line A."),
        new ConfigOption(FEED_SENDER_B, "any", addressOr("any"),
            "Address of the only sender that is heard on line B."),
        new ConfigOption(FEED_SESSION_START, "first-message",
            oneOf("first-message", "first-packet"),
            "Where a session begins: at number 1, so that all before a late start is missing,"
                + " or with the first packet that comes."),
        new ConfigOption(FEED_RECEIVE_BUFFER, "4194304", integer(65_536, 1 << 30),
            "Socket receive buffer; the kernel caps it at net.core.rmem_max."),
        new ConfigOption(FEED_OVERFLOW_WAIT, "1000", integer(0, 60_000),
            "Longest wait for room in the ring before packets are discarded as if lost."),
        new ConfigOption(FEED_DATE, "today", dateOr("today"),
            "Trading date in New York that the session belongs to."),
        new ConfigOption(FEED_ROLL, "off", ValueRule.timeOr("off", "session"),
            "When a run goes over to the next trading date: never, when the sessions have ended, or"
                + " then but not before a time in New York (HH:MM)."),
        new ConfigOption(FEED_CALENDAR, "us-equities", oneOf("us-equities", "every-day"),
            "Which days are trading dates where a run goes over to the next one: weekdays but the"
                + " holidays of NYSE Rule 7.2, or all."),
        new ConfigOption(RECOVERY_SERVERS, "auto", serversOr("auto", "none"),
            "Request servers, asked in turn; auto is that of the simulated exchange if it has one."
                + " Without any, what no line brings is lost."),
        new ConfigOption(RECOVERY_REORDER, "2000", integer(0, 60_000_000),
            "Time for the other line or a late packet before a server is asked."),
        new ConfigOption(RECOVERY_REORDER_PACKETS, "256", integer(1, 1 << 20),
            "Packets behind a hole that end this time early."),
        new ConfigOption(RECOVERY_MESSAGES, "1024",
            integer(1, RecoveryContext.MAX_REQUEST_MESSAGES), "Most messages of one request."),
        new ConfigOption(RECOVERY_ATTEMPTS, "5", integer(1, 100),
            "Requests that bring nothing after which a hole is lost."),
        new ConfigOption(RECOVERY_IN_FLIGHT, "64", integer(1, OpenHoles.LIMIT),
            "Most requests that wait for an answer at once."),
        new ConfigOption(RECOVERY_TIMEOUT, "50", integer(1, 60_000),
            "Time for the first answer; it doubles with each attempt."),
        new ConfigOption(RECOVERY_TIMEOUT_LIMIT, "1000", integer(1, 60_000),
            "Longest time for an answer."),
        new ConfigOption(RECOVERY_GIVE_UP, "10000", integer(1, 3_600_000),
            "Time after which a hole is lost even though answers still come."),
        new ConfigOption(RECOVERY_HOLD, "32", integer(1, 1_024),
            "Mebibytes of packets held back behind holes; when full, the first hole is lost."),
        new ConfigOption(RECOVERY_HOLD_PACKETS, "65536", integer(1, 1 << 22),
            "Packets held back behind holes; when full, the first hole is lost."));

    private static final List<ConfigOption> ENGINE = List.of(
        new ConfigOption(ENGINE_THREADING, "auto", oneOf("auto", "inline", "shared", "dedicated"),
            "All work on the caller (not for run), on one thread, on one each; auto is one each"
                + " for run with two cores or more."),
        new ConfigOption(ENGINE_CORES, "auto", coreMap(),
            "Which thread is pinned to which core; auto pins ingress and chain when there is"
                + " a core for each and one is left, and gives the chain one of two."),
        new ConfigOption(ENGINE_INBOUND, "16384", powerOfTwo(64, 1 << 23),
            "Slots of the inbound ring."),
        new ConfigOption(ENGINE_OUTBOUND, "16384", powerOfTwo(64, 1 << 23),
            "Slots of the outbound ring."),
        new ConfigOption(ENGINE_COMMANDS, "65536", powerOfTwo(1 << 12, 1 << 24),
            "Bytes of the command queue."),
        new ConfigOption(ENGINE_BATCH, "256", integer(1, 1 << 16),
            "Most events that the chain takes before it gives their slots back."),
        new ConfigOption(ENGINE_CLOSE_TIMEOUT, "30000", integer(1, 3_600_000),
            "Longest time that a stop waits for one thread to drain."),
        new ConfigOption(ENGINE_BUSY_TIMES, "false", oneOf("true", "false"),
            "Count the CPU time of each thread's work in counters busy.THREAD."),
        new ConfigOption(ENGINE_INSTRUMENTS, "16384", integer(1, BookContext.MAX_BOOKS),
            "Most securities that are known at once; times the venues at most "
                + BookContext.MAX_BOOKS + "."),
        new ConfigOption(ENGINE_ORDERS, "2000000", integer(1_000, BookContext.MAX_ORDERS),
            "Most resting orders at once."),
        new ConfigOption(ENGINE_VENUES, "5", integer(1, BookContext.MAX_VENUES),
            "Most venues with books."),
        new ConfigOption(ENGINE_SHARD, "0/1", shard(),
            "Which part of the securities this engine has when several share the lines; what"
                + " concerns a whole market goes to all."),
        new ConfigOption(ENGINE_FINGERPRINT, "65536", integer(1, Integer.MAX_VALUE),
            "Inbound events between two fingerprints."),
        new ConfigOption(ENGINE_BUDGET, "1000000", integer(0, 60_000_000_000L),
            "Time a strategy may take per event, 0 for as long as it likes."),
        new ConfigOption(ENGINE_OVERRUNS, "100", integer(1, Integer.MAX_VALUE),
            "Budget overruns after which a strategy is detached."),
        new ConfigOption(JOURNAL_ENABLED, "true", oneOf("true", "false"), "Keep both journals."),
        new ConfigOption(JOURNAL_DIRECTORY, "journal", text(4096),
            "Root directory; one folder per trading date."),
        new ConfigOption(JOURNAL_SYNC, "interval", oneOf("none", "interval", "batch"),
            "When events are forced to disk: by the system alone, at intervals, with every batch."),
        new ConfigOption(JOURNAL_SYNC_INTERVAL, "100", integer(1, 60_000),
            "Time from one forcing to disk to the next with journal.sync interval."),
        new ConfigOption(JOURNAL_EXCERPT, "512", integer(1, 1_024),
            "Most events that are appended at once."),
        new ConfigOption(JOURNAL_MINIMUM_FREE, "256", integer(0, 1 << 20),
            "Mebibytes that stay free on the disk; below, appending stops and says so."));

    private static final List<ConfigOption> COUNTERS = List.of(
        new ConfigOption(COUNTERS_FILE, "auto", text(4096),
            "Memory-mapped counters that other processes read; auto puts it beside the journal."));

    /** All options in the order in which they are printed. */
    public static final List<ConfigOption> ALL =
        Stream.of(FEED, SimulatorOptions.ALL, ENGINE, DiskOptions.ALL, CheckpointOptions.ALL,
                COUNTERS, ConnectionOptions.ALL, BreakerOptions.ALL, EdgeOptions.ALL,
                RecorderOptions.ALL, ClockOptions.ALL, BridgeOptions.ALL, KafkaOptions.ALL,
                RedisOptions.ALL, MemcachedOptions.ALL, ClickHouseOptions.ALL, PostgresOptions.ALL,
                ParquetOptions.ALL, LookupOptions.ALL)
            .flatMap(List::stream).toList();

    private static final Map<String, ConfigOption> BY_KEY =
        ALL.stream().collect(Collectors.toUnmodifiableMap(ConfigOption::key, Function.identity()));
    private static final Set<String> LAUNCHER_VARIABLES =
        Set.of("MILLRACE_JAVA_HOME", "MILLRACE_JVM_FLAGS", "MILLRACE_HEAP", "MILLRACE_CONFIG");

    private ConfigOptions() {
    }

    /** The option of a key, or null. */
    public static ConfigOption get(String key) {
        return BY_KEY.get(key);
    }

    /** All keys. */
    public static Set<String> keys() {
        return BY_KEY.keySet();
    }

    /** True for variables that must be options: ours, no secret, none that the launcher reads. */
    static boolean isOurs(String variable) {
        return variable.startsWith(ENVIRONMENT_PREFIX) && !LAUNCHER_VARIABLES.contains(variable)
            && !ConnectionOptions.isSecret(variable) && !BridgeOptions.SECRETS.contains(variable);
    }

    private static String[] sources() {
        return Stream.concat(Stream.of("simulator", KafkaOptions.SOURCE),
            FeedProtocol.labels().stream()).toArray(String[]::new);
    }

    private static String[] venues() {
        return Stream.concat(Stream.of("auto"), Arrays.stream(Venue.values()).map(Venue::name))
            .toArray(String[]::new);
    }
}
