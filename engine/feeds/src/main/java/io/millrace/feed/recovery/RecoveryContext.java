// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.feed.SnapshotRecovery;

/**
 * How long and by what a session tries to heal a hole, and what it may hold back meanwhile. Set up
 * by the thread that wires, read by the ingress thread.
 */
public final class RecoveryContext {
    /** Shortest memory for held packets: the longest datagram must fit. */
    public static final int MIN_HOLD_LENGTH_BYTES = 1 << 17;
    /** Most messages that one request can name. */
    public static final int MAX_REQUEST_MESSAGES = 65_534;

    private static final long NS_PER_MS = 1_000_000L;

    private boolean isImmediate;
    private long reorderWindowNs = 2 * NS_PER_MS;
    private int reorderWindowPackets = 256;
    private int requestMessages = 1_024;
    private int requestAttempts = 5;
    private int requestsInFlight = 64;
    private long requestTimeoutNs = 50 * NS_PER_MS;
    private long requestTimeoutLimitNs = 1_000 * NS_PER_MS;
    private long giveUpNs = 10_000 * NS_PER_MS;
    private int holdLengthBytes = 1 << 25;
    private int holdPackets = 1 << 16;
    private long jitterSeed = 1;
    private SnapshotRecovery snapshots = SnapshotRecovery.NONE;

    /** No second chance: every hole is declared lost as soon as it shows. For captures. */
    public static RecoveryContext none() {
        RecoveryContext context = new RecoveryContext();
        context.isImmediate = true;
        return context.holdLengthBytes(MIN_HOLD_LENGTH_BYTES).holdPackets(1);
    }

    /** True when holes are declared lost as soon as they show. */
    public boolean isImmediate() {
        return isImmediate;
    }

    /** Time for the other line, or for a late packet, before anybody is asked. */
    public RecoveryContext reorderWindowNs(long windowNs) {
        reorderWindowNs = checked("reorder window", windowNs, 0, 60_000 * NS_PER_MS);
        return this;
    }

    /** Time for the other line, or for a late packet, before anybody is asked. */
    public long reorderWindowNs() {
        return reorderWindowNs;
    }

    /** Packets behind a hole after which the window is over even if the time is not. */
    public RecoveryContext reorderWindowPackets(int packets) {
        reorderWindowPackets = (int) checked("reorder packets", packets, 1, 1 << 20);
        return this;
    }

    /** Packets behind a hole after which the window is over even if the time is not. */
    public int reorderWindowPackets() {
        return reorderWindowPackets;
    }

    /** Most messages that one request names. */
    public RecoveryContext requestMessages(int messages) {
        requestMessages = (int) checked("request messages", messages, 1, MAX_REQUEST_MESSAGES);
        return this;
    }

    /** Most messages that one request names. */
    public int requestMessages() {
        return requestMessages;
    }

    /** Requests without any new message after which a hole is lost. */
    public RecoveryContext requestAttempts(int attempts) {
        requestAttempts = (int) checked("request attempts", attempts, 1, 100);
        return this;
    }

    /** Requests without any new message after which a hole is lost. */
    public int requestAttempts() {
        return requestAttempts;
    }

    /** Most requests that wait for an answer at once; one for each hole at most. */
    public RecoveryContext requestsInFlight(int requests) {
        requestsInFlight = (int) checked("requests in flight", requests, 1, OpenHoles.LIMIT);
        return this;
    }

    /** Most requests that wait for an answer at once. */
    public int requestsInFlight() {
        return requestsInFlight;
    }

    /** Time for the first answer; it doubles with each attempt up to a limit. */
    public RecoveryContext requestTimeoutNs(long firstNs, long limitNs) {
        requestTimeoutNs = checked("request timeout", firstNs, 1, 60_000 * NS_PER_MS);
        requestTimeoutLimitNs = checked("request timeout limit", limitNs, firstNs,
            60_000 * NS_PER_MS);
        return this;
    }

    /** Time for the first answer. */
    public long requestTimeoutNs() {
        return requestTimeoutNs;
    }

    /** Longest time for an answer, before jitter. */
    public long requestTimeoutLimitNs() {
        return requestTimeoutLimitNs;
    }

    /** Time after which a hole is lost even though answers still come. */
    public RecoveryContext giveUpNs(long spanNs) {
        giveUpNs = checked("give-up time", spanNs, 1, 3_600_000 * NS_PER_MS);
        return this;
    }

    /** Time after which a hole is lost even though answers still come. */
    public long giveUpNs() {
        return giveUpNs;
    }

    /** Bytes of packets that are held back at most. */
    public RecoveryContext holdLengthBytes(int bytes) {
        holdLengthBytes = (int) checked("hold bytes", bytes, MIN_HOLD_LENGTH_BYTES, 1 << 30);
        return this;
    }

    /** Bytes of packets that are held back at most. */
    public int holdLengthBytes() {
        return holdLengthBytes;
    }

    /** Packets that are held back at most. */
    public RecoveryContext holdPackets(int packets) {
        holdPackets = (int) checked("hold packets", packets, 1, 1 << 22);
        return this;
    }

    /** Packets that are held back at most. */
    public int holdPackets() {
        return holdPackets;
    }

    /** Same seed, same jitter of the back-off. */
    public RecoveryContext jitterSeed(long seed) {
        jitterSeed = seed;
        return this;
    }

    /** Same seed, same jitter of the back-off. */
    public long jitterSeed() {
        return jitterSeed;
    }

    /** Who heals what is given up after all; the session's messages go to the same object. */
    public RecoveryContext snapshots(SnapshotRecovery recovery) {
        snapshots = recovery;
        return this;
    }

    /** Who heals what is given up after all. */
    public SnapshotRecovery snapshots() {
        return snapshots;
    }

    private static long checked(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + min
                + " to " + max);
        }
        return value;
    }
}
