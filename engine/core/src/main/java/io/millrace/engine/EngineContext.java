// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookContext;
import io.millrace.codec.event.ClockEncoder;
import io.millrace.counter.Counters;
import io.millrace.event.EventRing;
import io.millrace.instrument.Shard;
import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.BitUtil;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Options of one engine. Setters and getters share a name; {@link #conclude()} validates. One
 * thread, before start.
 */
public final class EngineContext {
    /** Largest number of securities, and of securities times venues. */
    public static final int MAX_BOOKS = BookContext.MAX_BOOKS;
    /** Largest number of resting orders. */
    public static final int MAX_ORDERS = BookContext.MAX_ORDERS;
    /** Largest number of venues. */
    public static final int MAX_VENUES = BookContext.MAX_VENUES;

    private ThreadingMode threadingMode = ThreadingMode.INVOKER;
    private CorePlan cores = CorePlan.AUTOMATIC;
    private RunMode runMode = RunMode.LIVE;
    private int inboundCapacity = 16_384;
    private int outboundCapacity = 16_384;
    private int commandCapacity = 65_536;
    private int batchLimit = 256;
    private int maxInstruments = BookContext.DEFAULT_MAX_INSTRUMENTS;
    private int maxOrders = BookContext.DEFAULT_MAX_ORDERS;
    private int maxVenues = BookContext.DEFAULT_MAX_VENUES;
    private Shard shard = Shard.ALL;
    private int fingerprintInterval = 65_536;
    private long strategyBudgetNs = 1_000_000;
    private int strategyOverrunLimit = 100;
    private long closeTimeoutMs = 30_000;
    private boolean hasBusyTimes;
    private List<String> levelUpdates = List.of();
    private int tradingDate;
    private int schemaVersion = ClockEncoder.SCHEMA_VERSION;
    private EpochNanoClock clock;
    private Counters counters;
    private final List<Strategy> strategies = new ArrayList<>();
    private final List<String> strategyNames = new ArrayList<>();

    /** On which threads the agents run. */
    public EngineContext threadingMode(ThreadingMode mode) {
        threadingMode = mode;
        return this;
    }

    public ThreadingMode threadingMode() {
        return threadingMode;
    }

    /** Which of these threads runs on which cpu. */
    public EngineContext cores(CorePlan plan) {
        cores = plan;
        return this;
    }

    public CorePlan cores() {
        return cores;
    }

    /** Where the inbound events come from. */
    public EngineContext runMode(RunMode mode) {
        runMode = mode;
        return this;
    }

    public RunMode runMode() {
        return runMode;
    }

    /** Slots of the inbound ring, a power of two. */
    public EngineContext inboundCapacity(int slots) {
        inboundCapacity = slots;
        return this;
    }

    public int inboundCapacity() {
        return inboundCapacity;
    }

    /** Slots of the outbound ring, a power of two. */
    public EngineContext outboundCapacity(int slots) {
        outboundCapacity = slots;
        return this;
    }

    public int outboundCapacity() {
        return outboundCapacity;
    }

    /** Bytes of the command queue, a power of two. */
    public EngineContext commandCapacity(int bytes) {
        commandCapacity = bytes;
        return this;
    }

    public int commandCapacity() {
        return commandCapacity;
    }

    /** Most events that the chain takes before it gives their slots back. */
    public EngineContext batchLimit(int events) {
        batchLimit = events;
        return this;
    }

    public int batchLimit() {
        return batchLimit;
    }

    /** Greatest number of securities. */
    public EngineContext maxInstruments(int count) {
        maxInstruments = count;
        return this;
    }

    public int maxInstruments() {
        return maxInstruments;
    }

    /** Resting orders of all books together; one more is refused. */
    public EngineContext maxOrders(int count) {
        maxOrders = count;
        return this;
    }

    public int maxOrders() {
        return maxOrders;
    }

    /** Venues that may have books. */
    public EngineContext maxVenues(int count) {
        maxVenues = count;
        return this;
    }

    public int maxVenues() {
        return maxVenues;
    }

    /** Which part of the securities this engine has. */
    public EngineContext shard(Shard value) {
        shard = value;
        return this;
    }

    public Shard shard() {
        return shard;
    }

    /** Symbols whose books derive LevelUpdated events, or {@link BookContext#ALL_SYMBOLS}. */
    public EngineContext levelUpdates(String... symbols) {
        levelUpdates = List.of(symbols);
        return this;
    }

    public List<String> levelUpdates() {
        return levelUpdates;
    }

    /** Inbound events from one fingerprint to the next. */
    public EngineContext fingerprintInterval(int events) {
        fingerprintInterval = events;
        return this;
    }

    public int fingerprintInterval() {
        return fingerprintInterval;
    }

    /** Longest time a strategy may take over one event, 0 for as long as it likes. */
    public EngineContext strategyBudgetNs(long budgetNs) {
        strategyBudgetNs = budgetNs;
        return this;
    }

    public long strategyBudgetNs() {
        return strategyBudgetNs;
    }

    /** Overruns after which a strategy is detached. */
    public EngineContext strategyOverrunLimit(int count) {
        strategyOverrunLimit = count;
        return this;
    }

    public int strategyOverrunLimit() {
        return strategyOverrunLimit;
    }

    /** Longest time that a stop waits for one thread to drain. */
    public EngineContext closeTimeoutMs(long timeoutMs) {
        closeTimeoutMs = timeoutMs;
        return this;
    }

    public long closeTimeoutMs() {
        return closeTimeoutMs;
    }

    /** Whether the CPU time of each thread's work is counted. */
    public EngineContext busyTimes(boolean isCounted) {
        hasBusyTimes = isCounted;
        return this;
    }

    public boolean busyTimes() {
        return hasBusyTimes;
    }

    /**
     * The venue's local date as yyyymmdd, 0 when it is not known; told by the engine's start and
     * stop events.
     */
    public EngineContext tradingDate(int yyyymmdd) {
        tradingDate = yyyymmdd;
        return this;
    }

    public int tradingDate() {
        return tradingDate;
    }

    /** Schema version that derived events carry: this build's, or in a replay the recorded one. */
    public EngineContext schemaVersion(int version) {
        schemaVersion = version;
        return this;
    }

    public int schemaVersion() {
        return schemaVersion;
    }

    /** Stamps events and batches; null for no stamps. */
    public EngineContext clock(EpochNanoClock clock) {
        this.clock = clock;
        return this;
    }

    public EpochNanoClock clock() {
        return clock;
    }

    /** Where counters and errors stand; null for memory of this process. */
    public EngineContext counters(Counters counters) {
        this.counters = counters;
        return this;
    }

    public Counters counters() {
        return counters;
    }

    /** Adds a strategy; they are called in the order in which they were added. */
    public EngineContext strategy(Strategy strategy) {
        strategies.add(strategy);
        return this;
    }

    public List<Strategy> strategies() {
        return List.copyOf(strategies);
    }

    /**
     * Names of the strategies in their order; one without a name is strategy-1 and so on. After
     * conclude.
     */
    public List<String> strategyNames() {
        return List.copyOf(strategyNames);
    }

    /** The options that a configuration may set, by key, as text. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("engine.threading-mode", threadingMode.name().toLowerCase(Locale.ROOT));
        properties.put("engine.cores", cores.toString());
        properties.put("engine.inbound-capacity", String.valueOf(inboundCapacity));
        properties.put("engine.outbound-capacity", String.valueOf(outboundCapacity));
        properties.put("engine.command-capacity-bytes", String.valueOf(commandCapacity));
        properties.put("engine.batch-limit", String.valueOf(batchLimit));
        properties.put("engine.fingerprint-interval", String.valueOf(fingerprintInterval));
        properties.put("engine.strategy-budget-ns", String.valueOf(strategyBudgetNs));
        properties.put("engine.strategy-overrun-limit", String.valueOf(strategyOverrunLimit));
        properties.put("engine.close-timeout-ms", String.valueOf(closeTimeoutMs));
        properties.put("engine.busy-times", String.valueOf(hasBusyTimes));
        properties.put("engine.max-instruments", String.valueOf(maxInstruments));
        properties.put("engine.max-orders", String.valueOf(maxOrders));
        properties.put("engine.max-venues", String.valueOf(maxVenues));
        properties.put("engine.shard", shard.toString());
        properties.put("engine.level-updates", String.join(",", levelUpdates));
        return properties;
    }

    /**
     * Checks every option and fills in what was left out.
     *
     * @throws IllegalArgumentException naming the option, its value and the range
     * @throws IllegalStateException    naming a JVM flag that is missing
     */
    public EngineContext conclude() {
        JvmFlags.require(JvmFlags.INTERNAL_MISC);
        powerOfTwo("engine.inbound-capacity", inboundCapacity, 2, EventRing.MAX_CAPACITY);
        powerOfTwo("engine.outbound-capacity", outboundCapacity, 2, EventRing.MAX_CAPACITY);
        powerOfTwo("engine.command-capacity-bytes", commandCapacity, 1 << 12, 1 << 24);
        range("engine.batch-limit", batchLimit, 1, 1 << 16);
        range("engine.max-instruments", maxInstruments, 1, MAX_BOOKS);
        range("engine.max-venues", maxVenues, 1, MAX_VENUES);
        range("engine.max-instruments x engine.max-venues", (long) maxInstruments * maxVenues, 1,
            MAX_BOOKS);
        range("engine.max-orders", maxOrders, 1, MAX_ORDERS);
        levelUpdates.forEach(EngineContext::symbol);
        range("engine.fingerprint-interval", fingerprintInterval, 1, Integer.MAX_VALUE);
        range("engine.strategy-budget-ns", strategyBudgetNs, 0, Long.MAX_VALUE);
        range("engine.strategy-overrun-limit", strategyOverrunLimit, 1, Integer.MAX_VALUE);
        range("engine.close-timeout-ms", closeTimeoutMs, 1, 1L << 40);
        range("schema version", schemaVersion, 0, ClockEncoder.SCHEMA_VERSION);
        StrategyNames.of(strategies, strategyNames);
        counters = counters == null ? Counters.inMemory() : counters;
        return this;
    }

    private static void powerOfTwo(String option, int value, int least, int most) {
        if (value < least || value > most || !BitUtil.isPowerOfTwo(value)) {
            throw new IllegalArgumentException(
                option + " " + value + " is not a power of two from " + least + " to "
                + most);
        }
    }

    private static void symbol(String symbol) {
        if (!symbol.matches("[!-+\\--~]{1,16}")) {
            throw new IllegalArgumentException("engine.level-updates '" + symbol
                + "' is not of 1 to 16 printable ASCII characters without a space or a comma");
        }
    }

    private static void range(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                option + " " + value + " is not from " + least + " to " + most);
        }
    }
}
