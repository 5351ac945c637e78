// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.codec.event.GapCure;
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
    private final List<Hole> lossy = new ArrayList<>();
    private long lost;
    private long replaced;
    private long lostEarlier;

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
                if (tail.event().sequence() == earlierSequence) {
                    lostEarlier = lost + replaced;
                    ledger.forEachOpen(hole -> lostEarlier += hole.lost());
                }
            }
        }
        ledger.forEachOpen(this::onHole);
        return this;
    }

    void onHole(Hole hole) {
        holes.merge(hole.end(), 1, Integer::sum);
        lost += hole.lost();
        if (hole.lost() > 0) {
            lossy.add(hole);
        }
        if (hole.cure() == GapCure.SNAPSHOT) {
            replaced += hole.healed() - lostBefore(hole);
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

    private long lostBefore(Hole healed) {
        long length = 0;
        for (Hole hole : lossy) {
            if (hole.venueId() == healed.venueId() && hole.channelId() == healed.channelId()) {
                long from = Math.max(hole.fromSequence(), healed.fromSequence());
                long to = Math.min(hole.toSequence(), healed.toSequence());
                length += Math.max(0, to - from);
            }
        }
        return length;
    }
}
