// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.simulator.BinaryFileSink;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireRowsTest {
    private static final int CHUNK = 256;
    private static final int MESSAGES = 40_000;
    private static final long TIME_NS = 45_000_123_456_789L;

    @TempDir
    private Path folder;

    @Test
    void shouldCarryTheIntendedTimeInEveryMessageAndEndWithTheFile() {
        WireFlow flow = new WireFlow(new MessageFile(flow(), CHUNK), 20);
        int messages = 0;
        for (long first = 1; first < 20 * CHUNK; first += 20) {
            ByteBuffer datagram = flow.next(TIME_NS);
            UnsafeBuffer bytes = new UnsafeBuffer(datagram);
            PacketHeaderDecoder header = new PacketHeaderDecoder().wrap(bytes, 0,
                PacketHeaderDecoder.BLOCK_LENGTH, 0);
            assertEquals(first, header.sequenceNumber());
            assertEquals(20, header.messageCount());
            int at = MoldUdp64PacketEncoder.HEADER_LENGTH;
            for (int i = 0; i < 20; i++) {
                SystemEventDecoder head = new SystemEventDecoder().wrap(bytes, at + Short.BYTES,
                    SystemEventDecoder.BLOCK_LENGTH, 0);
                assertEquals(TIME_NS, ((long) head.timestamp().high() << Integer.SIZE)
                    + head.timestamp().low());
                at += Short.BYTES + (datagram.getShort(at) & 0xFFFF);
                messages++;
            }
            assertEquals(datagram.limit(), at);
        }
        assertEquals(messages, flow.count());
        assertThrows(IllegalStateException.class, () -> {
            while (true) {
                flow.next(TIME_NS);
            }
        });
    }

    @Test
    void shouldMeasureEveryMessageOnBothSidesAndLeaveFiles() throws IOException {
        WireLatencyContender contender = new WireLatencyContender(new Options(Map.of("file",
            flow().toString(), "chunk", "" + CHUNK, "symbols", "20", "live", "500", "datagram",
            "20", "rates", "10000", "seconds", "1", "prime", "2000", "folder",
            folder.resolve("out").toString())));
        Figures figures = new Figures();
        contender.round(0, figures);

        assertEquals(0, figures.get("millraceLostAt10000"));
        assertEquals(0, figures.get("plainLostAt10000"));
        assertTrue(figures.get("millraceP50At10000") <= figures.get("millraceMaxAt10000"));
        String table = Files.readString(folder.resolve("out/round-0.txt"));
        for (String side : new String[] {"millrace", "plain"}) {
            assertTrue(table.contains(side + "-10000-wire-to-strategy"), table);
            assertTrue(Files.size(folder.resolve("out/round-0-" + side
                + "-10000-wire-to-strategy.hgrm")) > 0);
        }
        assertEquals(2, table.lines().filter(line -> line.contains("wire-to-strategy")
            && line.contains(" 10,000 ")).count(), table);
        assertTrue(Files.readString(folder.resolve("out/round-0.hlog"))
            .contains("Tag=plain-10000-receiver-to-reader"));
    }

    private Path flow() {
        Path file = folder.resolve("flow.itch");
        try (BinaryFileSink sink = new BinaryFileSink(file)) {
            new OrderFlow(new OrderFlowContext().seed(1).symbols(20).liveOrders(500)
                .messages(MESSAGES)).writeTo(sink);
        }
        return file;
    }
}
