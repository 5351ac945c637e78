// SPDX-License-Identifier: Apache-2.0
package io.millrace.sequence;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.BookStaleEncoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.codec.event.StaleReason;
import io.millrace.codec.event.StaleState;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventStage;
import io.millrace.event.EventView;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;

/**
 * Turns what sessions say about the continuity of a channel into BookStale events: a lost gap, a
 * snapshot in progress or an open breaker makes all its books stale, a whole snapshot, a cleared
 * channel or a closed breaker makes them good again. A gap that heals after it was lost does not:
 * what followed it was applied before. Sessions decide on gaps; this stage only knows their events.
 * Books of single instruments recover by the book stage, whose books are by the same rules what is
 * said here. Owned by the chain's thread.
 */
public final class SequenceStage implements EventStage {
    private static final int CHANNEL_LIMIT = 256;
    /** Messages are missing from what the books hold. */
    private static final int LOST = 1;
    /** A snapshot is being read. */
    private static final int WITHHELD = 2;
    /** Nothing comes on any line. */
    private static final int DOWN = 4;

    private final DerivedEvents derived;
    private final BookStaleEncoder encoder = new BookStaleEncoder();
    private final LineStatusDecoder line = new LineStatusDecoder();
    /** By channel: why its books are stale, 0 when they are good. Set by its own events. */
    private final byte[] causes = new byte[CHANNEL_LIMIT];

    /** @param derived where BookStale events go */
    public SequenceStage(DerivedEvents derived) {
        this.derived = derived;
    }

    /** True while the books of a channel as a whole are stale. */
    public boolean isStale(int channelId) {
        return causes[channelId] != 0;
    }

    @Override
    public void onEvent(EventView event) {
        switch (event.templateId()) {
            case GapDecoder.TEMPLATE_ID -> onGap(event);
            case SnapshotBegunDecoder.TEMPLATE_ID ->
                onChannel(event, WITHHELD | causes[event.channelId()] & DOWN,
                    StaleReason.SNAPSHOT);
            case SnapshotEndedDecoder.TEMPLATE_ID ->
                onChannel(event, causes[event.channelId()] & ~WITHHELD, StaleReason.SNAPSHOT);
            case BookClearedDecoder.TEMPLATE_ID ->
                onChannel(event, causes[event.channelId()] & (WITHHELD | DOWN),
                    StaleReason.SESSION);
            case LineStatusDecoder.TEMPLATE_ID -> onLineStatus(event);
            default -> { }
        }
    }

    /** Saves all that later events depend on. Between two events. */
    public void save(StateWriter writer) {
        writer.begin("sequence");
        writer.putBytes(causes);
    }

    /** Becomes what was saved. */
    public void restore(StateReader reader) {
        reader.begin("sequence");
        reader.getBytes(causes);
    }

    private void onGap(EventView event) {
        if (state(event) != GapState.LOST.value()) {
            return;
        }
        if (isOfChannel(event)) {
            onChannel(event, causes[event.channelId()] | LOST, StaleReason.GAP);
        } else {
            publish(event, StaleReason.GAP, StaleState.STALE);
        }
    }

    private void onLineStatus(EventView event) {
        line.wrap(event.buffer(), event.offset(), event.blockLength(),
            LineStatusDecoder.SCHEMA_VERSION);
        int cause = causes[event.channelId()];
        if (line.stateRaw() == LineState.BREAKER_OPEN.value()) {
            onChannel(event, cause | DOWN, StaleReason.FEED_DOWN);
        } else if (line.stateRaw() == LineState.BREAKER_CLOSED.value()) {
            onChannel(event, cause & ~DOWN, StaleReason.FEED_DOWN);
        }
    }

    /** Keeps why a channel is stale, and tells when it becomes so or good again. */
    private void onChannel(EventView event, int cause, StaleReason reason) {
        if (!isOfChannel(event)) {
            return;
        }
        boolean wasStale = isStale(event.channelId());
        causes[event.channelId()] = (byte) cause;
        if (wasStale != (cause != 0)) {
            publish(event, reason, wasStale ? StaleState.RECOVERED : StaleState.STALE);
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
