// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import io.millrace.counter.PublishedCounts;

/**
 * What became of a channel's snapshots and of the live messages meanwhile. Owned by the ingress
 * thread; others read it once that has ended, and before only what was shown to them.
 */
public final class SnapshotCounters {
    private static final int STATE = 0;
    private static final int ENDED = 1;
    private static final int SURPLUS = 2;
    private static final int SHOWN_COUNT = 3;
    private static final SnapshotState[] STATES = SnapshotState.values();

    private final PublishedCounts shown = new PublishedCounts(SHOWN_COUNT);
    private long asked;
    private long begun;
    private long ended;
    private long failed;
    private long abandoned;
    private long tooOld;
    private long givenUp;
    private long snapshotMessages;
    private long held;
    private long superseded;
    private long dropped;
    private long mostHeldBytes;

    void show(SnapshotState state) {
        shown.set(STATE, state.ordinal());
        shown.set(ENDED, ended);
        shown.set(SURPLUS, snapshotMessages - superseded);
    }

    void onAsked() {
        asked++;
    }

    void onBegun() {
        begun++;
    }

    void onEnded() {
        ended++;
    }

    void onFailed() {
        failed++;
    }

    void onAbandoned() {
        abandoned++;
    }

    void onTooOld() {
        tooOld++;
    }

    void onGivenUp() {
        givenUp++;
    }

    void onSnapshotMessage() {
        snapshotMessages++;
    }

    void onHeld(long bytes) {
        held++;
        mostHeldBytes = Math.max(mostHeldBytes, bytes);
    }

    void onSuperseded(long count) {
        superseded += count;
    }

    void onDropped() {
        dropped++;
    }

    /**
     * Messages that the decoder got more than the venue sent, for they came with snapshots, less
     * those that it did not get for a snapshot contained them.
     */
    public long surplus() {
        return snapshotMessages - superseded;
    }

    /** {@link #surplus()} as shown last. Any thread. */
    public long shownSurplus() {
        return shown.get(SURPLUS);
    }

    /** State of the gate as shown last. Any thread. */
    public SnapshotState shownState() {
        return STATES[(int) shown.get(STATE)];
    }

    /** {@link #ended()} as shown last. Any thread. */
    public long shownEnded() {
        return shown.get(ENDED);
    }

    /** Times that a server was asked for a snapshot. */
    public long asked() {
        return asked;
    }

    /** Snapshots of which a first message came. */
    public long begun() {
        return begun;
    }

    /** Snapshots that were whole and fitted the live messages. */
    public long ended() {
        return ended;
    }

    /** Snapshots that failed at the source: no answer, cut off, not what a snapshot is. */
    public long failed() {
        return failed;
    }

    /** Snapshots abandoned because no more live messages could be held, or as they did not end. */
    public long abandoned() {
        return abandoned;
    }

    /** Snapshots that ended before the first live message held. */
    public long tooOld() {
        return tooOld;
    }

    /** Times that no further attempt was made. */
    public long givenUp() {
        return givenUp;
    }

    /** Messages of snapshots that reached the decoder, those of snapshots cut off included. */
    public long snapshotMessages() {
        return snapshotMessages;
    }

    /** Live messages that were held. */
    public long held() {
        return held;
    }

    /** Live messages left out because the snapshot contains them. */
    public long superseded() {
        return superseded;
    }

    /** Live messages left out to make room while no snapshot could be had. */
    public long dropped() {
        return dropped;
    }

    /** Most bytes held at once. */
    public long mostHeldBytes() {
        return mostHeldBytes;
    }

    @Override
    public String toString() {
        return ended + " snapshots of " + begun + " begun and " + asked + " asked for ("
            + snapshotMessages + " messages), " + failed + " failed, " + abandoned + " abandoned, "
            + tooOld + " too old, " + givenUp + " given up; " + held + " live messages held in at"
            + " most " + mostHeldBytes + " bytes, " + superseded + " contained, " + dropped
            + " dropped";
    }
}
