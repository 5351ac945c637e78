// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.SchemaFile.Field;
import io.millrace.codec.SchemaFile.Message;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout rules of README.md, held for every event. */
class EventSchemaTest {
    private static final int FIRST_DERIVED_ID = 64;
    private static final int MEASUREMENT_LENGTH = 8;
    private static final int LONGEST_BLOCK = 120;
    private static SchemaFile schema;

    @BeforeAll
    static void load() throws IOException {
        schema = SchemaFile.of("market-data.xml");
    }

    static Stream<Message> messages() throws IOException {
        return SchemaFile.of("market-data.xml").messages().stream();
    }

    @Test
    void shouldNameAllEventsOfTheHouse() {
        assertEquals(List.of("InstrumentDefined", "OrderAdded", "OrderExecuted", "OrderReduced",
            "OrderDeleted", "OrderReplaced", "LevelChanged", "Quote", "Trade", "TradeBroken",
            "TradeCorrected", "TradingStatus", "PriceBand", "ShortSaleRestriction",
            "MarketWideBreaker", "Imbalance", "AuctionInfo", "OfficialPrice", "BookCleared",
            "SessionEvent", "Gap", "SnapshotBegun", "SnapshotEnded", "LineStatus", "Clock",
            "RuleChanged", "ConfigurationChanged", "SystemSample", "JournalGap",
            "MarketStatistics", "StrategyChanged", "ParticipantPosition", "NationalQuote",
            "Bbo", "Nbbo", "LevelUpdated", "Candle", "QuoteCandle", "Features", "Alert",
            "BookStale", "SessionState", "QualityState", "Fingerprint", "StrategyDetached"),
            schema.messages().stream().map(Message::name).toList());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldFillWholeWordsWithinASlot(Message message) {
        assertEquals(0, message.blockLength() % Long.BYTES);
        assertTrue(message.blockLength() <= LONGEST_BLOCK, () -> message.blockLength() + " bytes");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldBeginWithTheCommonFields(Message message) {
        String origin = message.id() < FIRST_DERIVED_ID ? "channelSequence" : "causeSequence";
        assertEquals(List.of("sequence 0", "receiveTimeNs 8", "exchangeTimeNs 16",
            "instrumentId 24", "venueId 28", "channelId 29", "flags 30", origin + " 32"),
            message.fields().stream().limit(8)
                .map(field -> field.name() + " " + field.offset()).toList());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldLeaveNoHoleBeforeTheSpareBytes(Message message) {
        Field previous = message.fields().get(0);
        for (Field field : message.fields().subList(1, message.fields().size() - 1)) {
            assertEquals(previous.end(), field.offset(), field.name());
            previous = field;
        }
        Field measurement = message.fields().get(message.fields().size() - 1);
        int spare = measurement.offset() - previous.end();
        assertTrue(spare >= 0 && spare < Long.BYTES, () -> spare + " spare bytes");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldEndWithTheMeasurement(Message message) {
        Field last = message.fields().get(message.fields().size() - 1);
        assertEquals("measurement", last.name());
        assertEquals(MEASUREMENT_LENGTH, last.length());
        assertEquals(message.blockLength(), last.end());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldAlignEveryNumber(Message message) {
        message.fields().forEach(field ->
            assertEquals(0, field.offset() % field.unitLength(), field.name()));
    }

    @Test
    void shouldKeepTheOrderIdAtOneOffset() {
        var offsets = Stream.of("OrderAdded", "OrderExecuted", "OrderReduced", "OrderDeleted",
            "OrderReplaced").map(name -> schema.message(name).field("orderId").offset()).toList();
        assertEquals(List.of(40, 40, 40, 40, 40), offsets);
    }

    @Test
    void shouldCarryNoGroupsAndNoVariableData() {
        schema.ir().messages().forEach(tokens -> tokens.forEach(token -> {
            String signal = token.signal().name();
            assertTrue(!signal.contains("GROUP") && !signal.contains("VAR_DATA"), token::toString);
        }));
    }
}
