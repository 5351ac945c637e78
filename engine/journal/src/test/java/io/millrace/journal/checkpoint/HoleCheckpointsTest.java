// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.counter.Counters;
import io.millrace.journal.JournalWriter.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoleCheckpointsTest {
    @TempDir
    private Path root;

    @Test
    void shouldKeepTheStateBehindEachHole() {
        try (FullDiskDay day = new FullDiskDay(root)) {
            day.orders(100);
            day.hole(2, "BBB");
            day.orders(100);
            day.hole(3, "CCC");
            assertEquals(State.APPENDING, day.inbound.state());
            List<Checkpoint> checkpoints = checkpoints(day);
            assertEquals(2, checkpoints.size());
            assertEquals(2, checkpoints.stream().filter(Checkpoint::hasKept).count());
            assertEquals(day.inbound.sequence(),
                checkpoints.get(1).position().inboundSequence());
            assertEquals(List.of(), errors(day.pipeline.counters()));
        }
    }

    /** The writer asked for the end of the hole and was interrupted before it could say so. */
    @Test
    void shouldKeepTheStateWhenTheWriterSaysLateThatItAskedForTheEnd() {
        try (FullDiskDay day = new FullDiskDay(root)) {
            day.orders(100);
            day.isFull = true;
            day.orders(10);
            day.isFull = false;
            day.orders(1);
            day.publishGap();
            day.holes.onTick();
            day.holes.onTick();
            day.journal.resumable(true);
            day.pass();
            day.inbound.doWork();
            assertEquals(State.APPENDING, day.inbound.state());
            day.holes.onTick();
            assertEquals(List.of(day.inbound.sequence()), checkpoints(day).stream()
                .map(checkpoint -> checkpoint.position().inboundSequence()).toList());
        }
    }

    private static List<Checkpoint> checkpoints(FullDiskDay day) {
        return new CheckpointStore(day.journal.directory()).list();
    }

    private static List<String> errors(Counters counters) {
        List<String> errors = new ArrayList<>();
        counters.forEachError((count, firstNs, lastNs, text) -> errors.add(text));
        return errors;
    }
}
