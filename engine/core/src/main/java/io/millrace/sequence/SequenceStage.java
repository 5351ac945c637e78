// SPDX-License-Identifier: Apache-2.0
package io.millrace.sequence;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.BookStaleEncoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.codec.event.StaleReason;
import io.millrace.codec.event.StaleState;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventStage;
import io.millrace.event.EventView;

/**
 * Turns what sessions say about the continuity of a channel into BookStale events: a lost gap or a
 * snapshot in progress makes all its books stale, a whole snapshot, a healed gap or a cleared
 * channel makes them good again. Sessions decide on gaps; this stage only knows their events. Books
 * of single instruments recover by the book stage. Owned by the chain's thread.
 */
public final class SequenceStage implements EventStage {
    private static final int CHANNEL_LIMIT = 256;

    private final DerivedEvents derived;
    private final BookStaleEncoder encoder = new BookStaleEncoder();
    /**
     * By channel: whether its books were last said to be stale. Set and cleared by the channel's
     * own events.
     */
    private final boolean[] isStale = new boolean[CHANNEL_LIMIT];

    /** @param derived where BookStale events go */
    public SequenceStage(DerivedEvents derived) {
        this.derived = derived;
    }

    /** True while the books of a channel as a whole are stale. */
    public boolean isStale(int channelId) {
        return isStale[channelId];
    }

    @Override
    public void onEvent(EventView event) {
        switch (event.templateId()) {
            case GapDecoder.TEMPLATE_ID -> onGap(event, state(event));
            case SnapshotBegunDecoder.TEMPLATE_ID -> onSnapshotBegun(event);
            case SnapshotEndedDecoder.TEMPLATE_ID -> onRecovered(event, StaleReason.SNAPSHOT);
            case BookClearedDecoder.TEMPLATE_ID -> onRecovered(event, StaleReason.SESSION);
            default -> { }
        }
    }

    private void onGap(EventView event, int state) {
        if (state == GapState.HEALED.value()) {
            onRecovered(event, StaleReason.GAP);
        } else if (state == GapState.LOST.value()) {
            onStale(event, StaleReason.GAP);
        }
    }

    private void onSnapshotBegun(EventView event) {
        if (isOfChannel(event)) {
            onStale(event, StaleReason.SNAPSHOT);
        }
    }

    private void onStale(EventView event, StaleReason reason) {
        if (!isOfChannel(event)) {
            publish(event, reason, StaleState.STALE);
        } else if (!isStale[event.channelId()]) {
            isStale[event.channelId()] = true;
            publish(event, reason, StaleState.STALE);
        }
    }

    private void onRecovered(EventView event, StaleReason reason) {
        if (isOfChannel(event) && isStale[event.channelId()]) {
            isStale[event.channelId()] = false;
            publish(event, reason, StaleState.RECOVERED);
        }
    }

    private void publish(EventView cause, StaleReason reason, StaleState state) {
        int offset =
            derived.claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH, cause);
        encoder.wrap(derived.publisher().buffer(), offset).reason(reason).state(state);
    }

    private static boolean isOfChannel(EventView event) {
        return event.instrumentId() == EventDescriptor.NO_INSTRUMENT;
    }

    private static int state(EventView gap) {
        return gap.buffer().getByte(gap.offset() + GapDecoder.stateEncodingOffset()) & 0xFF;
    }
}
