// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.codec.event.GapCure;
import io.millrace.journal.GapLedger;
import io.millrace.journal.GapLedger.End;
import io.millrace.journal.GapLedger.Hole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the journal alone knows of every message that the feeds gave up: each is lost, or in a
 * hole that a snapshot closed. A snapshot may close what was lost before; that counts once. Control
 * thread.
 */
final class LedgerCheck {
    private final Map<End, Integer> holes = new EnumMap<>(End.class);
    private final List<Hole> lossy = new ArrayList<>();
    private long lost;
    private long replaced;

    /** Reads all holes of an epoch. */
    LedgerCheck read(Path epoch) {
        GapLedger.read(epoch, damage -> { }, this::onHole);
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
        return lost + replaced == missing && !holes.containsKey(End.NEVER_CLOSED);
    }

    String text(long missing) {
        return holes + ", " + lost + " messages lost + " + replaced + " that a snapshot stood for ="
            + " declared gaps " + missing;
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
