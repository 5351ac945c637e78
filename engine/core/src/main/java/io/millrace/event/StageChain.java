// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/**
 * Runs the chain's stages over runs of events. It sees the whole run that is readable, so that the
 * one stage whose memory is large can look {@link #LOOK_AHEAD} events ahead. Owned by the chain's
 * thread.
 */
public final class StageChain {
    /** Least events between a look and its use; few enough for what it brought to stay near. */
    public static final int LOOK_AHEAD = 32;
    /** Events looked at in one go: memory accesses overlap when nothing stands between them. */
    public static final int LOOK_GROUP = 16;

    private final EventStage stages;
    private final LookAheadStage lookAhead;
    private final DerivedEvents derived;
    private final EventView event = new EventView();
    private final EventView ahead = new EventView();
    private long looked = -1;

    /**
     * @param lookAhead the stage among the stages that looks ahead, or null
     * @param derived   what the stages derive
     * @param stages    all stages as one
     */
    public StageChain(LookAheadStage lookAhead, DerivedEvents derived, EventStage stages) {
        this.lookAhead = lookAhead;
        this.derived = derived;
        this.stages = stages;
    }

    /**
     * Runs every stage over a run of events, then commits what they derived.
     *
     * @param first ring sequence of the first event
     * @param last  ring sequence of the last event
     * @param until ring sequence of the last event that may be looked at, at least last
     */
    public void onEvents(EventRing ring, long first, long last, long until) {
        for (long sequence = first; sequence <= last; sequence++) {
            if (lookAhead != null && looked < Math.min(until, sequence + LOOK_AHEAD)) {
                lookAhead(ring, sequence, until);
            }
            derived.onCause();
            event.wrap(ring.buffer(), ring.blockOffset(sequence));
            stages.onEvent(event);
        }
        derived.commit();
    }

    /** What is taken at once needs no look, so a run of one event costs nothing here. */
    private void lookAhead(EventRing ring, long sequence, long until) {
        long end = Math.min(until, sequence + LOOK_AHEAD + LOOK_GROUP - 1);
        looked = Math.max(looked, sequence);
        while (looked < end) {
            looked++;
            lookAhead.onAhead(ahead.wrap(ring.buffer(), ring.blockOffset(looked)));
        }
    }
}
