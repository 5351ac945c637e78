// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.Engine;
import io.millrace.strategy.MarketView;
import io.millrace.testing.ReplayJournal;
import io.millrace.testing.ReplayResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MicropriceSignalTest {
    private record Signal(long sequence, int instrumentId, int direction, long microprice) {
    }

    private static final Signal FIRST =
        new Signal(170, 48, 1, 8_778_986_354L);
    private static final Signal LAST =
        new Signal(99_901, 17, 1, 74_274_444_444L);
    private static final int COUNT = 1_059;

    private final List<Signal> signals = new ArrayList<>();
    private final MicropriceSignal strategy = new MicropriceSignal(SimulatedDay.SYMBOLS,
        (sequence, instrumentId, direction, microprice) ->
            signals.add(new Signal(sequence, instrumentId, direction, microprice)));

    @BeforeAll
    static void writeJournal() throws IOException {
        SimulatedDay.writeJournal();
    }

    @Test
    void shouldSignalAtExactEventsInline() throws IOException {
        try (Engine engine = SimulatedDay.inline(strategy)) {
            assertEquals(COUNT, strategy.signals());
            assertEquals(FIRST, signals.get(0));
            assertEquals(LAST, signals.get(COUNT - 1));
            assertEquals(SimulatedDay.SYMBOLS, engine.pipeline().instruments().count());
        }
    }

    @Test
    @ReplayJournal(SimulatedDay.JOURNAL)
    void shouldSignalAtTheSameEventsInReplay(ReplayResult result) {
        assertEquals(COUNT, strategy.signals());
        assertEquals(FIRST, signals.get(0));
        assertEquals(LAST, signals.get(COUNT - 1));
        assertEquals(1_767_623_414_999_989_805L, result.lastTimeNs());
    }

    @Test
    @ReplayJournal(value = SimulatedDay.JOURNAL, from = "09:30:00", to = "09:30:05",
        symbols = "AAPL")
    void shouldSignalForOneSymbolInMarketHours(ReplayResult result, MarketView market) {
        int apple = market.instrumentId("AAPL");
        assertEquals(17, signals.size());
        assertEquals(new Signal(28_043, apple, -1, 21_381_987_445L), signals.get(0));
        assertEquals(new Signal(50_529, apple, 1, 21_359_833_776L), signals.get(16));
        assertEquals(List.of(), signals.stream().filter(s -> s.instrumentId() != apple).toList());
        assertEquals(9_348, result.inboundEvents());
        assertEquals(1_767_623_400_000_000_000L, result.firstTimeNs());
        assertEquals(1_767_623_405_000_000_000L, result.lastTimeNs());
    }

    @Test
    void shouldWeighEachPriceByTheSizeOfTheOther() {
        assertEquals(100_750_000_000L,
            MicropriceSignal.microprice(100_000_000_000L, 300, 101_000_000_000L, 100));
        assertEquals(100_250_000_000L,
            MicropriceSignal.microprice(100_000_000_000L, 100, 101_000_000_000L, 300));
    }
}
