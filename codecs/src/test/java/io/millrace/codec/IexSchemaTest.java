// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.SchemaFile.Field;
import io.millrace.codec.SchemaFile.Message;
import io.millrace.codec.deep10.PriceLevelSellUpdateDecoder;
import io.millrace.codec.deep10.PriceLevelSellUpdateEncoder;
import io.millrace.codec.tops16.QuoteUpdateDecoder;
import io.millrace.codec.tops16.QuoteUpdateEncoder;
import io.millrace.codec.tops16.TradeReportDecoder;
import io.millrace.codec.tops16.TradeReportEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TOPS 1.6 and DEEP 1.0: the length tables and the worked examples, read and written. */
class IexSchemaTest {
    private static final long TIME_NS = 1_700_000_000_123_456_789L;
    private static final String HEAD = " 15 CD 85 3D FE 9C 97 17 41 41 50 4C 20 20 20 20 ";
    private static final String QUOTE = "51 00" + HEAD
        + "64 00 00 00 50 E3 1C 00 00 00 00 00 18 E4 1C 00 00 00 00 00 2C 01 00 00";
    private static final String TRADE = "54 20" + HEAD
        + "05 00 00 00 B4 E3 1C 00 00 00 00 00 92 10 00 00 00 00 00 00";
    private static final String LEVEL = "35 01" + HEAD
        + "C8 00 00 00 7C E4 1C 00 00 00 00 00";
    private static final Map<Character, Integer> SHARED = Map.ofEntries(Map.entry('S', 10),
        Map.entry('D', 31), Map.entry('H', 22), Map.entry('I', 18), Map.entry('O', 18),
        Map.entry('P', 19), Map.entry('E', 18), Map.entry('T', 38), Map.entry('X', 26),
        Map.entry('B', 38), Map.entry('A', 80));

    @Test
    void shouldHaveTheLengthsOfTops() throws IOException {
        assertEquals(with('Q', 42), lengths("tops16.xml"));
    }

    @Test
    void shouldHaveTheLengthsOfDeep() throws IOException {
        var expected = with('8', 30);
        expected.put('5', 30);
        assertEquals(expected, lengths("deep10.xml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tops16.xml", "deep10.xml"})
    void shouldLeaveNoHoleInAnyMessage(String file) throws IOException {
        for (var message : SchemaFile.of(file).messages()) {
            int end = 0;
            for (var field : message.fields()) {
                assertEquals(end, field.offset(), message.name() + "." + field.name());
                end = field.end();
            }
            assertEquals(message.blockLength(), end, message.name());
        }
    }

    @Test
    void shouldHaveTheSharedMessagesByteForByteAlike() throws IOException {
        SchemaFile deep = SchemaFile.of("deep10.xml");
        for (Message message : SchemaFile.of("tops16.xml").messages()) {
            if (message.id() != 'Q') {
                Message other = deep.message(message.name());
                assertEquals(message.id(), other.id(), message.name());
                assertEquals(places(message), places(other), message.name());
            }
        }
    }

    @Test
    void shouldReadAndWriteQuotes() {
        var quote = new QuoteUpdateDecoder().wrap(HexBytes.parse(QUOTE), 0, 42, 0);
        assertEquals(List.of(TIME_NS, "AAPL    ", 100L, 1_893_200L, 1_893_400L, 300L),
            List.of(quote.timestamp(), quote.symbol(), quote.bidSize(), quote.bidPrice(),
                quote.askPrice(), quote.askSize()));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[42]);
        new QuoteUpdateEncoder().wrap(buffer, 0).messageType((byte) 'Q').timestamp(TIME_NS)
            .symbol("AAPL    ").bidSize(100).bidPrice(1_893_200).askPrice(1_893_400).askSize(300)
            .quoteUpdateFlags().clear();
        assertEquals(QUOTE, HexBytes.print(buffer));
    }

    @Test
    void shouldReadAndWriteTrades() {
        var trade = new TradeReportDecoder().wrap(HexBytes.parse(TRADE), 0, 38, 0);
        assertEquals(List.of(TIME_NS, 5L, 1_893_300L, 4_242L), List.of(trade.timestamp(),
            trade.size(), trade.price(), trade.tradeId()));
        assertTrue(trade.saleConditionFlags().oddLot());
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[38]);
        new TradeReportEncoder().wrap(buffer, 0).messageType((byte) 'T').timestamp(TIME_NS)
            .symbol("AAPL    ").size(5).price(1_893_300).tradeId(4_242)
            .saleConditionFlags().clear().oddLot(true);
        assertEquals(TRADE, HexBytes.print(buffer));
    }

    @Test
    void shouldReadAndWriteLevels() {
        var level = new PriceLevelSellUpdateDecoder().wrap(HexBytes.parse(LEVEL), 0, 30, 0);
        assertEquals(List.of(TIME_NS, 200L, 1_893_500L, true), List.of(level.timestamp(),
            level.size(), level.price(), level.eventFlags().eventComplete()));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[30]);
        new PriceLevelSellUpdateEncoder().wrap(buffer, 0).messageType((byte) '5')
            .timestamp(TIME_NS).symbol("AAPL    ").size(200).price(1_893_500)
            .eventFlags().clear().eventComplete(true);
        assertEquals(LEVEL, HexBytes.print(buffer));
    }

    private static TreeMap<Character, Integer> with(char type, int length) {
        var lengths = new TreeMap<>(SHARED);
        lengths.put(type, length);
        return lengths;
    }

    private static TreeMap<Character, Integer> lengths(String file) throws IOException {
        var lengths = new TreeMap<Character, Integer>();
        SchemaFile.of(file).messages()
            .forEach(message -> lengths.put((char) message.id(), message.blockLength()));
        return lengths;
    }

    private static List<String> places(Message message) {
        return message.fields().stream().map(IexSchemaTest::place).toList();
    }

    private static String place(Field field) {
        return field.name() + "@" + field.offset() + "+" + field.length() + " "
            + field.type().applicableTypeName();
    }
}
