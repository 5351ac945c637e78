// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.deep10.PriceLevelBuyUpdateDecoder;
import io.millrace.codec.tops16.QuoteUpdateDecoder;
import io.millrace.simulator.MessageSource;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.SimulatedBooks;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Books folded from what IEX venues tell are the simulator's books. */
class IexFlowTest {
    private static final int SYMBOLS = 4;
    private static final LocalDate DATE = LocalDate.of(2026, 1, 5);

    private final VenueFlow flow =
        new VenueFlow(new OrderFlow(VenueRun.day().symbols(SYMBOLS).liveOrders(5_000)
            .messages(40_000)), new PacingContext());
    private final SimulatedBooks books = flow.books();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private final Map<Integer, TreeMap<Long, Long>> sides = new HashMap<>();
    private final Map<String, Integer> locates = new HashMap<>();
    private final int[] types = new int[128];

    IexFlowTest() {
        for (int locate = 1; locate <= books.symbolCount(); locate++) {
            locates.put(books.symbol(locate), locate);
        }
    }

    @Test
    void shouldTellEveryLevelInWholeUpdates() {
        MessageSource deep = VenueProtocol.DEEP10.messages(flow, DATE);
        PriceLevelBuyUpdateDecoder level = new PriceLevelBuyUpdateDecoder();
        int longest = 0;
        int open = 0;
        for (int length = deep.next(message, 0); length > 0; length = deep.next(message, 0)) {
            char type = (char) message.getByte(0);
            types[type]++;
            if (type != '8' && type != '5') {
                assertTrue(open == 0 || type == 'T', "an event is not cut");
                continue;
            }
            level.wrap(message, 0, length, 0);
            int locate = locates.get(level.symbol().trim());
            set(SimulatedBooks.bidSide(locate) + (type == '5' ? 1 : 0), level.price(),
                level.size());
            open++;
            longest = Math.max(longest, open);
            if (level.eventFlags().eventComplete()) {
                open = 0;
                assertSide(SimulatedBooks.bidSide(locate));
                assertSide(SimulatedBooks.askSide(locate));
            }
        }
        assertEquals(0, open);
        for (int side = 2; side <= SimulatedBooks.askSide(books.symbolCount()); side++) {
            assertSide(side);
        }
        assertTrue(longest > 3, "an opening changes many levels at once: " + longest);
        for (char type : "SDHPTX85E".toCharArray()) {
            assertTrue(types[type] > 0, "type " + type);
        }
        assertEquals(SYMBOLS, types['D']);
        assertEquals(6, types['S']);
    }

    @Test
    void shouldQuoteEveryChangeOfTheTouchAndNothingElse() {
        MessageSource tops = VenueProtocol.TOPS16.messages(flow, DATE);
        QuoteUpdateDecoder quote = new QuoteUpdateDecoder();
        Map<Integer, String> last = new HashMap<>();
        for (int length = tops.next(message, 0); length > 0; length = tops.next(message, 0)) {
            char type = (char) message.getByte(0);
            types[type]++;
            if (type != 'Q') {
                continue;
            }
            quote.wrap(message, 0, length, 0);
            int locate = locates.get(quote.symbol().trim());
            String touch = quote.bidSize() + "@" + quote.bidPrice() + " " + quote.askSize() + "@"
                + quote.askPrice();
            assertEquals(touch(locate), touch);
            assertTrue(!touch.equals(last.put(locate, touch)), "a quote that changes nothing");
        }
        for (int locate = 1; locate <= books.symbolCount(); locate++) {
            assertEquals(touch(locate), last.getOrDefault(locate, "0@0 0@0"));
        }
        assertEquals(0, types['8'] + types['5'] + types['E']);
        assertTrue(types['Q'] > 1_000 && types['T'] > 500, types['Q'] + " " + types['T']);
    }

    private void set(int side, long price, long size) {
        TreeMap<Long, Long> levels = sides.computeIfAbsent(side, s -> new TreeMap<>());
        if (size == 0) {
            levels.remove(price);
        } else {
            levels.put(price, size);
        }
    }

    private void assertSide(int side) {
        Map<Long, Long> expected = new TreeMap<>();
        for (int i = 0; i < books.depth(side); i++) {
            expected.put((long) books.price(side, i), books.levelShares(side, i));
        }
        assertEquals(expected, sides.getOrDefault(side, new TreeMap<>()));
    }

    private String touch(int locate) {
        return touchOfSide(SimulatedBooks.bidSide(locate)) + " "
            + touchOfSide(SimulatedBooks.askSide(locate));
    }

    private String touchOfSide(int side) {
        return books.isEmpty(side) ? "0@0"
            : books.levelShares(side, 0) + "@" + books.price(side, 0);
    }
}
