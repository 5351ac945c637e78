// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.counter.Counters;
import io.millrace.event.EventRing;
import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.EpochNanoClock;

/** Options of one engine. Setters and getters share a name; {@link #conclude()} validates. One thread, before start. */
public final class EngineContext {
    private ThreadingMode threadingMode = ThreadingMode.INVOKER;
    private RunMode runMode = RunMode.LIVE;
    private int inboundCapacity = 16_384;
    private int outboundCapacity = 16_384;
    private int commandCapacity = 65_536;
    private int batchLimit = 256;
    private int maxInstruments = 16_384;
    private int maxOrders = 2_000_000;
    private int maxVenues = 5;
    private int fingerprintInterval = 65_536;
    private long strategyBudgetNs = 1_000_000;
    private int strategyOverrunLimit = 100;
    private int tradingDate;
    private EpochNanoClock clock;
    private Counters counters;
    private final List<Strategy> strategies = new ArrayList<>();

    public EngineContext threadingMode(ThreadingMode mode) {
        threadingMode = mode;
        return this;
    }

    public ThreadingMode threadingMode() {
        return threadingMode;
    }

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

    public EngineContext maxInstruments(int count) {
        maxInstruments = count;
        return this;
    }

    public int maxInstruments() {
        return maxInstruments;
    }

    public EngineContext maxOrders(int count) {
        maxOrders = count;
        return this;
    }

    public int maxOrders() {
        return maxOrders;
    }

    public EngineContext maxVenues(int count) {
        maxVenues = count;
        return this;
    }

    public int maxVenues() {
        return maxVenues;
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

    /** Adds a strategy; they are called in the order in which they were added. */
    public EngineContext strategy(Strategy strategy) {
        strategies.add(strategy);
        return this;
    }

    public List<Strategy> strategies() {
        return strategies;
    }

    /** The venue's local date as yyyymmdd, 0 when it is not known. */
    public EngineContext tradingDate(int yyyymmdd) {
        tradingDate = yyyymmdd;
        return this;
    }

    public int tradingDate() {
        return tradingDate;
    }

    /** Stamps events and batches; null for no stamps. */
    public EngineContext clock(EpochNanoClock clock) {
        this.clock = clock;
        return this;
    }

    public EpochNanoClock clock() {
        return clock;
    }

    /** Where counters stand; null for memory of this process. */
    public EngineContext counters(Counters counters) {
        this.counters = counters;
        return this;
    }

    public Counters counters() {
        return counters;
    }

    /** Checks every option, and fills in what was left out. */
    public EngineContext conclude() {
        powerOfTwo("inboundCapacity", inboundCapacity, EventRing.MAX_CAPACITY);
        powerOfTwo("outboundCapacity", outboundCapacity, EventRing.MAX_CAPACITY);
        powerOfTwo("commandCapacity", commandCapacity, 1 << 24);
        range("batchLimit", batchLimit, 1, 1 << 16);
        range("fingerprintInterval", fingerprintInterval, 1, Integer.MAX_VALUE);
        range("strategyBudgetNs", strategyBudgetNs, 0, Long.MAX_VALUE);
        range("strategyOverrunLimit", strategyOverrunLimit, 1, Integer.MAX_VALUE);
        if (counters == null) {
            counters = Counters.inMemory();
        }
        return this;
    }

    private static void powerOfTwo(String option, int value, int limit) {
        if (value < 2 || value > limit || !BitUtil.isPowerOfTwo(value)) {
            throw new IllegalArgumentException(option + " = " + value + " is not a power of two from 2 to " + limit);
        }
    }

    private static void range(String option, long value, long least, long greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(option + " = " + value + " is not within " + least + " to " + greatest);
        }
    }
}
