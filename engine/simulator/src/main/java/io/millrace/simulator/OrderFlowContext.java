// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * Options of an {@link OrderFlow}. The same options give the same bytes on every JDK. {@link
 * #conclude()} checks them and freezes the plan of the day.
 */
public final class OrderFlowContext {
    public static final long SEED_DEFAULT = 1;
    public static final int SYMBOLS_DEFAULT = 1_000;
    public static final long MESSAGES_DEFAULT = 1_000_000;
    public static final int LIVE_ORDERS_DEFAULT = 100_000;
    public static final double ZIPF_EXPONENT_DEFAULT = 0.9;
    public static final int BURST_FACTOR_DEFAULT = 3;

    /** Greatest number of securities. */
    public static final int MAX_SYMBOLS = 10_000;
    /** Greatest number of live orders. */
    public static final int MAX_LIVE_ORDERS = 4_000_000;

    /** Greatest number of messages of a day. */
    public static final long MAX_MESSAGES = 10_000_000_000L;

    static final long DAY_NS = 86_400_000_000_000L;

    private long seed = SEED_DEFAULT;
    private boolean hasSharedListings;
    private long listingSeed;
    private int symbols = SYMBOLS_DEFAULT;
    private long messages = MESSAGES_DEFAULT;
    private int liveOrders = LIVE_ORDERS_DEFAULT;
    private double zipfExponent = ZIPF_EXPONENT_DEFAULT;
    private int burstFactor = BURST_FACTOR_DEFAULT;
    private boolean isNaturalDay = true;
    private long startTimeNs;
    private long durationNs;

    /** Where the random numbers begin. */
    public OrderFlowContext seed(long value) {
        seed = value;
        return this;
    }

    /**
     * Securities and their first prices come from another seed than the flow: venues with the same
     * one list the same symbols, each with locates of its own.
     */
    public OrderFlowContext listingSeed(long value) {
        hasSharedListings = true;
        listingSeed = value;
        return this;
    }

    /** Number of securities, 1 to 10,000. */
    public OrderFlowContext symbols(int value) {
        symbols = value;
        return this;
    }

    /** Number of messages from first to last, directory and system events included. */
    public OrderFlowContext messages(long value) {
        messages = value;
        return this;
    }

    /** Live orders about which the books stay once the market is open, 100 to 4,000,000. */
    public OrderFlowContext liveOrders(int value) {
        liveOrders = value;
        return this;
    }

    /** How steeply activity falls with a security's rank, 0 to 2. */
    public OrderFlowContext zipfExponent(double value) {
        zipfExponent = value;
        return this;
    }

    /** Rate after the open and before the close as a multiple of the rate between, 1 to 10. */
    public OrderFlowContext burstFactor(int value) {
        burstFactor = value;
        return this;
    }

    /** Times run from 03:05 to 20:05 Eastern with market hours from 09:30 to 16:00: the default. */
    public OrderFlowContext naturalDay() {
        isNaturalDay = true;
        return this;
    }

    /**
     * The whole day takes a given time from a given time on, both in ns, the latter since midnight
     * Eastern.
     */
    public OrderFlowContext compressed(long startNs, long lengthNs) {
        isNaturalDay = false;
        startTimeNs = startNs;
        durationNs = lengthNs;
        return this;
    }

    /** Throws when an option is out of range or too few messages are asked for. */
    public OrderFlowContext conclude() {
        check("simulator.symbols", symbols, 1, MAX_SYMBOLS);
        check("simulator.live-orders", liveOrders, 100, MAX_LIVE_ORDERS);
        check("simulator.burst-factor", burstFactor, 1, 10);
        if (!(zipfExponent >= 0 && zipfExponent <= 2)) {
            throw new IllegalArgumentException("simulator.zipf-exponent " + zipfExponent
                + " is not within 0 to 2");
        }
        check("simulator.messages", messages, DayPlan.minMessages(symbols, liveOrders),
            MAX_MESSAGES);
        if (!isNaturalDay) {
            check("simulator.start-time-ns", startTimeNs, 0, DAY_NS - 1);
            check("simulator.duration-ns", durationNs, 1, DAY_NS - 1 - startTimeNs);
        }
        return this;
    }

    public long seed() {
        return seed;
    }

    /** True when securities come from a seed of their own. */
    public boolean hasSharedListings() {
        return hasSharedListings;
    }

    public long listingSeed() {
        return listingSeed;
    }

    public int symbols() {
        return symbols;
    }

    public long messages() {
        return messages;
    }

    /** The fewest messages of a day with these securities and live orders. */
    public long minMessages() {
        return DayPlan.minMessages(symbols, liveOrders);
    }

    public int liveOrders() {
        return liveOrders;
    }

    public double zipfExponent() {
        return zipfExponent;
    }

    public int burstFactor() {
        return burstFactor;
    }

    public boolean isNaturalDay() {
        return isNaturalDay;
    }

    public long startTimeNs() {
        return startTimeNs;
    }

    public long durationNs() {
        return durationNs;
    }

    private static void check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " " + value + " is not within " + min
                + " to " + max);
        }
    }
}
