// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.checkpoint.CheckpointStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The holes of an epoch without reading it whole: those with a checkpoint behind them, which is
 * missing where a kill came first or the state could not be kept.
 */
final class EpochHoles {
    private EpochHoles() {
    }

    static List<JournalHole> of(Path epoch) {
        List<JournalHole> holes = new ArrayList<>();
        new CheckpointStore(epoch).list().forEach(checkpoint -> {
            long sequence = checkpoint.position().inboundSequence();
            if (checkpoint.isAnchor() && sequence > 0) {
                find(epoch, sequence, holes);
            }
        });
        return holes;
    }

    private static void find(Path epoch, long sequence, List<JournalHole> holes) {
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            tail.damageListener(damage -> { }).holeListener(hole -> {
                if (hole.gapSequence() == sequence) {
                    holes.add(hole);
                }
            });
            tail.seekSequence(sequence - 1);
            tail.next();
        }
    }
}
