// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.SegmentHeaderEncoder;
import io.millrace.codec.moldudp64.PacketHeaderEncoder;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SequenceLedgerTest {
    private final SequenceLedger ledger = new SequenceLedger();
    private final WireSummary summary = new WireSummary();
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[20]);
    private final PacketHeaderEncoder header = new PacketHeaderEncoder();
    private final MoldUdp64Framing framing = new MoldUdp64Framing();

    @Test
    void shouldCountGapsOfEachSession() {
        onPacket(1, 1, 2);
        onPacket(2, 7, 1);
        onPacket(1, 5, 1);
        onPacket(2, 8, 1);

        assertEquals("1 gaps, 2 missing", summary.gaps + " gaps, " + summary.missing + " missing");
    }

    @Test
    void shouldTellASessionThatBeginsAnewFromALateCopyOfItsStart() {
        segment(1, 0, 0, 100);
        segment(1, 0, 5, 200);
        segment(6, 90, 5, 300);
        segment(1, 0, 5, 200);
        assertEquals("0 gaps, 0 missing", summary.gaps + " gaps, " + summary.missing + " missing");
        segment(1, 0, 0, 400);
        segment(1, 0, 2, 500);
        segment(4, 60, 1, 600);

        assertEquals("2 gaps, 1 missing", summary.gaps + " gaps, " + summary.missing + " missing");
    }

    @Test
    void shouldFollowSoManySessionsAndCountThePacketsOfMore() {
        for (int session = 0; session < SequenceLedger.MAX_SESSIONS + 50; session++) {
            onPacket(session, 1, 1);
        }
        onPacket(0, 3, 1);

        assertEquals(SequenceLedger.MAX_SESSIONS, ledger.sessionCount());
        assertEquals(50, summary.unfollowedPackets);
        assertEquals(1, summary.missing);
    }

    private void segment(long sequence, long streamOffset, int count, long sendTimeNs) {
        UnsafeBuffer segment = new UnsafeBuffer(new byte[SegmentHeaderEncoder.BLOCK_LENGTH]);
        new SegmentHeaderEncoder().wrap(segment, 0).version((short) 1)
            .messageProtocolId(MessageProtocol.DEEP_1_0).streamOffset(streamOffset)
            .firstMessageSequenceNumber(sequence).sendTime(sendTimeNs);
        IexTpFraming framing = new IexTpFraming(Set.of(MessageProtocol.DEEP_1_0));
        framing.wrap(segment, 0, segment.capacity());
        ledger.onPacket(framing, count, summary);
    }

    private void onPacket(long session, long sequence, int count) {
        header.wrap(packet, 0).session(Long.toString(session)).sequenceNumber(sequence)
            .messageCount(count);
        framing.wrap(packet, 0, packet.capacity());
        ledger.onPacket(framing, count, summary);
    }
}
