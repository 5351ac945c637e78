// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OrderFlowTest {
    private static final Map<Character,
        Integer> LENGTHS = Map.ofEntries(Map.entry('S', 12), Map.entry('R', 39),
        Map.entry('H', 25), Map.entry('Y', 20), Map.entry('L', 26), Map.entry('V', 35),
        Map.entry('K', 28),
        Map.entry('J', 35), Map.entry('h', 21), Map.entry('A', 36), Map.entry('F', 40),
        Map.entry('E', 31),
        Map.entry('C', 36), Map.entry('X', 23), Map.entry('D', 19), Map.entry('U', 35),
        Map.entry('P', 44),
        Map.entry('Q', 40), Map.entry('B', 19), Map.entry('I', 50), Map.entry('N', 20));

    private final byte[] bytes = new byte[OrderFlow.MAX_MESSAGE_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    @Test
    void shouldGiveTheSameBytesForTheSameSeed() {
        assertEquals(414_403_272L, hash(7));
    }

    @Test
    void shouldGiveOtherBytesForAnotherSeed() {
        assertNotEquals(hash(7), hash(8));
    }

    @Test
    void shouldWriteEveryMessageAtItsLengthAndEndAfterAsManyAsAsked() {
        OrderFlow flow = new OrderFlow(small(1));
        Map<Character, Integer> lengths = new TreeMap<>();
        int messages = 0;
        for (int length = flow.next(buffer, 0); length > 0; length = flow.next(buffer, 0)) {
            char type = (char) bytes[0];
            assertEquals(lengths.computeIfAbsent(type, LENGTHS::get), length, "length of " + type);
            messages++;
        }
        assertEquals(400_000, messages);
        assertEquals(new TreeMap<>(LENGTHS).keySet(), lengths.keySet());
        assertEquals(messages, flow.counts().messages());
    }

    @Test
    void shouldKeepToTheMixOfRealFlowWhileTheMarketIsOpen() {
        OrderFlow flow = new OrderFlow(small(3));
        advanceTo(flow, 'Q');
        long[] before = counts(flow);
        advanceTo(flow, 'M');
        long[] after = counts(flow);
        long total = 0;
        for (int type = 0; type < after.length; type++) {
            after[type] -= before[type];
            total += after[type];
        }
        assertShare(45, 1.5, after['A'] + after['F'], total);
        assertShare(43, 1.5, after['D'], total);
        assertShare(6, 0.5, after['E'] + after['C'], total);
        assertShare(4, 0.4, after['U'], total);
        assertShare(2, 0.4, after['X'], total);
        assertShare(3, 0.4, after['F'], after['A'] + after['F']);
    }

    @Test
    void shouldSendWhatAnExchangeMaySendAndKnowTheBooksThatFollowFromIt() {
        OrderFlow flow = new OrderFlow(small(5));
        NaiveBooks naive = new NaiveBooks();
        Set<Integer> beforeCross = new HashSet<>();
        for (int locate = 1; locate <= 200; locate++) {
            beforeCross.add(locate);
        }
        for (int length = flow.next(buffer, 0); length > 0; length = flow.next(buffer, 0)) {
            int locate = naive.onMessage(buffer, 0, length);
            if (bytes[0] == 'Q') {
                beforeCross.remove(locate);
            }
            assertFalse(!beforeCross.contains(locate) && naive.isCrossed(locate),
                "crossed in continuous trading");
        }
        assertEquals(Set.of(), beforeCross);
        flow.books().checkInvariants();
        assertEquals(naive.liveOrders(), flow.books().liveOrders());
        for (int locate = 1; locate <= 200; locate++) {
            assertEquals(naive.checksum(locate), flow.books().checksum(locate), flow.books()
                .symbol(locate));
        }
    }

    @Test
    void shouldHaltAndResumeAndAddNothingBetween() {
        OrderFlow flow = new OrderFlow(small(6));
        Set<Integer> halted = new HashSet<>();
        int halts = 0;
        int deletes = 0;
        for (int length = flow.next(buffer, 0); length > 0; length = flow.next(buffer, 0)) {
            int locate = (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF;
            if (bytes[0] == 'H' && (bytes[19] == 'H' || bytes[19] == 'P')) {
                assertTrue(halted.add(locate));
                halts++;
            } else if (bytes[0] == 'H' && bytes[19] == 'T') {
                halted.remove(locate);
            }
            boolean isActive = "AFECUP".indexOf(bytes[0]) >= 0;
            assertFalse(isActive && halted.contains(locate), "activity while halted");
            deletes += bytes[0] == 'D' && halted.contains(locate) ? 1 : 0;
        }
        assertTrue(halts >= 3, "halts " + halts);
        assertTrue(deletes > 0, "orders are deleted while halted");
        assertEquals(Set.of(), halted);
    }

    @Test
    void shouldStayAboutTheTargetOfLiveOrders() {
        OrderFlow flow = new OrderFlow(small(9));
        advanceTo(flow, 'Q');
        while (flow.next(buffer, 0) > 0 && !(bytes[0] == 'S' && bytes[11] == 'M')) {
            int live = flow.books().liveOrders();
            assertTrue(live > 19_000 && live < 20_500, "live orders " + live);
        }
    }

    @Test
    void shouldLeaveHalfOfTheOrdersRestingAtTheEndOfTheDay() {
        OrderFlow flow = new OrderFlow(small(9).messages(2_000_000));
        long messages = 0;
        while (flow.next(buffer, 0) > 0) {
            messages++;
        }
        int live = flow.books().liveOrders();
        assertEquals(2_000_000, messages);
        assertTrue(live > 9_500 && live < 10_500, "live orders " + live);
    }

    @Test
    void shouldSendSystemEventsInTheOrderOfTheDayAtTheirTimes() {
        OrderFlow flow = new OrderFlow(small(2));
        StringBuilder events = new StringBuilder();
        while (flow.next(buffer, 0) > 0) {
            if (bytes[0] == 'S') {
                events.append((char) bytes[11]).append(flow.timeNs() / 60_000_000_000L).append(' ');
            }
        }
        assertEquals("O185 S240 Q570 M960 E1200 C",
            events.substring(0, events.lastIndexOf("C") + 1));
    }

    @Test
    void shouldBeThreeTimesAsFastAfterTheOpenAndBeforeTheClose() {
        DayPlan plan = new DayPlan(small(1).compressed(1_000_000_000L, 20_000_000_000L).conclude());
        double regular = rate(plan, DayPlan.REGULAR);
        assertEquals(3.0, rate(plan, DayPlan.OPEN_BURST) / regular, 0.01);
        assertEquals(3.0, rate(plan, DayPlan.CLOSE_BURST) / regular, 0.01);
        assertEquals(1_000_000_000L, plan.startNs(DayPlan.DIRECTORY));
        assertEquals(21_000_000_000L, plan.startNs(DayPlan.PARTS));
    }

    @Test
    void shouldListTenThousandDistinctSymbolsWithPlausiblePricesAndLots() {
        Listings listings = new Listings(10_000, new SeededRandom(1), 0);
        Set<String> symbols = new HashSet<>();
        int high = 0;
        for (int locate = 1; locate <= 10_000; locate++) {
            symbols.add(listings.symbol(locate));
            int price = listings.price(locate);
            assertTrue(price >= Listings.DOLLAR && price <= 5_000 * Listings.DOLLAR, "price "
                + price);
            int lot = price <= 2_500_000 ? 100 : price <= 10_000_000 ? 40 : 10;
            assertEquals(lot, listings.roundLot(locate));
            high += price > 1_000 * Listings.DOLLAR ? 1 : 0;
        }
        assertEquals(10_000, symbols.size());
        assertTrue(high > 50 && high < 150, "above 1,000 dollars: " + high);
        assertEquals("AAPL", listings.symbol(listings.locateOfRank(0)));
    }

    @Test
    void shouldDrawRanksAsZipfSays() {
        ZipfTable table = new ZipfTable(1_000, 1.0);
        SeededRandom random = new SeededRandom(4);
        int[] drawn = new int[1_000];
        for (int i = 0; i < 2_000_000; i++) {
            drawn[table.draw(random)]++;
        }
        assertEquals(1 / 7.4855, drawn[0] / 2e6, 0.001);
        assertEquals(10, drawn[0] / (double) drawn[9], 0.4);
        assertEquals(100, drawn[0] / (double) drawn[99], 8);
    }

    private static OrderFlowContext small(long seed) {
        return new OrderFlowContext().seed(seed).symbols(200).messages(400_000).liveOrders(20_000);
    }

    private long hash(long seed) {
        CRC32C crc = new CRC32C();
        OrderFlow flow = new OrderFlow(small(seed));
        for (int length = flow.next(buffer, 0); length > 0; length = flow.next(buffer, 0)) {
            crc.update(bytes, 0, length);
        }
        return crc.getValue();
    }

    private void advanceTo(OrderFlow flow, char systemEvent) {
        do {
            assertTrue(flow.next(buffer, 0) > 0, "no system event " + systemEvent);
        } while (bytes[0] != 'S' || bytes[11] != systemEvent);
    }

    private static long[] counts(OrderFlow flow) {
        long[] counts = new long[128];
        for (char type = 0; type < 128; type++) {
            counts[type] = flow.counts().ofType(type);
        }
        return counts;
    }

    private static void assertShare(double percent, double slack, long part, long total) {
        assertEquals(percent, 100.0 * part / total, slack);
    }

    private static double rate(DayPlan plan, int part) {
        return (plan.firstIndex(part + 1) - plan.firstIndex(part))
            / (double) (plan.startNs(part + 1) - plan.startNs(part));
    }
}
