// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.event.EventView;
import io.millrace.journal.JournalHole;
import java.util.List;
import java.util.Set;

/**
 * How the messages of one channel in a capture compare with those in a journal.
 *
 * @param venueId           of the channel
 * @param channelId         of the channel
 * @param equalCount        events that are in both
 * @param differences       events of the same message that say something else
 * @param onlyInCapture     what the journal has not and does not declare
 * @param onlyInJournal     what the capture has not
 * @param declared          what the journal has not and says so
 * @param captureGaps       what the capture's own session gave up
 * @param channelsOfJournal venue id times 256 plus channel id, of all messages in the journal
 */
public record ChannelComparison(int venueId, int channelId, long equalCount,
    Differences differences, Runs onlyInCapture, Runs onlyInJournal, Declared declared,
    Gaps captureGaps, Set<Integer> channelsOfJournal) {
    /**
     * @param count   how many
     * @param capture the first of them in the capture, null when there is none
     * @param journal the same in the journal
     */
    public record Differences(long count, EventView capture, EventView journal) {
    }

    /**
     * Events in succession that one side has alone.
     *
     * @param session of the channel, from 0
     * @param from    first message, by the venue's sequence
     * @param to      last message
     * @param count   events
     */
    public record Run(int session, long from, long to, long count) {
    }

    /**
     * @param count    events in all
     * @param gapCount those of them in gaps that the other side's session gave up
     * @param first    the first runs
     */
    public record Runs(long count, long gapCount, List<Run> first) {
    }

    /**
     * @param count    gaps that ended in loss
     * @param messages lost in them
     */
    public record Gaps(long count, long messages) {
    }

    /**
     * @param gaps           lost on the journal's lines
     * @param lostEvents     events of the capture in those gaps
     * @param holes          of the journal
     * @param holeEvents     events of the capture over against those holes
     * @param replacedEvents events of the capture for which a snapshot stands in the journal
     * @param snapshotEvents events of snapshots in the journal
     */
    public record Declared(Gaps gaps, long lostEvents, List<JournalHole> holes, long holeEvents,
        long replacedEvents, long snapshotEvents) {
    }

    /** True when all that either has is in both, but for what the journal declares. */
    public boolean isEqual() {
        return equalCount > 0 && differences.count == 0 && onlyInCapture.count == 0
            && onlyInJournal.count == 0;
    }
}
