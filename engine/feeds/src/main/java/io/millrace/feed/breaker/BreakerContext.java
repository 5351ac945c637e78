// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

/**
 * How long a feed may be silent and what brings it back. Set up by the thread that wires, read by
 * the ingress thread.
 */
public final class BreakerContext {
    /** Longest of all times here. */
    public static final long MAX_TIME_NS = 3_600_000_000_000L;
    /** Most packets that can be asked for. */
    public static final int MAX_PACKETS = 1_000_000;

    private static final long NS_PER_MS = 1_000_000L;

    private long lineSilenceNs = 1_500 * NS_PER_MS;
    private long openAfterNs = 3_000 * NS_PER_MS;
    private long firstProbeNs = 1_000 * NS_PER_MS;
    private long longestProbeNs = 30_000 * NS_PER_MS;
    private int closeAfterPackets = 3;
    private long closeLimitNs = 20_000 * NS_PER_MS;
    private long jitterSeed = 3;

    /** Silence after which one line is told to be silent. */
    public BreakerContext lineSilenceNs(long spanNs) {
        lineSilenceNs = checked("line silence", spanNs, MAX_TIME_NS);
        return this;
    }

    /** Silence after which one line is told to be silent. */
    public long lineSilenceNs() {
        return lineSilenceNs;
    }

    /** Silence of all lines after which the breaker opens, or a trial has failed. */
    public BreakerContext openAfterNs(long spanNs) {
        openAfterNs = checked("open after", spanNs, MAX_TIME_NS);
        return this;
    }

    /** Silence of all lines after which the breaker opens, or a trial has failed. */
    public long openAfterNs() {
        return openAfterNs;
    }

    /** Wait before the first probe; it doubles with each that fails up to the longest. */
    public BreakerContext probeNs(long firstNs, long longestNs) {
        longestProbeNs = checked("longest wait for a probe", longestNs, MAX_TIME_NS);
        firstProbeNs = checked("first wait for a probe", firstNs, longestNs);
        return this;
    }

    /** Wait before the first probe. */
    public long firstProbeNs() {
        return firstProbeNs;
    }

    /** Longest wait before a probe. */
    public long longestProbeNs() {
        return longestProbeNs;
    }

    /** Packets that a half-open breaker has to hear before it closes. */
    public BreakerContext closeAfterPackets(int packets) {
        closeAfterPackets = (int) checked("close after packets", packets, MAX_PACKETS);
        return this;
    }

    /** Packets that a half-open breaker has to hear before it closes. */
    public int closeAfterPackets() {
        return closeAfterPackets;
    }

    /** Longest time that it stays half-open once it heard them, while messages are missing. */
    public BreakerContext closeLimitNs(long spanNs) {
        closeLimitNs = checked("close limit", spanNs, MAX_TIME_NS);
        return this;
    }

    /** Longest time that it stays half-open once it heard them, while messages are missing. */
    public long closeLimitNs() {
        return closeLimitNs;
    }

    /** Same seed, same jitter of the waits. */
    public BreakerContext jitterSeed(long seed) {
        jitterSeed = seed;
        return this;
    }

    /** Same seed, same jitter of the waits. */
    public long jitterSeed() {
        return jitterSeed;
    }

    private static long checked(String name, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is not within 1 to " + max);
        }
        return value;
    }
}
