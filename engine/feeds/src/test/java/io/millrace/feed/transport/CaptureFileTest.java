// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static io.millrace.feed.transport.CaptureWriter.ethernet;
import static io.millrace.feed.transport.CaptureWriter.frame;
import static io.millrace.feed.transport.CaptureWriter.gzip;
import static io.millrace.feed.transport.CaptureWriter.ipv4;
import static io.millrace.feed.transport.CaptureWriter.ipv6;
import static io.millrace.feed.transport.CaptureWriter.tag;
import static io.millrace.feed.transport.CaptureWriter.udp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.EventDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
    private static final int COUNT = Boolean.getBoolean("millrace.full") ? 100_000 : 2_000;
    private static final long UNDEFINED = EventDescriptor.UNDEFINED;

    @TempDir
    private Path folder;
    private CaptureFile capture;

    @Test
    void shouldReadMicrosecondsAndNanosecondsInBothByteOrders() throws IOException {
        for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
            assertEquals(List.of("1:one@1600000000000007000", "2:two@1600000001000000000"),
                read(pcap(order, PcapRecords.MAGIC_US)));
            assertEquals(List.of("1:one@1600000000000000007", "2:two@1600000001000000000"),
                read(pcap(order, PcapRecords.MAGIC_NS)));
            assertEquals(CaptureKind.PCAP, capture.kind());
        }
    }

    @Test
    void shouldReadPcapNgWithEveryClockInBothByteOrders() throws IOException {
        for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
            assertEquals(List.of("1:us@1600000000123456000", "2:ns@1600000000123456789",
                "3:ms@1600000000123000000", "4:ps@1600000123456789", "5:half@1500000000",
                "6:shifted@101000001000", "7:simple@" + UNDEFINED), read(pcapNg(order)));
            assertEquals(CaptureKind.PCAPNG, capture.kind());
            assertNull(capture.problem());
        }
    }

    @Test
    void shouldKnowNoTimeWhenAPcapNgStampFitsNoLong() throws IOException {
        assertEquals(List.of("1:x@" + Long.MAX_VALUE), stamped(0, Long.MAX_VALUE));
        assertEquals(List.of("1:x@" + UNDEFINED), stamped(0, -1));
        assertEquals(List.of("1:x@" + UNDEFINED), stamped(1, Long.MAX_VALUE));
        assertEquals(List.of("1:x@" + UNDEFINED), stamped(Long.MAX_VALUE, 7));
        assertEquals(List.of("1:x@" + UNDEFINED), stamped(Long.MIN_VALUE, 7));
        assertEquals(List.of("1:x@-8999999993"), stamped(-9, 7));
    }

    @Test
    void shouldReadSectionsOfDifferentByteOrder() throws IOException {
        byte[] first = pcapNg(BIG_ENDIAN);
        byte[] both = ByteBuffer.allocate(first.length * 2).put(first).put(pcapNg(LITTLE_ENDIAN))
            .array();
        assertEquals(14, read(both).size());
        assertNull(capture.problem());
    }

    @Test
    void shouldReadABinaryFile() throws IOException {
        byte[] messages = binaryFile().message("").bytes();
        assertEquals(List.of("1:one@" + UNDEFINED, "2:two@" + UNDEFINED), read(messages));
        assertTrue(capture.hasEndMarker());
        assertFalse(capture.isCut());
        read(binaryFile().bytes());
        assertFalse(capture.hasEndMarker());
        assertFalse(capture.isCut());
        read(binaryFile().message("").message("more").bytes());
        assertEquals("bytes behind the end of the session", capture.problem());
        assertEquals(6, capture.strayBytes());
    }

    @Test
    void shouldReadGzipInGzip() throws IOException {
        byte[] file = pcap(LITTLE_ENDIAN, PcapRecords.MAGIC_US);
        assertEquals(2, read(gzip(file)).size());
        assertEquals(2, read(gzip(gzip(gzip(file)))).size());
        assertEquals(CaptureKind.PCAP, capture.kind());
        byte[] members = ByteBuffer.allocate(2_000).put(gzip(binaryFile().bytes()))
            .put(gzip(binaryFile().bytes())).flip().compact().array();
        int length = gzip(binaryFile().bytes()).length * 2;
        assertEquals(4, read(Arrays.copyOf(members, length)).size());
    }

    @Test
    void shouldFindDatagramsBehindEveryLinkLayer() throws IOException {
        byte[] packet = ipv4(0, 17, 0, udp("x"));
        assertEquals(List.of("x"), payloads(LinkType.ETHERNET, ethernet(0x0800, packet)));
        assertEquals(List.of("x"), payloads(LinkType.ETHERNET,
            ethernet(0x88A8, tag(0x8100, tag(0x0800, packet)))));
        assertEquals(List.of("x"), payloads(LinkType.ETHERNET, ethernet(0, packet)));
        assertEquals(List.of("x"), payloads(LinkType.RAW, packet));
        assertEquals(List.of("x"), payloads(LinkType.NULL, prefixed(4, 2, packet)));
        assertEquals(List.of("x"), payloads(LinkType.LOOP, prefixed(4, 2, packet)));
        assertEquals(List.of("x"), payloads(LinkType.LINUX_COOKED, prefixed(16, 0x0800, packet)));
        byte[] cooked = prefixed(20, 0, packet);
        cooked[0] = 8;
        assertEquals(List.of("x"), payloads(LinkType.LINUX_COOKED_2, cooked));
        assertEquals(List.of(), payloads(99, packet));
        assertEquals(1, capture.otherFrames());
    }

    @Test
    void shouldFindDatagramsInEveryInternetPacket() throws IOException {
        assertEquals(List.of("x"), payloads(LinkType.RAW, ipv4(24, 17, 0, udp("x"))));
        assertEquals(0xE9360C6FL, capture.destinationAddress());
        assertEquals(26_477, capture.destinationPort());
        assertEquals(List.of("x"), payloads(LinkType.RAW, ipv6(17, udp("x"))));
        assertEquals(9, capture.destinationAddress());
        byte[] hopByHop = prefixed(8, 0, udp("x"));
        hopByHop[0] = 17;
        assertEquals(List.of("x"), payloads(LinkType.RAW, ipv6(0, hopByHop)));
        assertEquals(List.of(), payloads(LinkType.RAW, ipv4(0, 17, 0x2000, udp("x"))));
        assertEquals(1, capture.fragments());
        assertEquals(List.of(), payloads(LinkType.RAW, ipv4(0, 6, 0, new byte[20])));
        assertEquals(1, capture.tcpSegments());
        byte[] padded = Arrays.copyOf(ethernet(0x0800, ipv4(0, 17, 0, udp("x"))), 60);
        assertEquals(List.of("x"), payloads(LinkType.ETHERNET, padded));
    }

    @Test
    void shouldPassOverZeroedHeaders() throws IOException {
        byte[] zeroed = ethernet(0, prefixed(20, 0, udp("x")));
        assertEquals(List.of("x"), payloads(LinkType.ETHERNET, zeroed));
        byte[] allZero = ethernet(0, prefixed(28, 0, "y".getBytes()));
        assertEquals(List.of("y"), payloads(LinkType.ETHERNET, allZero));
    }

    @Test
    void shouldTellATruncatedDatagram() throws IOException {
        byte[] whole = frame("truncated");
        assertEquals(List.of("trunc"), payloads(LinkType.ETHERNET,
            Arrays.copyOf(whole, whole.length - 4)));
        assertEquals(1, capture.truncatedDatagrams());
    }

    @Test
    void shouldGiveAllWholeRecordsOfAFileCutAtEveryByte() throws IOException {
        for (byte[] file : List.of(pcap(BIG_ENDIAN, PcapRecords.MAGIC_NS), pcapNg(LITTLE_ENDIAN),
            binaryFile().bytes())) {
            List<String> whole = read(file);
            for (int length = 0; length < file.length; length++) {
                List<String> cut = read(Arrays.copyOf(file, length));
                assertEquals(whole.subList(0, cut.size()), cut);
                assertTrue(cut.size() < whole.size() || !capture.isCut());
                assertEquals(capture.isCut(), capture.strayBytes() > 0, "cut at " + length);
            }
        }
    }

    @Test
    void shouldTellACutGzip() throws IOException {
        byte[] file = gzip(pcap(BIG_ENDIAN, PcapRecords.MAGIC_NS));
        for (int length = 2; length < file.length; length++) {
            List<String> records = read(Arrays.copyOf(file, length));
            assertTrue(records.size() <= 2);
            assertTrue(capture.isCut(), "cut at " + length);
        }
    }

    @Test
    void shouldStopAtALengthThatCannotBe() throws IOException {
        byte[] file = pcap(BIG_ENDIAN, PcapRecords.MAGIC_NS);
        ByteBuffer.wrap(file).putInt(24 + 8, Integer.MAX_VALUE);
        assertEquals(List.of(), read(file));
        assertEquals("record length 2147483647 at byte 24", capture.problem());
        assertEquals(file.length - 24, capture.strayBytes());
        byte[] blocks = pcapNg(BIG_ENDIAN);
        ByteBuffer.wrap(blocks).putInt(28 + 4, 0xFFFF_FFFC);
        assertEquals(List.of(), read(blocks));
        assertTrue(capture.isCut());
    }

    @Test
    void shouldSurviveDamageOfEveryKind() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        List<byte[]> files = List.of(pcap(BIG_ENDIAN, PcapRecords.MAGIC_NS), pcapNg(LITTLE_ENDIAN),
            binaryFile().bytes(), gzip(pcapNg(BIG_ENDIAN)));
        for (int i = 0; i < COUNT; i++) {
            byte[] file = files.get(random.nextInt(files.size())).clone();
            for (int k = 1 + random.nextInt(4); k > 0; k--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            List<String> records = read(Arrays.copyOf(file, 1 + random.nextInt(file.length)));
            assertTrue(records.size() <= file.length);
            assertTrue(capture.strayBytes() >= 0);
        }
    }

    @Test
    void shouldReadRecordsThatStraddleTheWindow() throws IOException {
        CaptureWriter writer = new CaptureWriter(BIG_ENDIAN);
        String text = "m".repeat(60_001);
        for (int i = 0; i < 100; i++) {
            writer.message(text);
        }
        List<String> messages = read(writer.bytes());
        assertEquals(100, messages.size());
        assertEquals("100:" + text + "@" + UNDEFINED, messages.get(99));
    }

    private static byte[] pcap(ByteOrder order, int magic) {
        return new CaptureWriter(order).pcapHeader(magic, LinkType.ETHERNET)
            .pcapRecord(1_600_000_000, 7, frame("one"))
            .pcapRecord(1_600_000_001, 0, frame("two")).bytes();
    }

    private static byte[] pcapNg(ByteOrder order) {
        CaptureWriter writer = new CaptureWriter(order);
        byte[] shift = writer.buffer(8).putLong(100).array();
        return writer.section()
            .networkInterface(LinkType.ETHERNET, 0, new byte[0])
            .networkInterface(LinkType.ETHERNET, 0, writer.option(9, new byte[] {9}))
            .networkInterface(LinkType.ETHERNET, 0, writer.option(9, new byte[] {3}))
            .networkInterface(LinkType.ETHERNET, 0, writer.option(9, new byte[] {12}))
            .networkInterface(LinkType.ETHERNET, 0, writer.option(9, new byte[] {(byte) 0x81}))
            .networkInterface(LinkType.ETHERNET, 0, writer.option(14, shift))
            .block(0x0BAD, writer.buffer(40))
            .enhanced(0, 1_600_000_000_123_456L, frame("us"))
            .enhanced(1, 1_600_000_000_123_456_789L, frame("ns"))
            .enhanced(2, 1_600_000_000_123L, frame("ms"))
            .enhanced(3, 1_600_000_123_456_789_999L, frame("ps"))
            .enhanced(4, 3, frame("half"))
            .enhanced(5, 1_000_001, frame("shifted"))
            .simple(frame("simple")).bytes();
    }

    /** One packet with a stamp in ns of a clock that is so many seconds off. */
    private List<String> stamped(long offsetSeconds, long ticks) throws IOException {
        CaptureWriter writer = new CaptureWriter(BIG_ENDIAN);
        byte[] shift = writer.option(14, writer.buffer(8).putLong(offsetSeconds).array());
        byte[] resolution = writer.option(9, new byte[] {9});
        byte[] options = ByteBuffer.allocate(shift.length + resolution.length).put(shift)
            .put(resolution).array();
        return read(writer.section().networkInterface(LinkType.ETHERNET, 0, options)
            .enhanced(0, ticks, frame("x")).bytes());
    }

    private static CaptureWriter binaryFile() {
        return new CaptureWriter(BIG_ENDIAN).message("one").message("two");
    }

    private static byte[] prefixed(int length, int lastShort, byte[] payload) {
        return ByteBuffer.allocate(length + payload.length).position(length - 2)
            .putShort((short) lastShort).put(payload).array();
    }

    private List<String> payloads(int linkType, byte[] frame) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String record : read(new CaptureWriter(LITTLE_ENDIAN)
            .pcapHeader(PcapRecords.MAGIC_US, linkType).pcapRecord(0, 0, frame).bytes())) {
            texts.add(record.substring(2, record.indexOf('@')));
        }
        return texts;
    }

    private List<String> read(byte[] content) throws IOException {
        Path file = folder.resolve("capture");
        Files.write(file, content);
        List<String> records = new ArrayList<>();
        capture = CaptureFile.open(file);
        try (CaptureFile open = capture) {
            while (open.next()) {
                records.add(open.frame() + ":" + open.buffer().getStringWithoutLengthAscii(
                    open.offset(), open.length()) + "@" + open.timeNs());
            }
        }
        return records;
    }
}
