// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.instrument.InstrumentDirectory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentStoreTest {
    private static final LocalDate NEXT_DATE = LocalDate.of(2026, 1, 5);

    @TempDir
    private Path root;

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
        assertEquals(4, InstrumentStore.restore(root, NEXT_DATE, directory));
        assertEquals(List.of("AAA", "BBB", "CCC", "DDD"), InstrumentStore.symbols(directory));
        assertEquals(5, directory.findOrAdd("EEE"));
    }

    @Test
    void shouldCarryIdsThroughTheHeadOfTheNextEpoch() {
        JournalFixture.create(root).close();
        InstrumentDirectory directory = new InstrumentDirectory(16);
        InstrumentStore.restore(root, NEXT_DATE, directory);
        JournalHead head = JournalHead.of(NEXT_DATE, "test", "", true,
            InstrumentStore.symbols(directory));
        Journal.create(root, head, JournalFixture.context()).close();

        InstrumentDirectory later = new InstrumentDirectory(16);
        assertEquals(2, InstrumentStore.restore(root, NEXT_DATE.plusDays(1), later));
        assertEquals(2, later.find("BBB"));
    }

    @Test
    void shouldKnowNothingBeforeTheFirstEpoch() {
        JournalFixture.create(root).close();
        InstrumentDirectory directory = new InstrumentDirectory(16);
        assertEquals(0, InstrumentStore.restore(root, JournalFixture.DATE, directory));
    }

    @Test
    void shouldRefuseToGiveAnIdTwice() {
        JournalFixture.create(root).close();
        InstrumentDirectory directory = new InstrumentDirectory(16);
        directory.findOrAdd("ZZZ");
        assertThrows(JournalException.class,
            () -> InstrumentStore.restore(root, NEXT_DATE, directory));
        assertThrows(JournalException.class,
            () -> InstrumentStore.restore(root, NEXT_DATE, new InstrumentDirectory(1)));
    }

    private static void define(JournalFixture fixture, int id, String symbol) {
        EventPublisher inbound = fixture.inbound;
        int offset = inbound.claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH);
        inbound.common(offset, 0, id, 1, 1, EventFlag.LAST, 0);
        new InstrumentDefinedEncoder().wrap(inbound.buffer(), offset).symbol(symbol);
        inbound.commit();
    }
}
