// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.itch50.AddOrderEncoder;
import io.millrace.codec.itch50.CrossTradeDecoder;
import io.millrace.codec.itch50.CrossTradeEncoder;
import io.millrace.codec.itch50.MwcbDeclineLevelDecoder;
import io.millrace.codec.itch50.MwcbDeclineLevelEncoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderExecutedEncoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceDecoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceEncoder;
import io.millrace.codec.itch50.OrderReplaceDecoder;
import io.millrace.codec.itch50.OrderReplaceEncoder;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.itch50.SystemEventEncoder;
import io.millrace.codec.itch50.Timestamp48Decoder;
import io.millrace.codec.itch50.Timestamp48Encoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** NQTVITCHSpecification: the length table and the worked examples, read and written. */
class Itch50SchemaTest {
    private static final String SYSTEM_EVENT = "53 00 00 00 00 1F 1A CE D9 F0 00 51";
    private static final String ADD_ORDER = "41 00 0D 00 00 1F 1A D6 35 BD 15"
        + " 00 00 00 00 00 00 03 E9 42 00 00 01 2C 41 41 50 4C 20 20 20 20 00 1C E3 50";
    private static final String ORDER_EXECUTED = "45 00 0D 00 00 1F 1B 0A 74 BA 00"
        + " 00 00 00 00 00 00 03 E9 00 00 00 64 00 00 00 00 00 00 03 09";
    private static final String ORDER_REPLACE = "55 00 0D 00 00 1F 1B 63 DC E9 00"
        + " 00 00 00 00 00 00 03 E9 00 00 00 00 00 00 03 EA 00 00 00 96 00 1C E3 B4";
    private static final String EXECUTED_WITH_PRICE = "43 00 0D 00 00 34 63 0B 8A 00 01"
        + " 00 00 00 00 00 00 03 EA 00 00 00 32 00 00 00 00 00 00 23 29 4E 00 1C EA 58";
    private static final String CROSS_TRADE = "51 00 0D 00 02 34 63 1A 70 B2 80"
        + " 00 00 00 00 00 41 CF 44 41 41 50 4C 20 20 20 20 00 1C EA 58"
        + " 00 00 00 00 00 00 23 29 43";
    private static final String DECLINE_LEVELS = "56 00 00 00 00 16 EB 55 0C 60 00"
        + " 00 00 00 8B B2 C9 70 00 00 00 00 82 B0 16 4D 00 00 00 00 78 29 F5 09 00";

    @Test
    void shouldHaveTheLengthsOfTheSpecification() throws IOException {
        var expected = new TreeMap<>(Map.ofEntries(Map.entry('S', 12), Map.entry('R', 39),
            Map.entry('H', 25), Map.entry('Y', 20), Map.entry('L', 26), Map.entry('V', 35),
            Map.entry('W', 12), Map.entry('K', 28), Map.entry('J', 35), Map.entry('h', 21),
            Map.entry('A', 36), Map.entry('F', 40), Map.entry('E', 31), Map.entry('C', 36),
            Map.entry('X', 23), Map.entry('D', 19), Map.entry('U', 35), Map.entry('P', 44),
            Map.entry('Q', 40), Map.entry('B', 19), Map.entry('I', 50), Map.entry('N', 20),
            Map.entry('O', 48)));
        var lengths = new TreeMap<Character, Integer>();
        SchemaFile.of("itch50.xml").messages()
            .forEach(message -> lengths.put((char) message.id(), message.blockLength()));
        assertEquals(expected, lengths);
    }

    @Test
    void shouldLeaveNoHoleInAnyMessage() throws IOException {
        for (var message : SchemaFile.of("itch50.xml").messages()) {
            int end = 0;
            for (var field : message.fields()) {
                assertEquals(end, field.offset(), message.name() + "." + field.name());
                end = field.end();
            }
            assertEquals(message.blockLength(), end, message.name());
        }
    }

    @Test
    void shouldReadSystemEvent() {
        var event = new SystemEventDecoder().wrap(HexBytes.parse(SYSTEM_EVENT), 0, 12, 0);
        assertEquals(List.of((byte) 'S', 0, 0, 34_200_000_000_000L, (byte) 'Q'),
            List.of(event.messageType(), event.stockLocate(), event.trackingNumber(),
                ns(event.timestamp()), event.eventCode()));
    }

    @Test
    void shouldWriteSystemEvent() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[12]);
        var event = new SystemEventEncoder().wrap(buffer, 0).messageType((byte) 'S')
            .stockLocate(0).trackingNumber(0).eventCode((byte) 'Q');
        ns(event.timestamp(), 34_200_000_000_000L);
        assertEquals(SYSTEM_EVENT, HexBytes.print(buffer));
    }

    @Test
    void shouldReadAddOrder() {
        var order = new AddOrderDecoder().wrap(HexBytes.parse(ADD_ORDER), 0, 36, 0);
        assertEquals(List.of(13, 34_200_123_456_789L, 1001L, (byte) 'B', 300L, "AAPL    ",
            1_893_200L), List.of(order.stockLocate(), ns(order.timestamp()),
            order.orderReferenceNumber(), order.buySellIndicator(), order.shares(), order.stock(),
            order.price()));
    }

    @Test
    void shouldWriteAddOrder() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[36]);
        var order = new AddOrderEncoder().wrap(buffer, 0).messageType((byte) 'A').stockLocate(13)
            .trackingNumber(0).orderReferenceNumber(1001).buySellIndicator((byte) 'B').shares(300)
            .stock("AAPL    ").price(1_893_200);
        ns(order.timestamp(), 34_200_123_456_789L);
        assertEquals(ADD_ORDER, HexBytes.print(buffer));
    }

    @Test
    void shouldReadOrderExecuted() {
        var event = new OrderExecutedDecoder().wrap(HexBytes.parse(ORDER_EXECUTED), 0, 31, 0);
        assertEquals(List.of(34_201_000_000_000L, 1001L, 100L, 777L), List.of(
            ns(event.timestamp()), event.orderReferenceNumber(), event.executedShares(),
            event.matchNumber()));
    }

    @Test
    void shouldWriteOrderExecuted() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[31]);
        var event = new OrderExecutedEncoder().wrap(buffer, 0).messageType((byte) 'E')
            .stockLocate(13).trackingNumber(0).orderReferenceNumber(1001).executedShares(100)
            .matchNumber(777);
        ns(event.timestamp(), 34_201_000_000_000L);
        assertEquals(ORDER_EXECUTED, HexBytes.print(buffer));
    }

    @Test
    void shouldReadOrderReplace() {
        var event = new OrderReplaceDecoder().wrap(HexBytes.parse(ORDER_REPLACE), 0, 35, 0);
        assertEquals(List.of(34_202_500_000_000L, 1001L, 1002L, 150L, 1_893_300L), List.of(
            ns(event.timestamp()), event.originalOrderReferenceNumber(),
            event.newOrderReferenceNumber(), event.shares(), event.price()));
    }

    @Test
    void shouldWriteOrderReplace() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[35]);
        var event = new OrderReplaceEncoder().wrap(buffer, 0).messageType((byte) 'U')
            .stockLocate(13).trackingNumber(0).originalOrderReferenceNumber(1001)
            .newOrderReferenceNumber(1002).shares(150).price(1_893_300);
        ns(event.timestamp(), 34_202_500_000_000L);
        assertEquals(ORDER_REPLACE, HexBytes.print(buffer));
    }

    @Test
    void shouldReadOrderExecutedWithPrice() {
        var event = new OrderExecutedWithPriceDecoder()
            .wrap(HexBytes.parse(EXECUTED_WITH_PRICE), 0, 36, 0);
        assertEquals(List.of(57_600_000_000_001L, 1002L, 50L, 9001L, (byte) 'N', 1_895_000L),
            List.of(ns(event.timestamp()), event.orderReferenceNumber(), event.executedShares(),
                event.matchNumber(), event.printable(), event.executionPrice()));
    }

    @Test
    void shouldWriteOrderExecutedWithPrice() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[36]);
        var event = new OrderExecutedWithPriceEncoder().wrap(buffer, 0).messageType((byte) 'C')
            .stockLocate(13).trackingNumber(0).orderReferenceNumber(1002).executedShares(50)
            .matchNumber(9001).printable((byte) 'N').executionPrice(1_895_000);
        ns(event.timestamp(), 57_600_000_000_001L);
        assertEquals(EXECUTED_WITH_PRICE, HexBytes.print(buffer));
    }

    @Test
    void shouldReadCrossTrade() {
        var event = new CrossTradeDecoder().wrap(HexBytes.parse(CROSS_TRADE), 0, 40, 0);
        assertEquals(List.of(2, 57_600_250_000_000L, 4_312_900L, "AAPL    ", 1_895_000L, 9001L,
            (byte) 'C'), List.of(event.trackingNumber(), ns(event.timestamp()),
            event.crossShares(), event.stock(), event.crossPrice(), event.matchNumber(),
            event.crossType()));
    }

    @Test
    void shouldWriteCrossTrade() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[40]);
        var event = new CrossTradeEncoder().wrap(buffer, 0).messageType((byte) 'Q')
            .stockLocate(13).trackingNumber(2).crossShares(4_312_900).stock("AAPL    ")
            .crossPrice(1_895_000).matchNumber(9001).crossType((byte) 'C');
        ns(event.timestamp(), 57_600_250_000_000L);
        assertEquals(CROSS_TRADE, HexBytes.print(buffer));
    }

    @Test
    void shouldReadDeclineLevels() {
        var event = new MwcbDeclineLevelDecoder().wrap(HexBytes.parse(DECLINE_LEVELS), 0, 35, 0);
        assertEquals(List.of(25_200_000_000_000L, 600_000_000_000L, 561_300_000_000L,
            516_100_000_000L), List.of(ns(event.timestamp()), event.level1(), event.level2(),
            event.level3()));
    }

    @Test
    void shouldWriteDeclineLevels() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[35]);
        var event = new MwcbDeclineLevelEncoder().wrap(buffer, 0).messageType((byte) 'V')
            .stockLocate(0).trackingNumber(0).level1(600_000_000_000L).level2(561_300_000_000L)
            .level3(516_100_000_000L);
        ns(event.timestamp(), 25_200_000_000_000L);
        assertEquals(DECLINE_LEVELS, HexBytes.print(buffer));
    }

    @Test
    void shouldHoldTheLastNanosecondOfTheDay() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[12]);
        var event = new SystemEventEncoder().wrap(buffer, 0);
        ns(event.timestamp(), 86_399_999_999_999L);
        assertEquals("4E 94 91 4E FF FF", HexBytes.print(buffer, 5, 6));
        assertEquals(86_399_999_999_999L,
            ns(new SystemEventDecoder().wrap(buffer, 0, 12, 0).timestamp()));
    }

    private static long ns(Timestamp48Decoder timestamp) {
        return (long) timestamp.high() << 32 | timestamp.low();
    }

    private static void ns(Timestamp48Encoder timestamp, long ns) {
        timestamp.high((int) (ns >>> 32)).low(ns & 0xFFFF_FFFFL);
    }
}
