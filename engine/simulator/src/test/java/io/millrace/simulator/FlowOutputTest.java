// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.moldudp64.MoldUdp64CaptureReader;
import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowOutputTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 5);
    private static final long MIDNIGHT_NS = 1_767_589_200_000_000_000L;
    private static final int MESSAGES = 60_000;

    @TempDir
    private Path folder;

    private final CRC32C crc = new CRC32C();
    private long count;
    private long lastSequence;
    private long firstTimeNs = Long.MAX_VALUE;
    private long lastTimeNs;

    @Test
    void shouldWriteBinaryFilesThatReadBackWholePlainAndGzipped() throws IOException {
        long expected = hashOfFlow();
        for (String name : new String[]{"day.itch50", "day.itch50.gz"}) {
            Path file = folder.resolve(name);
            try (BinaryFileSink sink = new BinaryFileSink(file)) {
                flow().writeTo(sink);
            }
            crc.reset();
            count = 0;
            try (CaptureFile capture = CaptureFile.open(file)) {
                while (capture.next()) {
                    onMessage(capture.buffer(), capture.offset(), capture.length());
                }
                assertNull(capture.problem());
                assertTrue(capture.hasEndMarker());
            }
            assertEquals(MESSAGES, count);
            assertEquals(expected, crc.getValue());
        }
    }

    @Test
    void shouldKeepTheSameMessagesInMemory() {
        MessageMemory memory = new MessageMemory(MessageMemory.capacityFor(MESSAGES));
        flow().writeTo(memory);
        crc.reset();
        int offset = 0;
        while (offset < memory.length()) {
            int length = memory.buffer().getShort(offset, BIG_ENDIAN);
            onMessage(memory.buffer(), offset + Short.BYTES, length);
            offset += Short.BYTES + length;
        }
        assertEquals(MESSAGES, memory.messages());
        assertEquals(MESSAGES, count);
        assertEquals(hashOfFlow(), crc.getValue());
    }

    @Test
    void shouldWriteCapturesInBothUnitsThatReadBackWhole() throws IOException {
        long expected = hashOfFlow();
        for (PcapFile.Unit unit : PcapFile.Unit.values()) {
            Path file = folder.resolve(unit + ".pcap");
            try (PcapFile pcap = new PcapFile(file, DATE, unit)) {
                pcap.write(new FlowDatagrams(flow(), "TEST"));
            }
            readCapture(file);
            assertEquals(MESSAGES, count);
            assertEquals(MESSAGES, lastSequence);
            assertEquals(expected, crc.getValue());
            assertTrue(firstTimeNs >= MIDNIGHT_NS + 5_000_000_000L, "first " + firstTimeNs);
            assertTrue(lastTimeNs <= MIDNIGHT_NS + 65_000_000_000L, "last " + lastTimeNs);
        }
    }

    @Test
    void shouldKeepDatagramsWithinTheirLimitsAndUseTheRange() {
        FlowDatagrams datagrams = new FlowDatagrams(flow(600_000_000L), "TEST");
        int[] sizes = new int[FlowDatagrams.MAX_MESSAGES + 1];
        long messages = 0;
        while (datagrams.next()) {
            sizes[datagrams.messages()]++;
            messages += datagrams.messages();
            assertTrue(datagrams.length() <= FlowDatagrams.MAX_LENGTH);
        }
        assertEquals(MESSAGES, messages);
        assertEquals(0, sizes[0]);
        assertTrue(sizes[1] > 0 && sizes[FlowDatagrams.MAX_MESSAGES] > 0, "sizes are 1 to 35");
    }

    @Test
    void shouldFillSecondsOfSilenceWithHeartbeatsAndRepeatTheEnd() throws IOException {
        Path file = folder.resolve("silent.pcap");
        OrderFlowContext day = new OrderFlowContext().seed(1).symbols(10).liveOrders(100)
            .messages(3_000).compressed(0, 10_000_000_000_000L);
        try (PcapFile pcap = new PcapFile(file, DATE, PcapFile.Unit.NANOSECONDS)) {
            pcap.write(new FlowDatagrams(new OrderFlow(day), "TEST"));
        }
        try (CaptureFile capture = CaptureFile.open(file)) {
            int heartbeats = 0;
            int ends = 0;
            long previousNs = Long.MAX_VALUE;
            while (capture.next()) {
                assertTrue(capture.timeNs() - previousNs <= 1_000_000_000L, "silence");
                previousNs = capture.timeNs();
                int messages = capture.buffer().getShort(capture.offset() + 18);
                heartbeats += messages == 0 ? 1 : 0;
                ends += messages == -1 ? 1 : 0;
            }
            assertTrue(heartbeats > 5_000, "heart-beats " + heartbeats);
            assertEquals(3, ends);
        }
    }

    @Test
    void shouldGiveTheSameDatagramsForTheSameSeed() {
        FlowDatagrams first = new FlowDatagrams(flow(), "TEST");
        FlowDatagrams second = new FlowDatagrams(flow(), "TEST");
        while (first.next()) {
            assertTrue(second.next());
            byte[] expected = new byte[first.length()];
            byte[] actual = new byte[second.length()];
            first.buffer().getBytes(0, expected);
            second.buffer().getBytes(0, actual);
            assertArrayEquals(expected, actual);
        }
    }

    private void readCapture(Path file) throws IOException {
        crc.reset();
        count = 0;
        try (CaptureFile capture = CaptureFile.open(file)) {
            new MoldUdp64CaptureReader(new FeedCounters()).read(capture,
                (buffer, offset, length, frame, index, sequence, timeNs) -> {
                    onMessage(buffer, offset, length);
                    assertEquals(count, sequence);
                    lastSequence = sequence;
                    firstTimeNs = Math.min(firstTimeNs, timeNs);
                    lastTimeNs = timeNs;
                });
            assertNull(capture.problem());
        }
    }

    private void onMessage(DirectBuffer buffer, int offset, int length) {
        byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        crc.update(message);
        count++;
    }

    private static OrderFlow flow() {
        return flow(60_000_000_000L);
    }

    private static OrderFlow flow(long lengthNs) {
        return new OrderFlow(new OrderFlowContext().seed(11).symbols(50).liveOrders(3_000)
            .messages(MESSAGES).compressed(5_000_000_000L, lengthNs));
    }

    private static long hashOfFlow() {
        CRC32C expected = new CRC32C();
        byte[] message = new byte[OrderFlow.MAX_MESSAGE_LENGTH];
        UnsafeBuffer buffer = new UnsafeBuffer(message);
        OrderFlow flow = flow();
        for (int length = flow.next(buffer, 0); length > 0; length = flow.next(buffer, 0)) {
            expected.update(message, 0, length);
        }
        return expected.getValue();
    }
}
