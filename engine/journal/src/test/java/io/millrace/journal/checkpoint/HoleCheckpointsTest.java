// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.counter.Counters;
import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventReader;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalWriter.State;
import io.millrace.journal.replay.JournalResumption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
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

    @Test
    void shouldKeepAStateThatGrewMuchDuringTheHole() {
        try (FullDiskDay day = new FullDiskDay(root)) {
            day.orders(100);
            day.isFull = true;
            day.orders(60_000);
            day.resume();
            assertEquals(List.of(), errors(day.pipeline.counters()));
            assertEquals(1, checkpoints(day).size());
        }
    }

    @Test
    void shouldKnowNothingBehindAHoleOfWhichNothingIsKept() {
        try (FullDiskDay day = dayWithAnUnknownHole()) {
            CheckpointStore store = new CheckpointStore(day.journal.directory());
            try (JournalChain chain = new JournalChain(new Pipeline(FullDiskDay.options()),
                JournalTail.written(day.journal.directory(), JournalQueue.INBOUND), store)) {
                chain.begin(Long.MAX_VALUE, Assertions::fail);
                chain.run(Integer.MAX_VALUE, Long.MAX_VALUE);
                assertEquals(day.inbound.sequence(),
                    chain.pipeline().state().position().inboundSequence());
                assertFalse(store.write(chain.pipeline().state(), chain.kept()).hasKept());
            }
        }
    }

    @Test
    void shouldTellWhatARestartCannotKnow() {
        dayWithAnUnknownHole().close();
        Pipeline pipeline = new Pipeline(FullDiskDay.options());
        try (Journal journal = Journal.open(root, FullDiskDay.DATE, new JournalContext()
            .sync(JournalSync.NONE).minimumFreeMb(0).counters(pipeline.counters()))) {
            EventReader outbound = pipeline.outboundRing().newGatingReader();
            JournalResumption resumption = new JournalResumption(journal, new Engine(pipeline),
                pipeline.inboundRing().newGatingReader(), outbound,
                journal.writer(JournalQueue.OUTBOUND, outbound));
            assertTrue(resumption.run(event -> { }, count -> true).isWhole());
            assertFalse(resumption.kept().isKnown());
            List<String> errors = errors(pipeline.counters());
            assertEquals(1, errors.size(), errors::toString);
            assertTrue(errors.get(0).contains("hole inbound: events 101 to 112 were not written"),
                errors::toString);
        }
    }

    @Test
    void shouldGiveASecurityOfAHoleItsIdOnTheNextDate() {
        try (FullDiskDay day = new FullDiskDay(root)) {
            day.define(1, "AAA");
            day.hole(2, "BBB");
        }
        InstrumentDirectory directory = new InstrumentDirectory(16);
        List<Throwable> errors = new ArrayList<>();
        InstrumentStore.restore(root, FullDiskDay.DATE.plusDays(3), directory,
            CheckpointStore::newestKept, errors::add);
        assertEquals(List.of("AAA", "BBB"), InstrumentStore.symbols(directory));
        assertEquals(List.of(), errors);
    }

    /** Behind its hole there is the chain's state and nothing of sessions. */
    private FullDiskDay dayWithAnUnknownHole() {
        FullDiskDay day = new FullDiskDay(root);
        day.orders(100);
        day.hole(2, "BBB");
        day.orders(20);
        CheckpointStore store = new CheckpointStore(day.journal.directory());
        Pipeline behind = new Pipeline(FullDiskDay.options());
        Checkpoint checkpoint = store.list().get(0);
        assertTrue(store.restoreAt(behind.state(), checkpoint.position().inboundSequence(),
            Assertions::fail));
        store.delete(checkpoint);
        assertFalse(store.write(behind.state()).hasKept());
        return day;
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
