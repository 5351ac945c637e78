// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.ClockDecoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.itch50.WireMessages;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.feed.transport.CaptureWriter;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CaptureImportTest {
    private static final long MIDNIGHT_NS = 1_577_682_000_000_000_000L;
    private static final long TIME_NS = WireMessages.TIME_NS;

    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void shouldTellTimeByTheMessagesOfABinaryFile() throws IOException {
        run(null, binaryFile("20191230.itch50", WireMessages.stockDirectory(100),
            WireMessages.at(TIME_NS + 2_000_000_000L, WireMessages.orderDelete(1))));
        assertEquals(List.of("20191230.itch50 2019-12-30 true", "20191230.itch50 null 0"), told);
        long second = MIDNIGHT_NS + 36_000_000_000_000L;
        assertEquals(List.of("1@" + (second + 1), "25@" + (second + 10_000_001),
            "25@" + (second + 1_000_000_000L), "25@" + (second + 2_000_000_000L),
            "5@" + (second + 2_000_000_001L)), times());
        assertEquals(2, counters.published());
    }

    @Test
    void shouldTellTimeByTheClockOfTheCapture() throws IOException {
        Path file = pcap("any.pcap", 1_577_716_200);
        run(null, file);
        assertEquals(List.of("any.pcap 2019-12-30 true", "any.pcap null 0"), told);
        assertEquals(List.of("1@1577716200000007000", "5@1577716200000007000"), times());
        assertEquals(List.of(MIDNIGHT_NS + TIME_NS, MIDNIGHT_NS + TIME_NS), exchangeTimes());
    }

    @Test
    void shouldNotBelieveACaptureClockThatWasNeverSet() throws IOException {
        run(null, pcap("12302019.NASDAQ_ITCH50.pcap", 36_000));
        assertEquals("12302019.NASDAQ_ITCH50.pcap 2019-12-30 true", told.get(0));
        assertEquals(List.of("1@" + (MIDNIGHT_NS + TIME_NS), "5@" + (MIDNIGHT_NS + TIME_NS)),
            times());
    }

    @Test
    @Timeout(30)
    void shouldTellTimeByTheMessagesWhenAStampIsAbsurd() throws IOException {
        run(null, pcapNg(1_577_718_000_000_007_000L, Long.MAX_VALUE,
            1_577_718_001_000_000_000L));
        assertEquals(List.of("1@1577718000000007000", "5@1577718000000007000",
            "25@1577718000010007000", "25@1577718001000000000", "5@1577718001000000000"), times());
    }

    @Test
    void shouldNotBelieveAStampMoreThanADayOffTheDate() throws IOException {
        long day = 86_400_000_000_000L;
        run(null, pcapNg(1_577_718_000_000_007_000L, MIDNIGHT_NS + 2 * day, MIDNIGHT_NS - day - 1,
            1_577_718_001_000_000_000L));
        assertEquals(List.of("1@1577718000000007000", "5@1577718000000007000",
            "5@1577718000000007000", "25@1577718000010007000", "25@1577718001000000000",
            "5@1577718001000000000"), times());
        assertEquals(List.of("any.pcapng 2019-12-30 true", "any.pcapng untimed 2",
            "any.pcapng null 0"), told);
    }

    @Test
    void shouldTellTimeByTheMessagesWhenAnotherDayWasNamed() throws IOException {
        run(LocalDate.of(2026, 3, 6), pcap("any.pcap", 1_577_716_200));
        long timeNs = TradingDate.of(LocalDate.of(2026, 3, 6)).midnightNs() + TIME_NS;
        assertEquals(List.of("1@" + timeNs, "5@" + timeNs), times());
    }

    @Test
    void shouldPreferTheDayThatWasNamed() throws IOException {
        run(LocalDate.of(2026, 3, 6), binaryFile("20191230.itch50",
            WireMessages.stockDirectory(100)));
        assertEquals("20191230.itch50 2026-03-06 true", told.get(0));
    }

    @Test
    void shouldFlagTimesWhenNoDayIsKnown() throws IOException {
        run(null, binaryFile("day.itch50", WireMessages.stockDirectory(100)));
        assertEquals("day.itch50 1970-01-01 false", told.get(0));
        assertEquals(EventFlag.BAD_TIME | EventFlag.LAST, log.events().get(0).flags());
    }

    @Test
    void shouldImportFilesOneAfterTheOtherAndTellACut() throws IOException {
        Path whole = binaryFile("20191230-a.itch50", WireMessages.stockDirectory(100));
        Path cut = binaryFile("20191230-b.itch50", WireMessages.orderDelete(1),
            WireMessages.orderDelete(2));
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 1));
        run(null, whole, cut);
        assertEquals(List.of("20191230-a.itch50 2019-12-30 true", "20191230-a.itch50 null 0",
            "20191230-b.itch50 2019-12-30 true", "20191230-b.itch50 cut inside a message 20"),
            told);
        assertEquals(2, counters.published());
    }

    @Test
    void shouldImportTheSameEventsFromMessagesAndPackets() throws IOException {
        String name = "nasdaq-itch-5.0/20191230-two-per-type12.";
        run(null, Captures.file(name + "itch50"));
        List<String> messages = times();
        CaptureImportTest other = new CaptureImportTest();
        other.run(null, Captures.file(name + "moldudp64.pcap.gz"));
        assertEquals(messages, other.times());
        assertTrue(messages.size() >= 12 && other.counters.isBalanced());
    }

    private void run(LocalDate date, Path... files) throws IOException {
        Itch50Decoder decoder = new Itch50Decoder(log.publisher(), channel, counters,
            new InstrumentDirectory(100));
        CaptureImport agent = new CaptureImport(log.publisher(), new ChainClock(log.publisher(), 0),
            decoder, handler -> new MoldUdp64Session(log.publisher(), channel, counters,
                SessionStart.FIRST_PACKET, handler), date, List.of(files), new Teller());
        assertThrows(AgentTerminationException.class, () -> {
            while (agent.doWork() > 0) {
                log.events();
            }
        });
        agent.onClose();
        assertTrue(counters.isBalanced());
    }

    private List<String> times() {
        return log.events().stream().map(event -> event.templateId() + "@" + event.receiveTimeNs())
            .collect(Collectors.toList());
    }

    private List<Long> exchangeTimes() {
        return log.events().stream().filter(event -> event.templateId() != ClockDecoder.TEMPLATE_ID)
            .map(EventView::exchangeTimeNs).collect(Collectors.toList());
    }

    private Path binaryFile(String name, byte[]... messages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) message.length).array());
            bytes.writeBytes(message);
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    /** A raw IPv4 capture of one datagram with a directory message and a delete. */
    private Path pcap(String name, int seconds) throws IOException {
        byte[] packet = datagram(1, WireMessages.stockDirectory(100), WireMessages.orderDelete(1));
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + packet.length);
        file.putInt(0xA1B2C3D4).putInt(0x0002_0004).putLong(0).putInt(65_535).putInt(101);
        file.putInt(seconds).putInt(7).putInt(packet.length).putInt(packet.length).put(packet);
        return Files.write(folder.resolve(name), file.array());
    }

    /**
     * A pcapng capture in ns of one message per stamp: a directory message, then deletes of one
     * order, all of one moment in the venue's time.
     */
    private Path pcapNg(long... stampsNs) throws IOException {
        CaptureWriter writer = new CaptureWriter(ByteOrder.BIG_ENDIAN).section();
        writer.networkInterface(101, 0, writer.option(9, new byte[] {9}));
        for (int i = 0; i < stampsNs.length; i++) {
            byte[] message = i == 0 ? WireMessages.stockDirectory(100)
                : WireMessages.orderDelete(1);
            writer.enhanced(0, stampsNs[i], datagram(i + 1, message));
        }
        return Files.write(folder.resolve("any.pcapng"), writer.bytes());
    }

    private static byte[] datagram(long sequence, byte[]... messages) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("S").begin(target, 0, 1400,
            sequence);
        for (byte[] message : messages) {
            encoder.append(new UnsafeBuffer(message), 0, message.length);
        }
        int udpLength = 8 + encoder.length();
        ByteBuffer packet = ByteBuffer.allocate(20 + udpLength);
        packet.putInt(0x4500_0000 | 20 + udpLength).putInt(0).putInt(0x4011_0000).putLong(0);
        packet.putInt(26_477).putShort((short) udpLength).putShort((short) 0);
        return packet.put(target.byteArray(), 0, encoder.length()).array();
    }

    private final class Teller implements CaptureImportListener {
        @Override
        public void onFile(Path file, TradingDate date) {
            told.add(file.getFileName() + " " + date.date() + " " + date.isKnown());
        }

        @Override
        public void onUntimedPackets(Path file, long count) {
            told.add(file.getFileName() + " untimed " + count);
        }

        @Override
        public void onFileEnd(Path file, CaptureFile capture) {
            told.add(file.getFileName() + " " + capture.problem() + " " + capture.strayBytes());
        }
    }
}
