// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.codec.itch50.StockDirectoryEncoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.Captures;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events against what an independent program says the same bytes mean. */
class GoldenEventsTest {
    private static final Pattern FIELD = Pattern.compile("\\[\"(\\w+)\",\"([^\"]*)\"\\]");
    private static final TradingDate DATE = TradingDate.unknown();

    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();
    private final InstrumentDirectory directory = new InstrumentDirectory(10_000);
    private final Itch50Decoder decoder = new Itch50Decoder(log.publisher(),
        new FeedChannel(Venue.XNAS, 1, 0), counters, directory);

    @ParameterizedTest
    @CsvSource({"open1000.itch50, nasdaq-itch50-open1000, 1000",
        "20191230-two-per-type12.itch50, nasdaq-itch50-20191230-two-per-type12, 12",
        "SYNTHETIC-ritch-reframed12012.itch50.gz, "
            + "nasdaq-itch50-SYNTHETIC-ritch-reframed12012, 12012"})
    void shouldMeanWhatTheGoldenSays(String file, String golden, int count) throws IOException {
        List<Map<String, String>> messages = golden("golden/" + golden + ".tshark-omi.jsonl.gz");
        int defined = defineUnnamed(messages);
        publish("nasdaq-itch-5.0/" + file);
        List<EventView> events = new ArrayList<>(log.events().subList(defined, (int) log.count()));
        events.removeIf(event -> (event.flags() & EventFlag.LAST) == 0);
        assertEquals(count, events.size());
        assertEquals(count, messages.size());
        int compared = 0;
        for (int i = 0; i < count; i++) {
            compared += compare(messages.get(i), events.get(i), "message " + i);
        }
        assertTrue(compared >= 2 * count, compared + " values compared");
    }

    private int compare(Map<String, String> message, EventView event, String where) {
        Map<String, Long> values = values(event);
        values.put("timestamp", event.exchangeTimeNs() - DATE.midnightNs());
        int compared = 1;
        for (Map.Entry<String, Long> value : values.entrySet()) {
            String expected = message.get(value.getKey());
            assertEquals(expected, text(value), where + " " + value.getKey());
            compared++;
        }
        String stock = message.get("stock");
        if (stock != null && event.instrumentId() > 0) {
            assertEquals(stock.trim(), directory.symbol(event.instrumentId()), where);
        }
        return compared;
    }

    private static String text(Map.Entry<String, Long> value) {
        if (value.getKey().endsWith("price")) {
            BigDecimal price = BigDecimal.valueOf(value.getValue(), 9).stripTrailingZeros();
            return price.scale() < 0 ? price.setScale(0).toPlainString() : price.toPlainString();
        }
        return Long.toString(value.getValue());
    }

    private static Map<String, Long> values(EventView event) {
        DirectBuffer buffer = event.buffer();
        int offset = event.offset();
        int length = event.blockLength();
        Map<String, Long> values = new HashMap<>();
        switch (event.templateId()) {
            case InstrumentDefinedDecoder.TEMPLATE_ID:
                InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder()
                    .wrap(buffer, offset, length, 0);
                values.put("stocklocate", defined.locate());
                values.put("roundlotsize", defined.roundLotSize());
                break;
            case OrderAddedDecoder.TEMPLATE_ID:
                OrderAddedDecoder added = new OrderAddedDecoder().wrap(buffer, offset, length, 0);
                values.put("orderreferencenumber", added.orderId());
                values.put("price", added.price());
                values.put("shares", added.size() / 1_000_000);
                break;
            case OrderExecutedDecoder.TEMPLATE_ID:
                OrderExecutedDecoder executed = new OrderExecutedDecoder()
                    .wrap(buffer, offset, length, 0);
                values.put("orderreferencenumber", executed.orderId());
                values.put("executedshares", executed.size() / 1_000_000);
                values.put("matchnumber", executed.tradeId());
                break;
            case OrderReducedDecoder.TEMPLATE_ID:
                OrderReducedDecoder reduced = new OrderReducedDecoder()
                    .wrap(buffer, offset, length, 0);
                values.put("orderreferencenumber", reduced.orderId());
                break;
            case OrderDeletedDecoder.TEMPLATE_ID:
                values.put("orderreferencenumber", new OrderDeletedDecoder()
                    .wrap(buffer, offset, length, 0).orderId());
                break;
            case OrderReplacedDecoder.TEMPLATE_ID:
                OrderReplacedDecoder replaced = new OrderReplacedDecoder()
                    .wrap(buffer, offset, length, 0);
                values.put("originalorderreferencenumber", replaced.orderId());
                values.put("neworderreferencenumber", replaced.newOrderId());
                values.put("price", replaced.price());
                values.put("shares", replaced.size() / 1_000_000);
                break;
            case TradeDecoder.TEMPLATE_ID:
                TradeDecoder trade = new TradeDecoder().wrap(buffer, offset, length, 0);
                values.put("price", trade.price());
                values.put("shares", trade.size() / 1_000_000);
                values.put("matchnumber", trade.tradeId());
                break;
            default:
                break;
        }
        return values;
    }

    /** Defines the locates that no message of the file gives a name; returns how many. */
    private int defineUnnamed(List<Map<String, String>> messages) {
        Set<String> named = messages.stream().filter(message -> message.containsKey("stock"))
            .map(message -> message.get("stocklocate")).collect(Collectors.toSet());
        Set<String> unnamed = messages.stream().map(message -> message.get("stocklocate"))
            .filter(locate -> !named.contains(locate) && !locate.equals("0"))
            .collect(Collectors.toSet());
        for (String locate : unnamed) {
            UnsafeBuffer message = new UnsafeBuffer(WireMessages.stockDirectory(100));
            new StockDirectoryEncoder().wrap(message, 0).stockLocate(Integer.parseInt(locate))
                .stock(String.format("L%-7s", locate));
            decoder.onMessage(message, 0, message.capacity(), 0, 0);
        }
        return unnamed.size();
    }

    private void publish(String name) throws IOException {
        decoder.tradingDate(DATE);
        try (CaptureFile capture = CaptureFile.open(Captures.file(name))) {
            while (capture.next()) {
                decoder.onMessage(capture.buffer(), capture.offset(), capture.length(),
                    capture.frame(), capture.timeNs());
            }
        }
    }

    private static List<Map<String, String>> golden(String name) throws IOException {
        List<Map<String, String>> messages = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(Captures.file(name)))))) {
            reader.lines().filter(line -> line.contains("\"k\":\"msg\"")).forEach(line -> {
                Map<String, String> fields = new HashMap<>();
                Matcher field = FIELD.matcher(line);
                while (field.find()) {
                    fields.put(field.group(1), field.group(2));
                }
                messages.add(fields);
            });
        }
        return messages;
    }
}
