// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.instrument.InstrumentDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentStoreTest {
    private static final LocalDate NEXT_DATE = LocalDate.of(2026, 1, 5);

    @TempDir
    private Path root;
    private final List<Throwable> errors = new ArrayList<>();

    @Test
    void shouldKeepTheIdsOfTheHeadAndOfTheDay() {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            fixture.write(100);
            define(fixture, 3, "CCC");
            define(fixture, 2, "BBB");
            define(fixture, 4, "DDD");
            fixture.drain();
        }
        InstrumentDirectory directory = new InstrumentDirectory(16);
        assertEquals(4, restore(NEXT_DATE, directory));
        assertEquals(List.of("AAA", "BBB", "CCC", "DDD"), InstrumentStore.symbols(directory));
        assertEquals(5, directory.findOrAdd("EEE"));
    }

    @Test
    void shouldCarryIdsThroughTheHeadOfTheNextEpoch() {
        JournalFixture.create(root).close();
        InstrumentDirectory directory = new InstrumentDirectory(16);
        restore(NEXT_DATE, directory);
        JournalHead head = JournalHead.of(NEXT_DATE, "test", "", true,
            InstrumentStore.symbols(directory));
        Journal.create(root, head, JournalFixture.context()).close();

        InstrumentDirectory later = new InstrumentDirectory(16);
        assertEquals(2, restore(NEXT_DATE.plusDays(1), later));
        assertEquals(2, later.find("BBB"));
    }

    @Test
    void shouldKnowNothingBeforeTheFirstEpoch() {
        JournalFixture.create(root).close();
        InstrumentDirectory directory = new InstrumentDirectory(16);
        assertEquals(0, restore(JournalFixture.DATE, directory));
    }

    @Test
    void shouldRefuseToGiveAnIdTwice() {
        JournalFixture.create(root).close();
        InstrumentDirectory directory = new InstrumentDirectory(16);
        directory.findOrAdd("ZZZ");
        assertThrows(JournalException.class,
            () -> restore(NEXT_DATE, directory));
        assertThrows(JournalException.class,
            () -> restore(NEXT_DATE, new InstrumentDirectory(1)));
    }

    @Test
    void shouldLiveWithADamagedJournal() throws IOException {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            for (int id = 3; id <= 5; id++) {
                define(fixture, id, "SYMBOL" + id);
                fixture.drain();
            }
        }
        flip("SYMBOL4");
        InstrumentDirectory directory = new InstrumentDirectory(16);
        restore(NEXT_DATE, directory);
        assertEquals(List.of("AAA", "BBB", "SYMBOL3", "#4", "SYMBOL5"),
            InstrumentStore.symbols(directory));
        assertEquals(1, errors.size(), errors::toString);
        assertEquals(6, directory.findOrAdd("SYMBOL4"));
    }

    @Test
    void shouldGiveNoIdAgainThatEventsUsed() throws IOException {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            define(fixture, 3, "SYMBOL3");
            fixture.drain();
            delete(fixture, 3);
            fixture.drain();
        }
        flip("SYMBOL3");
        InstrumentDirectory directory = new InstrumentDirectory(16);
        restore(NEXT_DATE, directory);
        assertEquals(4, directory.findOrAdd("EEE"));
    }

    @Test
    void shouldGiveTheSameIdsWhenDaysAreImportedBackwards() {
        LocalDate earlier = JournalFixture.DATE.minusDays(1);
        InstrumentDirectory second = new InstrumentDirectory(16);
        try (JournalFixture fixture = JournalFixture.create(root)) {
            define(fixture, 3, "CCC");
            fixture.drain();
        }
        InstrumentStore.restore(Journal.directory(root, JournalFixture.DATE), second, errors::add);
        InstrumentDirectory first = new InstrumentDirectory(16);
        restore(earlier, first);
        assertEquals(3, first.findOrAdd("CCC"));
        assertEquals(4, first.findOrAdd("DDD"));
        assertEquals(InstrumentStore.symbols(second), InstrumentStore.symbols(first).subList(0, 3));

        InstrumentStore.save(root, earlier, 0, first, errors::add);
        InstrumentDirectory third = new InstrumentDirectory(16);
        restore(NEXT_DATE, third);
        assertEquals(List.of("AAA", "BBB", "CCC", "DDD"), InstrumentStore.symbols(third));
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldReadNothingOfAnEpochThatWasClosed() throws IOException {
        try (JournalFixture fixture = JournalFixture.create(root)) {
            define(fixture, 3, "SYMBOL3");
            fixture.drain();
        }
        InstrumentDirectory directory = new InstrumentDirectory(16);
        List.of("AAA", "BBB", "SYMBOL3").forEach(directory::findOrAdd);
        InstrumentStore.save(root, JournalFixture.DATE, 1, directory, errors::add);
        flip("BBB");
        InstrumentDirectory restored = new InstrumentDirectory(16);
        restore(NEXT_DATE, restored);
        assertEquals(InstrumentStore.symbols(directory), InstrumentStore.symbols(restored));
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldReadWhatCameAfterTheNote() {
        InstrumentDirectory directory = new InstrumentDirectory(16);
        try (JournalFixture fixture = JournalFixture.create(root)) {
            fixture.write(100);
            restore(NEXT_DATE, directory);
            define(fixture, 3, "CCC");
            fixture.drain();
        }
        InstrumentDirectory later = new InstrumentDirectory(16);
        assertEquals(3, restore(NEXT_DATE, later));
        assertEquals(2, directory.count());
    }

    @Test
    void shouldMakeADamagedNoteAgain() throws IOException {
        JournalFixture.create(root).close();
        restore(NEXT_DATE, new InstrumentDirectory(16));
        Path note = root.resolve("instruments.txt");
        String whole = Files.readString(note);
        Files.writeString(note, whole.replace("AAA", "AAB"));
        InstrumentDirectory directory = new InstrumentDirectory(16);
        restore(NEXT_DATE, directory);
        assertEquals(List.of("AAA", "BBB"), InstrumentStore.symbols(directory));
        assertEquals(1, errors.size());
        assertEquals(whole, Files.readString(note));
    }

    private int restore(LocalDate date, InstrumentDirectory directory) {
        return InstrumentStore.restore(root, date, directory, epoch -> new KeptEvents(),
            errors::add);
    }

    /** Changes a symbol's bytes in the inbound journal, wherever they stand. */
    private void flip(String symbol) throws IOException {
        Path file = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        String bytes = Files.readString(file, ISO_8859_1);
        assertTrue(bytes.contains(symbol));
        Files.writeString(file, bytes.replace(symbol, "Q" + symbol.substring(1)), ISO_8859_1);
    }

    private static void define(JournalFixture fixture, int id, String symbol) {
        EventPublisher inbound = fixture.inbound;
        int offset = inbound.claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH);
        inbound.common(offset, 0, id, 1, 1, EventFlag.LAST, 0);
        new InstrumentDefinedEncoder().wrap(inbound.buffer(), offset).symbol(symbol);
        inbound.commit();
    }

    private static void delete(JournalFixture fixture, int id) {
        int offset = fixture.inbound.claim(OrderDeletedEncoder.TEMPLATE_ID,
            OrderDeletedEncoder.BLOCK_LENGTH);
        fixture.inbound.common(offset, 0, id, 1, 1, EventFlag.LAST, 0);
        fixture.inbound.commit();
    }
}
