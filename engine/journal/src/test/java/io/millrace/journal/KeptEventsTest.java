// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.replay.RecordedDay;
import io.millrace.state.StateMemory;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptEventsTest {
    @TempDir
    private Path root;

    @Test
    void shouldKnowAsMuchWhenAHoleIsKeptOnItsOwn() {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, 2000);
        KeptEvents whole = new KeptEvents();
        KeptEvents before = new KeptEvents();
        KeptEvents hole = new KeptEvents();
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            while (tail.next()) {
                whole.onEvent(tail.event());
                (tail.event().sequence() < 1000 ? before : hole).onEvent(tail.event());
            }
        }
        before.goOn(hole, hole.sequence());
        List<Long> sequences = new ArrayList<>();
        whole.forEach(event -> sequences.add(event.sequence()));
        List<Long> again = new ArrayList<>();
        before.forEach(event -> again.add(event.sequence()));
        assertEquals(sequences, again);
        assertEquals(whole.greatestInstrumentId(), before.greatestInstrumentId());
    }

    @Test
    void shouldKeepDefinitionsAndTheLastMessage() {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, 2000);
        KeptEvents kept = new KeptEvents();
        List<Long> definitions = new ArrayList<>();
        long last = 0;
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            while (tail.next()) {
                kept.onEvent(tail.event());
                last = tail.event().sequence();
                if (tail.event().templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
                    definitions.add(last);
                }
            }
        }
        List<Long> sequences = new ArrayList<>();
        kept.forEach(event -> sequences.add(event.sequence()));
        assertEquals(last, kept.sequence());
        assertEquals(RecordedDay.INSTRUMENT_COUNT, kept.greatestInstrumentId());
        assertTrue(sequences.containsAll(definitions));
        assertEquals(List.of(1L, last - 1, last),
            sequences.stream().filter(sequence -> !definitions.contains(sequence)).toList());

        StateMemory memory = StateMemory.growing();
        StateWriter writer = new StateWriter(memory);
        kept.save(writer);
        writer.flush();
        KeptEvents restored = new KeptEvents();
        restored.restore(new StateReader(memory.source()));
        List<Long> again = new ArrayList<>();
        restored.forEach(event -> again.add(event.sequence()));
        assertEquals(sequences, again);
        assertEquals(last, restored.sequence());
    }
}
