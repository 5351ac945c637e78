// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;

import io.millrace.server.feed.FeedProtocol;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.wire.ImpairmentContext;
import java.util.List;

/** The options of the simulated exchange; part of the table in {@link ConfigOptions}. */
public final class SimulatorOptions {
    public static final String VENUES = "simulator.venues";
    public static final String RATE = "simulator.messages-per-second";
    public static final String SYMBOLS = "simulator.symbols";
    public static final String ORDERS = "simulator.live-orders";
    public static final String SEED = "simulator.seed";
    public static final String LOSS = "simulator.loss-ppm";
    public static final String BURST_LOSS = "simulator.burst-loss-ppm";
    public static final String BURST_LOSS_LENGTH = "simulator.burst-loss-datagrams";
    public static final String DUPLICATES = "simulator.duplicate-ppm";
    public static final String REORDER = "simulator.reorder-ppm";
    public static final String REORDER_DEPTH = "simulator.reorder-depth";
    public static final String CORRUPT = "simulator.corrupt-ppm";
    public static final String CORRUPT_WITHIN = "simulator.corrupt-within-bytes";
    public static final String SILENCE_AT = "simulator.silence-at-ms";
    public static final String SILENCE_B_AT = "simulator.silence-b-at-ms";
    public static final String SILENCE_FOR = "simulator.silence-for-ms";
    public static final String RESTART_AT = "simulator.restart-at-ms";
    public static final String CLOCK_STEP_AT = "simulator.clock-step-at-ms";
    public static final String CLOCK_STEP = "simulator.clock-step-ms";
    public static final String CLOCK_START = "simulator.clock-start";
    public static final String BURST_AT = "simulator.burst-at-ms";
    public static final String BURST_EVERY = "simulator.burst-every-ms";
    public static final String BURST_FACTOR = "simulator.burst-factor";
    public static final String BURST_FOR = "simulator.burst-for-ms";
    public static final String BURST_DATAGRAMS = "simulator.burst-datagrams";
    public static final String REQUEST_SERVER = "simulator.request-server";
    public static final String REQUEST_PORT = "simulator.request-port";
    public static final String REQUEST_RATE = "simulator.requests-per-second";
    public static final String SOUPBIN_PORT = "simulator.soupbin-port";
    public static final String GLIMPSE_PORT = "simulator.glimpse-port";
    public static final String STREAM_CUT = "simulator.soupbin-cut-after-messages";

    /** Most simulated venues. */
    public static final int MAX_VENUES = 5;

    /** Most simulated trading dates of one run. */
    public static final int MAX_DAYS = 30;

    /** All of them, in the order in which they are printed. */
    public static final List<ConfigOption> ALL = List.of(
        new ConfigOption(VENUES, "itch50",
            ValueRule.listOf(MAX_VENUES, FeedProtocol.labels().toArray(String[]::new)),
            "What each simulated venue speaks, SIMA first; all list the same securities. Lines of"
                + " each further one go to groups with a third number one higher. Connections and"
                + " snapshots are only of those that speak itch50."),
        new ConfigOption(RATE, "60000", integer(1, 5_000_000),
            "Order flow of each venue: messages of an ITCH venue in a second."),
        new ConfigOption(SYMBOLS, "1200", integer(1, OrderFlowContext.MAX_SYMBOLS),
            "Listed securities."),
        new ConfigOption(ORDERS, "20000", integer(100, OrderFlowContext.MAX_LIVE_ORDERS),
            "Resting orders about which a venue's books stay."),
        new ConfigOption(SEED, "1", integer(0, Long.MAX_VALUE),
            "Same seed, same order flow and same impairments."),
        new ConfigOption(LOSS, "0", ppm(), "Datagrams in a million that a line loses."),
        new ConfigOption(BURST_LOSS, "0", ppm(),
            "Datagrams in a million at which a line begins to lose a burst."),
        new ConfigOption(BURST_LOSS_LENGTH, "10",
            integer(1, ImpairmentContext.MAX_BURST_LENGTH),
            "Datagrams in such a burst on average."),
        new ConfigOption(DUPLICATES, "0", ppm(),
            "Datagrams in a million that a line brings twice."),
        new ConfigOption(REORDER, "0", ppm(),
            "Datagrams in a million that others overtake on a line."),
        new ConfigOption(REORDER_DEPTH, "3", integer(1, ImpairmentContext.MAX_REORDER_DEPTH),
            "Most datagrams that overtake one."),
        new ConfigOption(CORRUPT, "0", ppm(),
            "Datagrams in a million in which a line changes a byte."),
        new ConfigOption(CORRUPT_WITHIN, "20", integer(1, 1_400),
            "Bytes at a datagram's begin among which that one is; the header has 20."),
        new ConfigOption(SILENCE_AT, "0", milliseconds(),
            "When line A falls silent, after the first message."),
        new ConfigOption(SILENCE_B_AT, "0", milliseconds(),
            "When line B falls silent, after the first message."),
        new ConfigOption(SILENCE_FOR, "0", milliseconds(),
            "How long a line stays silent; 0 never."),
        new ConfigOption(RESTART_AT, "-1", integer(-1, 86_400_000),
            "When a new session begins with all that is open; -1 never."),
        new ConfigOption(CLOCK_STEP_AT, "0", milliseconds(),
            "When the clock that stamps messages steps."),
        new ConfigOption(CLOCK_STEP, "0", integer(-3_600_000, 3_600_000), "How far it steps."),
        new ConfigOption(CLOCK_START, "wall", ValueRule.timesOr("wall", MAX_DAYS),
            "When simulated days begin, as times in New York such as 2026-10-30T19:59:55, one for"
                + " each trading date that the run lives; engine and exchange have that clock."),
        new ConfigOption(BURST_AT, "0", milliseconds(),
            "When a burst of the order flow begins, after the first message."),
        new ConfigOption(BURST_EVERY, "0", milliseconds(),
            "From one such burst to the next; 0 for only one."),
        new ConfigOption(BURST_FACTOR, "1", integer(1, 100), "Rate in a burst, as a multiple."),
        new ConfigOption(BURST_FOR, "0", integer(0, 3_600_000), "How long a burst lasts."),
        new ConfigOption(BURST_DATAGRAMS, "0", integer(0, 100_000),
            "Datagrams that a burst sends back to back, in place of a rate for a time."),
        new ConfigOption(REQUEST_SERVER, "off", oneOf("on", "off", "silent"),
            "Whether the exchange answers requests for what was lost; silent takes them only."),
        new ConfigOption(REQUEST_PORT, "0", port(),
            "UDP port of the first venue's request server, the next one's follows; 0 for any."),
        new ConfigOption(REQUEST_RATE, "0", integer(0, 1_000_000),
            "Requests answered in a second, 0 for as many as come."),
        new ConfigOption(SOUPBIN_PORT, "0", port(),
            "TCP port of the SoupBinTCP server, there if feed.transport asks for it; 0 for any."),
        new ConfigOption(GLIMPSE_PORT, "0", port(),
            "TCP port of the GLIMPSE server, there if glimpse.enabled asks for it; 0 for any."),
        new ConfigOption(STREAM_CUT, "0", integer(0, Long.MAX_VALUE / 4),
            "Messages after which the SoupBinTCP server cuts a connection; 0 never."));

    private SimulatorOptions() {
    }

    private static ValueRule ppm() {
        return integer(0, ImpairmentContext.MILLION);
    }

    private static ValueRule milliseconds() {
        return integer(0, 86_400_000);
    }

    private static ValueRule port() {
        return integer(0, 65_535);
    }
}
