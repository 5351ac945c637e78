// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.glimpse.EndOfSnapshotDecoder;
import io.millrace.codec.soupbintcp.ClientHeartbeatDecoder;
import io.millrace.codec.soupbintcp.DebugDecoder;
import io.millrace.codec.soupbintcp.EndOfSessionDecoder;
import io.millrace.codec.soupbintcp.LoginAcceptedDecoder;
import io.millrace.codec.soupbintcp.LoginRejectedDecoder;
import io.millrace.codec.soupbintcp.LoginRejectedEncoder;
import io.millrace.codec.soupbintcp.LoginRequestDecoder;
import io.millrace.codec.soupbintcp.LoginRequestEncoder;
import io.millrace.codec.soupbintcp.LogoutRequestDecoder;
import io.millrace.codec.soupbintcp.SequencedDataDecoder;
import io.millrace.codec.soupbintcp.ServerHeartbeatDecoder;
import io.millrace.codec.soupbintcp.UnsequencedDataDecoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** SoupBinTCP 3.00 and GLIMPSE 5.0: the worked examples, read and written. */
class SoupBinTcpSchemaTest {
    private static final String LOGIN = "00 2F 4C 55 53 45 52 30 31 50 41 53 53 31 32 33 34 20 20"
        + " 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20"
        + " 31";
    private static final String ACCEPTED = "00 1F 41 30 30 30 31 32 30 34 32 36 41 20 20 20 20 20"
        + " 20 20 20 20 20 20 20 20 20 20 20 20 20 20 31";
    private static final String END = "47 20 20 20 20 20 20 20 20 20 20 20 20 20 35 31 32 30 30 33"
        + " 33";

    @Test
    void shouldReadAndWriteTheLogin() {
        var login = new LoginRequestDecoder().wrap(HexBytes.parse(LOGIN), 0,
            LoginRequestDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(47, (byte) 'L', "USER01", "PASS1234  ", " ".repeat(10),
            " ".repeat(19) + "1"), List.of(login.packetLength(), login.packetType(),
            login.username(), login.password(), login.requestedSession(),
            login.requestedSequenceNumber()));

        UnsafeBuffer buffer = new UnsafeBuffer(new byte[LoginRequestEncoder.BLOCK_LENGTH]);
        new LoginRequestEncoder().wrap(buffer, 0).packetLength(47).packetType((byte) 'L')
            .username("USER01").password("PASS1234  ").requestedSession(" ".repeat(10))
            .requestedSequenceNumber(" ".repeat(19) + "1");
        assertEquals(LOGIN, HexBytes.print(buffer));
    }

    @Test
    void shouldReadTheAnswers() {
        var accepted = new LoginAcceptedDecoder().wrap(HexBytes.parse(ACCEPTED), 0,
            LoginAcceptedDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(31, "000120426A", " ".repeat(19) + "1"),
            List.of(accepted.packetLength(), accepted.session(), accepted.sequenceNumber()));
        var rejected = new LoginRejectedDecoder().wrap(HexBytes.parse("00 02 4A 41"), 0,
            LoginRejectedDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(2, (byte) 'J', (byte) 'A'),
            List.of(rejected.packetLength(), rejected.packetType(), rejected.reason()));
    }

    @Test
    void shouldWriteARejection() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[LoginRejectedEncoder.BLOCK_LENGTH]);
        new LoginRejectedEncoder().wrap(buffer, 0).packetLength(2).packetType((byte) 'J')
            .reason((byte) 'A');
        assertEquals("00 02 4A 41", HexBytes.print(buffer));
    }

    @Test
    void shouldReadDataPackets() {
        var data = new SequencedDataDecoder().wrap(
            HexBytes.parse("00 0D 53 53 00 00 00 00 1F 1A CE D9 F0 00 51"), 0,
            SequencedDataDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(13, (byte) 'S'), List.of(data.packetLength(), data.packetType()));
    }

    @Test
    void shouldNameEveryTypeByItsByteAndCountItsBytes() {
        assertEquals(List.of((int) '+', 3, (int) 'A', 33, (int) 'J', 4, (int) 'S', 3, (int) 'H', 3,
            (int) 'Z', 3, (int) 'L', 49, (int) 'U', 3, (int) 'R', 3, (int) 'O', 3),
            List.of(DebugDecoder.TEMPLATE_ID, DebugDecoder.BLOCK_LENGTH,
                LoginAcceptedDecoder.TEMPLATE_ID, LoginAcceptedDecoder.BLOCK_LENGTH,
                LoginRejectedDecoder.TEMPLATE_ID, LoginRejectedDecoder.BLOCK_LENGTH,
                SequencedDataDecoder.TEMPLATE_ID, SequencedDataDecoder.BLOCK_LENGTH,
                ServerHeartbeatDecoder.TEMPLATE_ID, ServerHeartbeatDecoder.BLOCK_LENGTH,
                EndOfSessionDecoder.TEMPLATE_ID, EndOfSessionDecoder.BLOCK_LENGTH,
                LoginRequestDecoder.TEMPLATE_ID, LoginRequestDecoder.BLOCK_LENGTH,
                UnsequencedDataDecoder.TEMPLATE_ID, UnsequencedDataDecoder.BLOCK_LENGTH,
                ClientHeartbeatDecoder.TEMPLATE_ID, ClientHeartbeatDecoder.BLOCK_LENGTH,
                LogoutRequestDecoder.TEMPLATE_ID, LogoutRequestDecoder.BLOCK_LENGTH));
    }

    @Test
    void shouldReadTheEndOfASnapshot() {
        var end = new EndOfSnapshotDecoder().wrap(HexBytes.parse(END), 0,
            EndOfSnapshotDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(21, (byte) 'G', " ".repeat(13) + "5120033"),
            List.of(EndOfSnapshotDecoder.BLOCK_LENGTH, end.messageType(), end.sequenceNumber()));
    }
}
