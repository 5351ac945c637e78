// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * Labels of the counters that the edge looks for besides those of journal, books and strategies. A
 * part that is not there has no counters, and the edge says so.
 */
public final class StatusLabels {
    /** Ordinal of an {@link EngineState}. */
    public static final String ENGINE_STATE = "engine.state";
    /** 1 when all data are simulated. */
    public static final String ENGINE_SIMULATED = "engine.simulated";
    /** The trading date as the number yyyymmdd. */
    public static final String ENGINE_TRADING_DATE = "engine.trading-date";
    /** Ms since the Unix epoch. */
    public static final String ENGINE_START_TIME = "engine.start-time-ms";
    /** Process id. */
    public static final String ENGINE_PID = "engine.pid";
    /** Inbound events that the whole chain has taken. */
    public static final String CHAIN_EVENTS = "engine.chain-events";

    private static final String FEED = "feed.";
    private static final String RING = "ring.";
    private static final String BRIDGE = "bridge.";
    private static final String LINE = ".line.";

    private StatusLabels() {
    }

    /** Name of a channel, for example SIMA-1. */
    public static String feedName(String venue, int channelId) {
        return venue + '-' + channelId;
    }

    /** Name of a line, from 1: A, B and so on. */
    public static String lineName(int number) {
        return Character.toString('A' + number - 1);
    }

    /** A counter of a channel. */
    public static String feed(String feed, String name) {
        return FEED + feed + '.' + name;
    }

    /** A counter of one line of a channel. */
    public static String line(String feed, String line, String name) {
        return linePrefix(feed) + line + '.' + name;
    }

    /** A counter of a ring. */
    public static String ring(String ring, String name) {
        return RING + ring + '.' + name;
    }

    /** A counter of a bridge. */
    static String bridge(String sink, String name) {
        return BRIDGE + sink + '.' + name;
    }

    /** The bridge that a counter of a name tells of, or null. */
    static String bridgeOf(String label, String name) {
        return between(label, BRIDGE, '.' + name);
    }

    /** How the labels of a channel's lines begin. */
    static String linePrefix(String feed) {
        return FEED + feed + LINE;
    }

    /** A counter of one of the journal's queues. */
    static String queue(String queue, String name) {
        return "journal." + queue + '.' + name;
    }

    /** The part of a label behind a prefix and before a suffix, or null when it is another's. */
    static String between(String label, String prefix, String suffix) {
        if (label.length() <= prefix.length() + suffix.length() || !label.startsWith(prefix)
            || !label.endsWith(suffix)) {
            return null;
        }
        String name = label.substring(prefix.length(), label.length() - suffix.length());
        return name.indexOf('.') < 0 ? name : null;
    }
}
