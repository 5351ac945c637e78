// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.history;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.VenueDecoder;

/**
 * Where the session of a channel stood when an earlier life of the engine ended, as the channel's
 * inbound events alone tell it: its name, the message that comes next, what was missing, whether a
 * snapshot was being read. Any prefix of the events gives a place from which a session can go on.
 * An empty one is that of a channel that begins. The control thread makes it; then the ingress
 * thread reads it.
 */
public final class ChannelHistory {
    private final SessionEventDecoder session = new SessionEventDecoder();
    private final GapDecoder gap = new GapDecoder();
    private final SnapshotEndedDecoder ended = new SnapshotEndedDecoder();
    private final BookClearedDecoder cleared = new BookClearedDecoder();
    private final LineStatusDecoder line = new LineStatusDecoder();
    private final MissingRanges open = new MissingRanges();
    private final MissingRanges lost = new MissingRanges();
    private final VenueDecoder decoder;
    private byte[] name = {};
    private long next;
    private long gapEnd;
    private boolean isSnapshotOpen;
    private boolean isMaybeBad;
    private boolean isClearDue;
    private boolean isDown;

    /** @param decoder of the channel, which learns again what it knew; null for nobody */
    public ChannelHistory(VenueDecoder decoder) {
        this.decoder = decoder;
    }

    /** A channel that begins. */
    public static ChannelHistory none() {
        return new ChannelHistory(null);
    }

    /** Takes the next inbound event of the channel. */
    public void onEvent(EventView event) {
        switch (event.templateId()) {
            case SessionEventDecoder.TEMPLATE_ID -> onSession(event);
            case BookClearedDecoder.TEMPLATE_ID -> onCleared(event);
            case GapDecoder.TEMPLATE_ID -> onGap(event);
            case SnapshotBegunDecoder.TEMPLATE_ID -> isSnapshotOpen = true;
            case SnapshotEndedDecoder.TEMPLATE_ID -> onSnapshotEnded(event);
            case LineStatusDecoder.TEMPLATE_ID -> onLine(event);
            default -> onMessage(event);
        }
    }

    /** Events are missing here, which may have been the channel's. */
    public void onMissing() {
        isMaybeBad = isMaybeBad || hasSession();
    }

    /** True when a session was followed. */
    public boolean hasSession() {
        return name.length > 0;
    }

    /**
     * Name of the session that was followed, as its protocol has it and padded to sixteen bytes.
     */
    public byte[] name() {
        return name.clone();
    }

    /** Number of the message that comes next, unsigned. */
    public long next() {
        return next;
    }

    /** Behind the last message known of, unsigned: some may have been held back and are gone. */
    public long knownEnd() {
        return Long.compareUnsigned(next, gapEnd) < 0 ? gapEnd : next;
    }

    /** What was missing and neither healed nor given up. */
    public MissingRanges open() {
        return open;
    }

    /** What was given up and no snapshot has stood for yet. */
    public MissingRanges lost() {
        return lost;
    }

    /** True when a snapshot had begun and was not whole. */
    public boolean isSnapshotOpen() {
        return isSnapshotOpen;
    }

    /** True when messages were given up and no snapshot came since. */
    public boolean isMaybeBad() {
        return isMaybeBad;
    }

    /** True when nothing had come on any line for long, so that the books were stale. */
    public boolean isDown() {
        return isDown;
    }

    /** True when a session began in place of another and the books were not told. */
    public boolean isClearDue() {
        return isClearDue;
    }

    private void onSession(EventView event) {
        session.wrap(event.buffer(), event.offset(), event.blockLength(),
            SessionEventDecoder.SCHEMA_VERSION);
        if (session.kindRaw() != SessionEventKind.SESSION_CHANGED.value()) {
            onVenueSession(event);
            return;
        }
        if (hasSession() || next > 0) {
            isClearDue = true;
            decoder.onSessionChanged();
        }
        name = new byte[SessionEventDecoder.sessionLength()];
        session.getSession(name, 0);
        next = event.originSequence();
        gapEnd = next;
        open.clear();
        lost.clear();
        isSnapshotOpen = false;
        isMaybeBad = false;
    }

    /** What a connection tells of its session is no message; what the venue tells is one. */
    private void onVenueSession(EventView event) {
        if (session.session(0) == 0) {
            onMessage(event);
        }
    }

    private void onLine(EventView event) {
        line.wrap(event.buffer(), event.offset(), event.blockLength(),
            LineStatusDecoder.SCHEMA_VERSION);
        int state = line.stateRaw();
        isDown = state == LineState.BREAKER_OPEN.value()
            || isDown && state != LineState.BREAKER_CLOSED.value();
    }

    private void onCleared(EventView event) {
        cleared.wrap(event.buffer(), event.offset(), event.blockLength(),
            BookClearedDecoder.SCHEMA_VERSION);
        if (cleared.reasonRaw() == ClearReason.SESSION_CHANGE.value()) {
            isClearDue = false;
            next = cleared.nextChannelSequence();
        } else if (cleared.reasonRaw() != ClearReason.SNAPSHOT.value()) {
            onMessage(event);
        }
    }

    private void onGap(EventView event) {
        gap.wrap(event.buffer(), event.offset(), event.blockLength(), GapDecoder.SCHEMA_VERSION);
        long from = gap.fromSequence();
        long to = gap.toSequence();
        gapEnd = Long.compareUnsigned(gapEnd, to) < 0 ? to : gapEnd;
        if (gap.stateRaw() == GapState.OPEN.value()) {
            open.add(from, to);
            return;
        }
        open.remove(from, to);
        if (gap.stateRaw() == GapState.LOST.value()) {
            lost.add(from, to);
            next = to;
            isMaybeBad = true;
        } else if (gap.cureRaw() == GapCure.SNAPSHOT.value()) {
            lost.remove(from, to);
        }
    }

    private void onSnapshotEnded(EventView event) {
        ended.wrap(event.buffer(), event.offset(), event.blockLength(),
            SnapshotEndedDecoder.SCHEMA_VERSION);
        next = ended.nextChannelSequence();
        isSnapshotOpen = false;
        isMaybeBad = false;
    }

    /** A message of a snapshot has a number of its own, which tells nothing of the live ones. */
    private void onMessage(EventView event) {
        boolean isWhole = decoder.recall(event);
        if ((event.flags() & EventFlag.SNAPSHOT) == 0) {
            next = isWhole ? event.originSequence() + 1 : event.originSequence();
        }
    }
}
