// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of the protocol sheets' own examples. */
class WorkedExamplesTest {
    private static final String S = "53000000001F1ACED9F00051";
    private static final String A = "41000D00001F1AD635BD1500000000000003E9420000012C"
        + "4141504C20202020001CE350";
    private static final String E = "45000D00001F1B0A74BA0000000000000003E90000006400"
        + "00000000000309";
    private static final String U = "55000D00001F1B63DCE90000000000000003E90000000000"
        + "0003EA00000096001CE3B4";
    private static final String C = "43000D000034630B8A000100000000000003EA0000003200"
        + "000000000023294E001CEA58";
    private static final String Q = "51000D000234631A70B280000000000041CF444141504C20"
        + "202020001CEA58000000000000232943";
    private static final String V = "560000000016EB550C60000000008BB2C9700000000082B0"
        + "164D000000007829F50900";
    private static final String PACKET = "3030303132303432364100000000000003E80002000C5300"
        + "0000001F1ACED9F0005100134400"
        + "0D00001F1BF8DFE20000000000000003EA";

    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
    private final Itch50Decoder decoder = new Itch50Decoder(log.publisher(), channel, counters,
        new InstrumentDirectory(10));

    @Test
    void shouldPublishTheExamplesOfTheSheet() {
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
        List.of(S, A, E, U, C, Q).forEach(this::decode);
        List<String> events = new ArrayList<>();
        log.events().forEach(event -> events.add(event.templateId() + "@"
            + (event.exchangeTimeNs() - 1_772_773_200_000_000_000L)));
        assertEquals(List.of("20@34200000000000", "1@34200123456789", "2@34200123456789",
            "3@34201000000000", "6@34202500000000", "3@57600000000001", "9@57600250000000"),
            events);
        EventView closing = log.events().get(6);
        TradeDecoder trade = new TradeDecoder().wrap(closing.buffer(), closing.offset(), 96, 0);
        assertEquals(List.of(4_312_900_000_000L, 189_500_000_000L, 9001L),
            List.of(trade.size(), trade.price(), trade.tradeId()));
        EventView unprinted = log.events().get(5);
        OrderExecutedDecoder executed = new OrderExecutedDecoder().wrap(unprinted.buffer(),
            unprinted.offset(), 88, 0);
        assertTrue(executed.executionFlags().nonPrintable());
        assertEquals(0, executed.eligibility().getRaw());
    }

    @Test
    void shouldReadTheExampleOfBreakerLevels() {
        byte[] bytes = hex(V);
        assertEquals(35, bytes.length);
        decode(V);
        assertEquals(1, log.count());
    }

    @Test
    void shouldReadTheExampleOfABinaryFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("example.itch50");
        Files.write(file, hex("000C" + S + "0024" + A + "0000"));
        List<String> messages = new ArrayList<>();
        try (CaptureFile capture = CaptureFile.open(file)) {
            while (capture.next()) {
                messages.add(capture.frame() + ":" + (char) capture.buffer()
                    .getByte(capture.offset()) + capture.length());
            }
            assertTrue(capture.hasEndMarker());
            assertEquals(0, capture.strayBytes());
        }
        assertEquals(List.of("1:S12", "2:A36"), messages);
    }

    @Test
    void shouldReadAndWriteTheExamplePacket() {
        List<String> messages = new ArrayList<>();
        MoldUdp64Session session = new MoldUdp64Session(log.publisher(), channel, counters,
            SessionStart.FIRST_PACKET, (buffer, offset, length, sequence, timeNs) ->
            messages.add(sequence + ":" + (char) buffer.getByte(offset) + length));
        byte[] packet = hex(PACKET);
        session.onPacket(new UnsafeBuffer(packet), 0, packet.length, 0);
        assertEquals(List.of("1000:S12", "1001:D19"), messages);
        assertEquals(1002, session.expectedSequence());

        UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("000120426A");
        encoder.begin(target, 0, 1400, 1000);
        encoder.append(new UnsafeBuffer(packet), 22, 12);
        encoder.append(new UnsafeBuffer(packet), 36, 19);
        assertArrayEquals(packet, bytes(target, encoder.length()));
        encoder.begin(target, 0, 1400, 1002);
        assertArrayEquals(hex("3030303132303432364100000000000003EA0000"),
            bytes(target, encoder.length()));
        encoder.endOfSession();
        assertArrayEquals(hex("3030303132303432364100000000000003EAFFFF"),
            bytes(target, encoder.length()));
    }

    private void decode(String message) {
        byte[] bytes = hex(message);
        decoder.onMessage(new UnsafeBuffer(bytes), 0, bytes.length, 1, 0);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] bytes(UnsafeBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
