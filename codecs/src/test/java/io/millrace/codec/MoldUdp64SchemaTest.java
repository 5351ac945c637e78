// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.moldudp64.MessageBlockDecoder;
import io.millrace.codec.moldudp64.MessageBlockEncoder;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.codec.moldudp64.PacketHeaderEncoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MoldUDP64 1.00: the worked examples, read and written. */
class MoldUdp64SchemaTest {
    private static final String SESSION = "30 30 30 31 32 30 34 32 36 41";
    private static final String DATA_PACKET = SESSION + " 00 00 00 00 00 00 03 E8 00 02"
        + " 00 0C 53 00 00 00 00 1F 1A CE D9 F0 00 51"
        + " 00 13 44 00 0D 00 00 1F 1B F8 DF E2 00 00 00 00 00 00 00 03 EA";

    @ParameterizedTest
    @CsvSource({
        "00 00 00 00 00 00 03 E8 00 02, 1000, 2",
        "00 00 00 00 00 00 03 EA 00 00, 1002, 0",
        "00 00 00 00 00 00 03 EA FF FF, 1002, 65535",
        "00 00 00 00 00 00 03 DE 00 0A, 990, 10"})
    void shouldReadAndWriteHeaders(String rest, long sequenceNumber, int messageCount) {
        String hex = SESSION + " " + rest;
        var header = new PacketHeaderDecoder().wrap(HexBytes.parse(hex), 0, 20, 0);
        assertEquals(List.of("000120426A", sequenceNumber, messageCount),
            List.of(header.session(), header.sequenceNumber(), header.messageCount()));

        UnsafeBuffer buffer = new UnsafeBuffer(new byte[20]);
        new PacketHeaderEncoder().wrap(buffer, 0).session("000120426A")
            .sequenceNumber(sequenceNumber).messageCount(messageCount);
        assertEquals(hex, HexBytes.print(buffer));
    }

    @Test
    void shouldReadTheBlocksOfAPacket() {
        UnsafeBuffer packet = HexBytes.parse(DATA_PACKET);
        var block = new MessageBlockDecoder();
        int first = PacketHeaderDecoder.BLOCK_LENGTH;
        int second = first + MessageBlockDecoder.BLOCK_LENGTH
            + block.wrap(packet, first, 2, 0).messageLength();
        int end = second + MessageBlockDecoder.BLOCK_LENGTH
            + block.wrap(packet, second, 2, 0).messageLength();
        assertEquals(List.of(55, (byte) 'S', (byte) 'D', 55),
            List.of(packet.capacity(), packet.getByte(first + 2), packet.getByte(second + 2), end));
    }

    @Test
    void shouldWriteTheLengthOfABlock() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[2]);
        new MessageBlockEncoder().wrap(buffer, 0).messageLength(65_535);
        assertEquals("FF FF", HexBytes.print(buffer));
    }
}
