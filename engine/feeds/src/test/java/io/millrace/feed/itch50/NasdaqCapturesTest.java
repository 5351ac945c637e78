// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.feed.Captures;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.moldudp64.MoldUdp64CaptureReader;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NasdaqCapturesTest {
    private static final String FOLDER = "nasdaq-itch-5.0/";
    private static final String OMI = "../omi/Nasdaq/";

    private final FeedCounters counters = new FeedCounters();

    @Test
    void shouldReadTheStartOfADay() throws IOException {
        assertEquals(Map.of('R', 993, 'H', 3, 'Y', 3, 'S', 1), types(read("open1000.itch50")));
    }

    @Test
    void shouldReadTwelveMessages() throws IOException {
        assertEquals(Map.of('A', 2, 'D', 2, 'U', 2, 'X', 2, 'E', 2, 'C', 2),
            types(read("20191230-two-per-type12.itch50")));
    }

    @Test
    void shouldReadWholeOrderLives() throws IOException {
        assertEquals(new TreeMap<>(Map.of('P', 5000, 'A', 4997, 'D', 1745, 'E', 198, 'X', 45, 'U',
            12, 'S', 6, 'R', 3, 'H', 3, 'F', 3)),
            types(read("SYNTHETIC-ritch-reframed12012.itch50.gz")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open1000", "20191230-two-per-type12", "SYNTHETIC-ritch-reframed12012"})
    void shouldReadTheSameMessagesFromPackets(String name) throws IOException {
        String gzip = name.startsWith("SYNTHETIC") ? ".gz" : "";
        List<byte[]> messages = read(name + ".itch50" + gzip);
        List<byte[]> packed = read(name + ".moldudp64.pcap.gz");
        assertEquals(messages.size(), packed.size());
        for (int i = 0; i < messages.size(); i++) {
            assertArrayEquals(messages.get(i), packed.get(i), "message " + i);
        }
        assertEquals(0, counters.gaps());
    }

    @Test
    void shouldReadProductionPackets() throws IOException {
        int nasdaq = 0;
        for (String name : List.of("AddOrderNoMpidAttributionMessage",
            "MarketParticipantPositionMessage", "Multiple.Packets",
            "NetOrderImbalanceIndicatorMessage", "OrderDeleteMessage", "OrderExecutedMessage",
            "OrderReplaceMessage", "StockTradingActionMessage")) {
            nasdaq += read(OMI + "Nasdaq.Equities.TotalView.Itch.v5.0/" + name + ".pcap").size();
        }
        int bx = 0;
        for (String name : List.of("AddOrderNoMpidAttributionMessage", "OrderDeleteMessage",
            "OrderReplaceMessage")) {
            bx += read(OMI + "Bx.Equities.TotalView.Itch.v5.0/" + name + ".pcap").size();
        }
        assertEquals(46, nasdaq);
        assertEquals(3, bx);
    }

    @Test
    void shouldPublishEveryMessageOfADayStart() throws IOException {
        EventLog log = publish("open1000.itch50");
        assertEquals(1000, log.count());
        assertTrue(counters.isBalanced());
        assertEquals(1000, counters.published());
    }

    @Test
    void shouldPublishEveryMessageOfWholeOrderLives() throws IOException {
        EventLog log = publish("SYNTHETIC-ritch-reframed12012.itch50.gz");
        assertEquals(12_012, counters.published());
        assertEquals(12_012, log.count());
        assertTrue(counters.isBalanced());
    }

    private EventLog publish(String name) throws IOException {
        EventLog log = new EventLog();
        Itch50Decoder decoder = new Itch50Decoder(log.publisher(),
            new FeedChannel(Venue.XNAS, 1, 0), counters, new InstrumentDirectory(10_000));
        try (CaptureFile capture = CaptureFile.open(Captures.file(FOLDER + name))) {
            while (capture.next()) {
                decoder.onMessage(capture.buffer(), capture.offset(), capture.length(),
                    capture.frame(), capture.timeNs());
            }
        }
        return log;
    }

    private List<byte[]> read(String name) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        try (CaptureFile capture = CaptureFile.open(Captures.file(FOLDER + name))) {
            new MoldUdp64CaptureReader(counters).read(capture,
                (buffer, offset, length, frame, index, sequence, timeNs) -> {
                    byte[] message = new byte[length];
                    buffer.getBytes(offset, message);
                    messages.add(message);
                });
            assertNull(capture.problem());
            assertFalse(capture.isCut());
            assertEquals(0, capture.strayBytes());
        }
        return messages;
    }

    private static Map<Character, Integer> types(List<byte[]> messages) {
        Map<Character, Integer> counts = new TreeMap<>();
        for (byte[] message : messages) {
            counts.merge((char) message[0], 1, Integer::sum);
        }
        return counts;
    }
}
