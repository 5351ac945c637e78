// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.engine.Engine;
import io.millrace.examples.RiskMonitor.Limit;
import io.millrace.instrument.Price;
import io.millrace.instrument.Venue;
import io.millrace.testing.ReplayJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RiskMonitorTest {
    private record Breach(Limit limit, long sequence, int instrumentId) {
    }

    private static final RiskLimits LIMITS = new RiskLimits(1_000, 60_000, 500);
    private static final List<Breach> BREACHES = List.of(
        new Breach(Limit.PRICE_COLLAR, 27_758, 9), new Breach(Limit.NOTIONAL, 28_395, 47),
        new Breach(Limit.PRICE_COLLAR, 47_986, 50), new Breach(Limit.PRICE_COLLAR, 55_447, 21),
        new Breach(Limit.POSITION, 55_566, 1), new Breach(Limit.PRICE_COLLAR, 58_122, 21),
        new Breach(Limit.PRICE_COLLAR, 61_012, 48), new Breach(Limit.PRICE_COLLAR, 63_684, 49),
        new Breach(Limit.PRICE_COLLAR, 64_789, 21), new Breach(Limit.PRICE_COLLAR, 65_357, 49));

    private final List<Breach> breaches = new ArrayList<>();
    private final RiskMonitor monitor = new RiskMonitor("VIRT", LIMITS, SimulatedDay.SYMBOLS,
        (limit, sequence, instrumentId) ->
            breaches.add(new Breach(limit, sequence, instrumentId)));

    @BeforeAll
    static void writeJournal() throws IOException {
        SimulatedDay.writeJournal();
    }

    @Test
    void shouldTellBreachesAtExactEventsInline() throws IOException {
        try (Engine engine = SimulatedDay.inline(monitor)) {
            assertEquals(BREACHES, breaches);
            assertEquals(1_194 * Price.SIZE_UNIT, monitor.position(1));
            assertEquals(116_388.74, monitor.notional().value());
            assertEquals(18, monitor.openOrders());
            assertEquals(0, engine.pipeline().counters().forEachError((c, f, l, error) -> { }));
        }
    }

    @Test
    @ReplayJournal(SimulatedDay.JOURNAL)
    void shouldTellTheSameBreachesInReplay() {
        assertEquals(BREACHES, breaches);
        assertEquals(18, monitor.openOrders());
    }

    @Test
    void shouldTellOrdersOfTwoVenuesApartThatHaveOneNumber() {
        FirmOrders orders = new FirmOrders();
        orders.put(Venue.XNAS.id(), 7, 100, 300);
        orders.put(Venue.IEXG.id(), 7, -200, 50);

        orders.reduce(Venue.XNAS.id(), 7, 100);
        orders.reduce(Venue.IEXG.id(), 7, 50);

        assertEquals(1, orders.count());
        assertEquals(100, orders.signedPrice(Venue.XNAS.id(), 7));
        assertEquals(Price.UNDEFINED, orders.signedPrice(Venue.IEXG.id(), 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GS", "G", "VIRTU", "", " "})
    void shouldTakeAFirmOfOneToFourCharacters(String firm) throws IOException {
        if (firm.isBlank() || firm.length() > 4) {
            assertThrows(IllegalArgumentException.class, () -> monitorOf(firm));
            return;
        }
        RiskMonitor other = monitorOf(firm);
        try (Engine engine = SimulatedDay.inline(other)) {
            assertEquals(0, other.openOrders());
            assertEquals(0, engine.pipeline().counters().forEachError((c, f, l, error) -> { }));
        }
    }

    private static RiskMonitor monitorOf(String firm) {
        return new RiskMonitor(firm, LIMITS, SimulatedDay.SYMBOLS, (limit, sequence, id) -> { });
    }
}
