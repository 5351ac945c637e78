// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.event.EventView;
import io.millrace.journal.GapLedger;
import io.millrace.journal.GapLedger.End;
import io.millrace.journal.GapLedger.Hole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the journal alone knows of every message that the feeds gave up: each is lost, or in a
 * hole that a snapshot closed. A snapshot may close what was lost before; that counts once. What
 * earlier lives of the journal lost is not this one's. Control thread.
 */
final class LedgerCheck {
    private final Map<End, Integer> holes = new EnumMap<>(End.class);
    private final List<Loss> losses = new ArrayList<>();
    private final GapDecoder gap = new GapDecoder();
    private long lost;
    private long replaced;
    private long lostEarlier;

    /** Messages of a channel that were declared lost. */
    private record Loss(int venueId, int channelId, long from, long to) {
    }

    /**
     * Reads all holes of an epoch.
     *
     * @param earlierSequence last event of earlier lives, 0 without any
     */
    LedgerCheck read(Path epoch, long earlierSequence) {
        GapLedger ledger = new GapLedger(this::onHole);
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            tail.damageListener(damage -> { });
            while (tail.next()) {
                ledger.onEvent(tail.event());
                onEvent(tail.event());
                if (tail.event().sequence() == earlierSequence) {
                    lostEarlier = lost + replaced;
                }
            }
        }
        ledger.forEachOpen(this::onHole);
        return this;
    }

    /** Takes a hole that ended, or never did. */
    void onHole(Hole hole) {
        holes.merge(hole.end(), 1, Integer::sum);
    }

    private void onEvent(EventView event) {
        if (event.templateId() == GapDecoder.TEMPLATE_ID) {
            gap.wrap(event.buffer(), event.offset(), event.blockLength(),
                GapDecoder.SCHEMA_VERSION);
            onPart(event.venueId(), event.channelId(), gap.state(), gap.cure(),
                gap.fromSequence(), gap.toSequence());
        }
    }

    /** Takes a part of a hole. */
    void onPart(int venueId, int channelId, GapState state, GapCure cure, long from, long to) {
        if (state == GapState.LOST) {
            lost += to - from;
            losses.add(new Loss(venueId, channelId, from, to));
        } else if (state == GapState.HEALED && cure == GapCure.SNAPSHOT) {
            replaced += to - from - lostBefore(venueId, channelId, from, to);
        }
    }

    boolean isEmpty() {
        return holes.isEmpty();
    }

    /** True when all holes ended and hold exactly so many messages that never came. */
    boolean holds(long missing) {
        return lost + replaced - lostEarlier == missing && !holes.containsKey(End.NEVER_CLOSED);
    }

    String text(long missing) {
        return holes + ", " + lost + " messages lost + " + replaced + " that a snapshot stood for"
            + (lostEarlier == 0 ? "" : " - " + lostEarlier + " of earlier lives")
            + " = declared gaps " + missing;
    }

    private long lostBefore(int venueId, int channelId, long from, long to) {
        long length = 0;
        for (Loss loss : losses) {
            if (loss.venueId == venueId && loss.channelId == channelId) {
                length += Math.max(0, Math.min(loss.to, to) - Math.max(loss.from, from));
            }
        }
        return length;
    }
}
