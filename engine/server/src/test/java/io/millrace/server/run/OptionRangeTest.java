// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.book.BookContext;
import io.millrace.engine.EngineContext;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.JournalContext;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the table of options takes, the parts take too. */
class OptionRangeTest {
    @ParameterizedTest
    @CsvSource({
        "engine.inbound-capacity, 64, 8388608", "engine.outbound-capacity, 64, 8388608",
        "engine.command-capacity-bytes, 4096, 16777216", "engine.batch-limit, 1, 65536",
        "engine.close-timeout-ms, 1, 3600000", "engine.max-instruments, 1, 131072",
        "engine.max-orders, 1000, 10000000", "engine.max-venues, 1, 63",
        "engine.fingerprint-interval, 1, 2147483647",
        "engine.strategy-budget-ns, 0, 60000000000",
        "engine.strategy-overrun-limit, 1, 2147483647"})
    void shouldRefuseBeyondItsBoundsAndConcludeAtThem(String key, long least, long most) {
        assertEquals(false, accepts(key, least - 1));
        assertEquals(false, accepts(key, most + 1));
        for (long value : new long[] {least, most}) {
            Map<String, String> flags = new HashMap<>(
                Map.of("engine.max-instruments", "1", "engine.max-venues", "1"));
            flags.put(key, Long.toString(value));
            EngineContext context =
                EngineOptions.engine(configuration(flags), ThreadingMode.INVOKER);

            assertDoesNotThrow(context::conclude);
            assertDoesNotThrow(() -> new BookContext().maxOrders(context.maxOrders())
                .maxInstruments(context.maxInstruments()).maxVenues(context.maxVenues())
                .conclude());
        }
    }

    @Test
    void shouldEndWhereTheBooksEnd() {
        assertThrows(IllegalArgumentException.class,
            () -> new BookContext().maxOrders(10_000_001).conclude());
        assertThrows(IllegalArgumentException.class,
            () -> new BookContext().maxInstruments(131_073).maxVenues(1).conclude());
        assertThrows(IllegalArgumentException.class,
            () -> new BookContext().maxInstruments(1).maxVenues(64).conclude());
    }

    @ParameterizedTest
    @CsvSource({"journal.sync-interval-ms, 1, 60000", "journal.excerpt-events, 1, 1024",
        "journal.minimum-free-mb, 0, 1048576", "journal.resume-margin-mb, 0, 1048576"})
    void shouldKnowTheJournalsOptionsWithTheirBounds(String key, int least, int most) {
        assertEquals(false, accepts(key, least - 1));
        assertEquals(false, accepts(key, most + 1));
        for (int value : new int[] {least, most}) {
            JournalContext context = new JournalContext();
            switch (key) {
                case "journal.sync-interval-ms" -> context.syncIntervalMs(value);
                case "journal.excerpt-events" -> context.excerptEvents(value);
                case "journal.resume-margin-mb" -> context.resumeMarginMb(value);
                default -> context.minimumFreeMb(value);
            }
            assertEquals(true, accepts(key, value));
            assertDoesNotThrow(context::conclude);
        }
    }

    private static boolean accepts(String key, long value) {
        return ConfigOptions.get(key).rule().accepts(Long.toString(value));
    }

    private static Configuration configuration(Map<String, String> flags) {
        return new ConfigurationLoader().flags(flags).conclude();
    }
}
