// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.KeptEvents;
import io.millrace.journal.retention.Pruner.Fate;
import io.millrace.journal.retention.Pruner.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month of small journals, one security new each day, pruned. */
class PrunerTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 31;
    private static final int EVENTS = 5;
    private static final Function<Path, KeptEvents> KEPT = epoch -> new KeptEvents();

    @TempDir
    private Path root;

    private final List<String> errors = new ArrayList<>();

    @BeforeEach
    void writeAMonth() {
        for (int day = 0; day < DAYS; day++) {
            write(FIRST.plusDays(day), day + 1);
        }
    }

    @Test
    void shouldDeleteWhatIsTooOldAndTellTheSameBefore() {
        Pruner pruner = pruner(10, 0);
        List<Verdict> plan = pruner.plan();
        assertEquals(DAYS, Journal.list(root).size());
        long usedBefore = DiskUse.of(root).allocatedBytes();

        assertEquals(plan, pruner.run());

        assertEquals(10, Journal.list(root).size());
        assertEquals(FIRST.plusDays(21), Journal.list(root).get(0));
        long deleted = plan.stream().filter(verdict -> verdict.fate() == Fate.DELETED)
            .mapToLong(verdict -> verdict.epoch().allocatedBytes()).sum();
        assertEquals(usedBefore - deleted, DiskUse.of(root).allocatedBytes());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldDeleteTheEarliestUntilTheRestFits() {
        long one = DiskUse.of(root).epochs().get(0).allocatedBytes();
        pruner(0, 4 * one + one / 2).run();
        assertEquals(List.of(FIRST.plusDays(27), FIRST.plusDays(28), FIRST.plusDays(29),
            FIRST.plusDays(30)), Journal.list(root));
    }

    @Test
    void shouldKeepWhatAReaderHasYetToConfirm() {
        ReaderRegistry readers = new ReaderRegistry(root);
        readers.register("kafka", Set.of(JournalQueue.INBOUND));
        assertEquals(0, deleted(pruner(1, 0).plan()));
        readers.confirm("kafka", JournalQueue.INBOUND, FIRST.plusDays(3), EVENTS - 1);
        assertEquals(3, deleted(pruner(1, 0).plan()));
        readers.confirm("kafka", JournalQueue.INBOUND, FIRST.plusDays(3), EVENTS);
        assertEquals(4, deleted(pruner(1, 0).plan()));
        readers.confirm("kafka", JournalQueue.INBOUND, FIRST, 1);
        Verdict held = pruner(1, 0).run().get(4);
        assertEquals("HELD older than 1 days, but reader kafka has confirmed inbound up to 5 of"
            + " 2026-01-04", held.fate() + " " + held.reason());
        assertEquals(DAYS - 4, Journal.list(root).size());
        readers.remove("kafka");
        assertEquals(DAYS - 5, deleted(pruner(1, 0).plan()));
    }

    @Test
    void shouldKeepWhatAStoreLacksAndWhatADamagedReaderMayNeed() throws IOException {
        StoreRegistry stores = new StoreRegistry(root);
        assertThrows(JournalException.class,
            () -> stores.confirm("parquet", Journal.directory(root, FIRST), ""));
        stores.register("parquet");
        stores.confirm("parquet", Journal.directory(root, FIRST.plusDays(1)), "2 files");
        assertEquals(List.of("2026-01-02"), pruner(5, 0).plan().stream()
            .filter(verdict -> verdict.fate() == Fate.DELETED)
            .map(verdict -> verdict.epoch().date().toString()).toList());
        new ReaderRegistry(root).register("edge", Set.of(JournalQueue.OUTBOUND));
        Files.writeString(root.resolve("readers").resolve("edge"), "outbound 20");
        assertEquals(0, deleted(pruner(5, 0).plan()));
    }

    @Test
    void shouldGiveNoIdTwiceEvenWhenTheNoteOfIdsIsDamaged() throws IOException {
        pruner(1, 0).run();
        assertEquals(1, Journal.list(root).size());
        InstrumentDirectory directory = new InstrumentDirectory(64);
        InstrumentStore.restore(root, FIRST.plusDays(40), directory, KEPT, this::note);
        assertEquals(DAYS, directory.count());

        Files.writeString(root.resolve("instruments.txt"), "damaged");
        directory = new InstrumentDirectory(64);
        InstrumentStore.restore(root, FIRST.plusDays(40), directory, KEPT, this::note);
        assertEquals(DAYS, directory.count());
        assertEquals(7, directory.find("S7"));
        assertEquals(1, errors.size(), errors::toString);
    }

    @Test
    void shouldNameTheLatestAndWhatIsWithinTheLimits() {
        assertEquals(Set.of("within the limits"), pruner(100, 0).plan().stream()
            .map(Verdict::reason).collect(Collectors.toSet()));
        Verdict latest = new Pruner(root, new RetentionPolicy(1, 0, FIRST.plusDays(90)),
            KEPT, this::note).plan().get(DAYS - 1);
        assertTrue(latest.reason().contains("the latest, whose head tells all ids"),
            latest.reason());
    }

    private Pruner pruner(int days, long byteCount) {
        return new Pruner(root, new RetentionPolicy(days, byteCount, FIRST.plusDays(DAYS - 1)),
            KEPT, this::note);
    }

    private static long deleted(List<Verdict> verdicts) {
        return verdicts.stream().filter(verdict -> verdict.fate() == Fate.DELETED).count();
    }

    private void note(Throwable error) {
        errors.add(error.getMessage());
    }

    /** A day on which one security is new, without the note of ids that a clean close makes. */
    private void write(LocalDate date, int id) {
        JournalContext context = new JournalContext().minimumFreeMb(0).clock(null);
        JournalHead head = JournalHead.of(date, "test build", "", true, List.of());
        EventRing ring = new EventRing(16);
        try (Journal journal = Journal.create(root, head, context)) {
            JournalWriter writer = journal.writer(JournalQueue.INBOUND, ring.newGatingReader());
            EventPublisher inbound = new EventPublisher(ring, () -> { }, null, 1);
            for (int i = 0; i < EVENTS; i++) {
                int offset = inbound.claim(InstrumentDefinedEncoder.TEMPLATE_ID,
                    InstrumentDefinedEncoder.BLOCK_LENGTH);
                inbound.common(offset, 0, id, 1, 1, EventFlag.LAST, 0);
                new InstrumentDefinedEncoder().wrap(inbound.buffer(), offset).symbol("S" + id);
                inbound.commit();
            }
            writer.doWork();
            journal.companions().forEach(companion -> CloseHelper.quietClose(
                companion::onClose));
        }
    }
}
