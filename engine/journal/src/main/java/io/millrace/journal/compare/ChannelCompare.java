// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.journal.compare.ChannelComparison.Declared;
import io.millrace.journal.compare.ChannelComparison.Differences;
import io.millrace.journal.compare.ChannelComparison.Gaps;
import java.nio.file.Path;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/**
 * One channel: takes what the capture gives, in order, and follows it in the journal. Messages are
 * matched by session and venue sequence. Used by one thread, once.
 */
final class ChannelCompare implements AutoCloseable {
    private final int channel;
    private final ChannelCursor journal;
    private final ChannelStream capture = new ChannelStream();
    private final RunList onlyInCapture = new RunList();
    private final RunList onlyInJournal = new RunList();
    private long equalCount;
    private long differenceCount;
    private EventView differingCapture;
    private EventView differingJournal;
    private long lostEvents;
    private long holeEvents;
    private long replacedEvents;

    /** @param channel as {@link ChannelCursor#channel} has it */
    ChannelCompare(Path epochDirectory, int channel) {
        this.channel = channel;
        journal = new ChannelCursor(epochDirectory, channel);
        journal.next();
    }

    /** Takes the next event of the channel in the capture. */
    void onEvent(EventView event) {
        if (!capture.onEvent(event)) {
            return;
        }
        while (journal.hasEvent() && isJournalBehind(event)) {
            passJournal();
        }
        if (!journal.hasEvent() || compare(event) != 0 || isDefinition(event)) {
            onMissing(event);
            return;
        }
        onlyInCapture.end();
        onlyInJournal.end();
        if (VenueMessages.isSame(event, journal.event())) {
            equalCount++;
        } else {
            onDifference(event);
        }
        journal.next();
    }

    /** The capture is over. */
    ChannelComparison finish() {
        while (journal.hasEvent()) {
            passJournal();
        }
        return new ChannelComparison(channel >> 8, channel & 0xFF, equalCount,
            new Differences(differenceCount, differingCapture, differingJournal),
            onlyInCapture.runs(), onlyInJournal.runs(), new Declared(gaps(journal.stream()),
                lostEvents, List.copyOf(journal.holes()), holeEvents, replacedEvents,
                journal.snapshotEvents()), gaps(capture), journal.channels());
    }

    @Override
    public void close() {
        journal.close();
    }

    /** Of one message a definition that the capture does not have is passed by. */
    private boolean isJournalBehind(EventView event) {
        int order = compare(event);
        return order < 0 || order == 0 && event.templateId() != journal.event().templateId()
            && journal.event().templateId() == InstrumentDefinedDecoder.TEMPLATE_ID;
    }

    private boolean isDefinition(EventView event) {
        return event.templateId() != journal.event().templateId()
            && event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID;
    }

    private int compare(EventView event) {
        return journal.compareTo(capture.session(), event.originSequence());
    }

    private void passJournal() {
        onlyInJournal.add(journal.session(), journal.channelSequence(),
            capture.isLost(journal.session(), journal.channelSequence()));
        journal.next();
    }

    private void onMissing(EventView event) {
        long sequence = event.originSequence();
        if (journal.isLost(capture.session(), sequence)) {
            lostEvents++;
        } else if (journal.isBehindHole()) {
            holeEvents++;
        } else if (journal.isInSnapshot(sequence)) {
            replacedEvents++;
        } else {
            onlyInCapture.add(capture.session(), sequence, false);
        }
    }

    private void onDifference(EventView event) {
        if (differenceCount++ == 0) {
            differingCapture = copy(event);
            differingJournal = copy(journal.event());
        }
    }

    private static EventView copy(EventView event) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = event.copyTo(buffer, 0);
        return new EventView().wrap(buffer, length - event.blockLength());
    }

    private static Gaps gaps(ChannelStream stream) {
        return new Gaps(stream.gapCount(), stream.lostMessages());
    }
}
