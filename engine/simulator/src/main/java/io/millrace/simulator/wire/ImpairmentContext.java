// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import static io.millrace.simulator.wire.OptionRange.check;

import io.millrace.simulator.FlowDatagrams;

/**
 * What a line does to its datagrams, all from one seed. Frequencies are per million datagrams,
 * times since the first message of the day; nothing is impaired by default. Heart-beats and ends
 * of session are only silenced.
 */
public final class ImpairmentContext {
    public static final int MILLION = 1_000_000;
    public static final int BURST_LENGTH_DEFAULT = 10;
    public static final int REORDER_DEPTH_DEFAULT = 3;
    public static final int CORRUPT_BYTES_DEFAULT = 1;
    public static final int MAX_BURST_LENGTH = 10_000;
    public static final int MAX_REORDER_DEPTH = 64;
    public static final int MAX_CORRUPT_BYTES = 16;

    private long seed = 1;
    private int lossPpm;
    private int burstPpm;
    private int burstLength = BURST_LENGTH_DEFAULT;
    private int duplicatePpm;
    private int reorderPpm;
    private int reorderDepth = REORDER_DEPTH_DEFAULT;
    private int corruptPpm;
    private int corruptBytes = CORRUPT_BYTES_DEFAULT;
    private int corruptWithin = FlowDatagrams.MAX_LENGTH;
    private long silenceAtNs;
    private long silenceForNs;

    /** Where this line's random numbers begin. */
    public ImpairmentContext seed(long value) {
        seed = value;
        return this;
    }

    /** Datagrams lost one by one. */
    public ImpairmentContext lossPpm(int value) {
        lossPpm = value;
        return this;
    }

    /** How often a burst of loss begins, and how many datagrams it takes on average. */
    public ImpairmentContext burstLoss(int ppm, int meanLength) {
        burstPpm = ppm;
        burstLength = meanLength;
        return this;
    }

    /** Datagrams sent twice. */
    public ImpairmentContext duplicatePpm(int value) {
        duplicatePpm = value;
        return this;
    }

    /** Datagrams that are overtaken, and by how many others at most. */
    public ImpairmentContext reordering(int ppm, int maxDepth) {
        reorderPpm = ppm;
        reorderDepth = maxDepth;
        return this;
    }

    /** Datagrams in which some bytes are changed, all among the first so many. */
    public ImpairmentContext corruption(int ppm, int bytes, int within) {
        corruptPpm = ppm;
        corruptBytes = bytes;
        corruptWithin = within;
        return this;
    }

    /** From when on and how long nothing is sent at all. */
    public ImpairmentContext silence(long atNs, long forNs) {
        silenceAtNs = atNs;
        silenceForNs = forNs;
        return this;
    }

    /** Throws when an option is out of range. */
    public ImpairmentContext conclude() {
        check("simulator.loss-ppm", lossPpm, 0, MILLION);
        check("simulator.burst-loss-ppm", burstPpm, 0, MILLION);
        check("simulator.burst-loss-datagrams", burstLength, 1, MAX_BURST_LENGTH);
        check("simulator.duplicate-ppm", duplicatePpm, 0, MILLION);
        check("simulator.reorder-ppm", reorderPpm, 0, MILLION);
        check("simulator.reorder-depth", reorderDepth, 1, MAX_REORDER_DEPTH);
        check("simulator.corrupt-ppm", corruptPpm, 0, MILLION);
        check("simulator.corrupt-bytes", corruptBytes, 1, MAX_CORRUPT_BYTES);
        check("simulator.corrupt-within", corruptWithin, 1, FlowDatagrams.MAX_LENGTH);
        check("simulator.silence-at-ns", silenceAtNs, 0, Long.MAX_VALUE / 4);
        check("simulator.silence-for-ns", silenceForNs, 0, Long.MAX_VALUE / 4);
        return this;
    }

    public long seed() {
        return seed;
    }

    public int lossPpm() {
        return lossPpm;
    }

    public int burstPpm() {
        return burstPpm;
    }

    public int burstLength() {
        return burstLength;
    }

    public int duplicatePpm() {
        return duplicatePpm;
    }

    public int reorderPpm() {
        return reorderPpm;
    }

    public int reorderDepth() {
        return reorderDepth;
    }

    public int corruptPpm() {
        return corruptPpm;
    }

    public int corruptBytes() {
        return corruptBytes;
    }

    public int corruptWithin() {
        return corruptWithin;
    }

    public long silenceAtNs() {
        return silenceAtNs;
    }

    public long silenceForNs() {
        return silenceForNs;
    }
}
