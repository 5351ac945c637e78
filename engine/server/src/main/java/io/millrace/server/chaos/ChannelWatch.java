// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;

/** One channel as the inbound ring tells it: a ledger for each of its sessions. One thread. */
final class ChannelWatch {
    private static final int SCHEMA = GapDecoder.SCHEMA_VERSION;
    private static final int WHOLE_FEED = 0;

    private final RehearsedVenue venue;
    private final String name;
    private final Verdict verdict;
    private final boolean isExact;
    private final GapDecoder gap = new GapDecoder();
    private final SessionEventDecoder sessionEvent = new SessionEventDecoder();
    private final SnapshotEndedDecoder ended = new SnapshotEndedDecoder();
    private final LineStatusDecoder line = new LineStatusDecoder();
    private MessageLedger ledger;
    private int session = 1;
    private boolean hasBegun;
    private boolean isBreakerOpen;
    private boolean isOnTrial;

    /** @param isExact whether every message comes as it was sent */
    ChannelWatch(RehearsedVenue venue, Verdict verdict, boolean isExact) {
        this.venue = venue;
        name = venue.mic();
        this.verdict = verdict;
        this.isExact = isExact;
        ledger = newLedger();
    }

    String name() {
        return name;
    }

    /** An inbound event of the channel. */
    void onEvent(EventView event) {
        switch (event.templateId()) {
            case GapDecoder.TEMPLATE_ID:
                ledger
                    .onGap(gap.wrap(event.buffer(), event.offset(), event.blockLength(), SCHEMA));
                break;
            case SnapshotBegunDecoder.TEMPLATE_ID:
                ledger.onSnapshotBegun();
                break;
            case SnapshotEndedDecoder.TEMPLATE_ID:
                ended.wrap(event.buffer(), event.offset(), event.blockLength(), SCHEMA);
                ledger.onSnapshotEnded(ended.nextChannelSequence());
                break;
            case LineStatusDecoder.TEMPLATE_ID:
                onLine(event);
                break;
            case BookClearedDecoder.TEMPLATE_ID:
                break;
            default:
                onMarketEvent(event);
                break;
        }
    }

    /** Another life goes on; a trial of the breaker ended with the one before. */
    void onRestart() {
        ledger.onRestart();
        isOnTrial = false;
    }

    /** The ledger of the session that the ring is in. */
    MessageLedger ledger() {
        return ledger;
    }

    /** The session's place in the day, from 1. */
    int session() {
        return session;
    }

    /** True when no book of the channel has a reason to be stale. */
    boolean isSound() {
        return ledger.isWhole() && !isBreakerOpen;
    }

    /** The first one begins what the channel is in from the start. */
    private void onSession() {
        if (hasBegun) {
            ledger.finish();
            session++;
            ledger = newLedger();
        }
        hasBegun = true;
    }

    private MessageLedger newLedger() {
        return new MessageLedger(name + "/" + session, verdict, venue.handed(session), isExact);
    }

    private void onLine(EventView event) {
        line.wrap(event.buffer(), event.offset(), event.blockLength(), SCHEMA);
        if (line.line() == WHOLE_FEED) {
            onBreaker(line.state());
        }
    }

    private void onBreaker(LineState told) {
        if (told == LineState.BREAKER_CLOSED && isBreakerOpen && !isOnTrial) {
            verdict.fail("breaker-closes-after-a-trial", name + " half-open first",
                told.toString());
        }
        isOnTrial = told == LineState.BREAKER_HALF_OPEN;
        isBreakerOpen = told != LineState.BREAKER_CLOSED;
    }

    private void onMarketEvent(EventView event) {
        boolean isSession = event.templateId() == SessionEventDecoder.TEMPLATE_ID;
        if (isSession && sessionEvent
            .wrap(event.buffer(), event.offset(), event.blockLength(), SCHEMA)
            .kind() == SessionEventKind.SESSION_CHANGED) {
            onSession();
        } else if ((event.flags() & EventFlag.SNAPSHOT) == 0) {
            ledger.onDelivered(event.originSequence());
        } else {
            verdict.holds("snapshot-within-its-marks", ledger.isInSnapshot(),
                name + " in a snapshot", event.originSequence());
        }
    }
}
