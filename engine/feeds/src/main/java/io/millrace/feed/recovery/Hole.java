// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

/**
 * Messages of a channel that were missing when a later one came: first to be waited for, then asked
 * for, at last given up. Its part below {@link #closedTo()} is closed already. Sequences are
 * unsigned. Owned by the ingress thread, used again for another hole once it is closed.
 */
public final class Hole {
    /** Nothing is due. */
    static final long NEVER = Long.MAX_VALUE;

    private long from;
    private long to;
    private long closedTo;
    private boolean isAskedFor;
    private int line;
    private long waitFromNs;
    private long dueNs;
    private long duePackets;
    private boolean isGivenUp;
    private boolean isAsking;
    private long askedFrom;
    private long askedTo;
    private int attempts;

    void open(long holeFrom, long holeTo) {
        from = holeFrom;
        to = holeTo;
        closedTo = holeFrom;
        isAskedFor = false;
        line = 0;
    }

    /** First missing sequence when it opened. */
    public long from() {
        return from;
    }

    /** First sequence behind it. */
    public long to() {
        return to;
    }

    /** What is below is healed or lost for good. */
    public long closedTo() {
        return closedTo;
    }

    /** Notes that everything below a sequence is closed. */
    public void closeTo(long sequence) {
        closedTo = sequence;
        isAskedFor = false;
        line = 0;
    }

    /** Notes on which line a part of it came, 0 for the answer to a request. */
    public void filledBy(int fillingLine) {
        line = fillingLine;
        isAskedFor |= fillingLine == 0;
    }

    /** True when any part since the last closing came by request. */
    public boolean isAskedFor() {
        return isAskedFor;
    }

    /** Line that brought the last part, 0 for the answer to a request. */
    public int line() {
        return line;
    }

    /** Gives up what is still missing once delivery comes to it; until then it may heal. */
    public void giveUp() {
        isGivenUp = true;
        isAsking = false;
        dueNs = NEVER;
        duePackets = NEVER;
    }

    /** True when what is still missing is lost as soon as delivery comes to it. */
    public boolean isGivenUp() {
        return isGivenUp;
    }

    void await(long nowNs, long untilNs, long untilPackets) {
        waitFromNs = nowNs;
        dueNs = untilNs;
        duePackets = untilPackets;
        isGivenUp = false;
        isAsking = false;
        attempts = 0;
    }

    void ask(long requestFrom, long requestTo, long untilNs) {
        askedFrom = requestFrom;
        askedTo = requestTo;
        dueNs = untilNs;
        duePackets = NEVER;
        isAsking = true;
        attempts++;
    }

    void answered(long nowNs) {
        isAsking = false;
        attempts = 0;
        dueNs = nowNs;
    }

    void dueAt(long timeNs) {
        dueNs = timeNs;
        duePackets = NEVER;
        isAsking = false;
    }

    boolean isDue(long nowNs, long packets) {
        return nowNs >= dueNs || packets >= duePackets;
    }

    boolean isAsking() {
        return isAsking;
    }

    boolean asksWithin(long first, long end) {
        return isAsking && Long.compareUnsigned(first, askedTo) < 0
            && Long.compareUnsigned(askedFrom, end) < 0;
    }

    int attempts() {
        return attempts;
    }

    long waitFromNs() {
        return waitFromNs;
    }

    long dueNs() {
        return dueNs;
    }

    long duePackets() {
        return duePackets;
    }
}
