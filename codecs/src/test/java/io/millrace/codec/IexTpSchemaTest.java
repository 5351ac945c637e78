// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.iextp.GapFillRangeDecoder;
import io.millrace.codec.iextp.GapFillRangeEncoder;
import io.millrace.codec.iextp.GapFillRequestDecoder;
import io.millrace.codec.iextp.GapFillRequestEncoder;
import io.millrace.codec.iextp.MessageBlockDecoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.RequestType;
import io.millrace.codec.iextp.SegmentHeaderDecoder;
import io.millrace.codec.iextp.SegmentHeaderEncoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** IEX-TP 1: the worked examples, read and written. */
class IexTpSchemaTest {
    private static final long SEND_TIME_NS = 1_700_000_000_123_457_789L;
    private static final String DATA = "01 00 03 80 01 00 00 00 00 00 42 44 2C 00 01 00"
        + " 40 E2 01 00 00 00 00 00 88 13 00 00 00 00 00 00 FD D0 85 3D FE 9C 97 17";
    private static final String HEARTBEAT = "01 00 03 80 01 00 00 00 00 00 42 44 00 00 00 00"
        + " 6C E2 01 00 00 00 00 00 89 13 00 00 00 00 00 00 FD D0 85 3D FE 9C 97 17";
    private static final String REQUEST = "01 01 03 80 01 00 00 00 00 00 42 44 01 00 00 00"
        + " 89 13 00 00 00 00 00 00 92 13 00 00 00 00 00 00";

    @Test
    void shouldReadSegmentHeaders() {
        assertEquals(List.of((short) 1, MessageProtocol.TOPS_1_6, 1L, 1_145_176_064L, 44, 1,
            123_456L, 5_000L, SEND_TIME_NS), fields(DATA));
        assertEquals(List.of((short) 1, MessageProtocol.TOPS_1_6, 1L, 1_145_176_064L, 0, 0,
            123_500L, 5_001L, SEND_TIME_NS), fields(HEARTBEAT));
    }

    @Test
    void shouldWriteSegmentHeaders() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[SegmentHeaderEncoder.BLOCK_LENGTH]);
        new SegmentHeaderEncoder().wrap(buffer, 0).version((short) 1).reserved((short) 0)
            .messageProtocolId(MessageProtocol.TOPS_1_6).channelId(1).sessionId(1_145_176_064L)
            .payloadLength(44).messageCount(1).streamOffset(123_456)
            .firstMessageSequenceNumber(5_000).sendTime(SEND_TIME_NS);
        assertEquals(DATA, HexBytes.print(buffer));
    }

    @Test
    void shouldReadGapFillRequests() {
        UnsafeBuffer buffer = HexBytes.parse(REQUEST);
        var request = new GapFillRequestDecoder().wrap(buffer, 0,
            GapFillRequestDecoder.BLOCK_LENGTH, 0);
        var range = new GapFillRangeDecoder().wrap(buffer, GapFillRequestDecoder.BLOCK_LENGTH,
            GapFillRangeDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(RequestType.SEQUENCED_MESSAGES, MessageProtocol.TOPS_1_6, 1L,
            1_145_176_064L, 1L, 5_001L, 5_010L), List.of(request.requestType(),
            request.messageProtocolId(), request.channelId(), request.sessionId(),
            request.rangeCount(), range.first(), range.last()));
    }

    @Test
    void shouldWriteGapFillRequests() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[32]);
        new GapFillRequestEncoder().wrap(buffer, 0).version((short) 1)
            .requestType(RequestType.SEQUENCED_MESSAGES)
            .messageProtocolId(MessageProtocol.TOPS_1_6).channelId(1).sessionId(1_145_176_064L)
            .rangeCount(1);
        new GapFillRangeEncoder().wrap(buffer, 16).first(5_001).last(5_010);
        assertEquals(REQUEST, HexBytes.print(buffer));
    }

    @Test
    void shouldReadTheLengthOfABlock() {
        assertEquals(0xFFFE, new MessageBlockDecoder().wrap(HexBytes.parse("FE FF"), 0, 2, 0)
            .messageLength());
    }

    private static List<Object> fields(String hex) {
        var header = new SegmentHeaderDecoder().wrap(HexBytes.parse(hex), 0,
            SegmentHeaderDecoder.BLOCK_LENGTH, 0);
        return List.of(header.version(), header.messageProtocolId(), header.channelId(),
            header.sessionId(), header.payloadLength(), header.messageCount(),
            header.streamOffset(), header.firstMessageSequenceNumber(), header.sendTime());
    }
}
