// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.itch50.CrossTradeDecoder;
import io.millrace.codec.itch50.OrderDeleteEncoder;
import io.millrace.codec.itch50.StockTradingActionEncoder;
import io.millrace.server.json.JsonLines;
import io.millrace.server.json.Schema;
import io.millrace.server.json.WireMessageJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class DecodeVerbTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPrintOneLinePerMessageAndSumUp() throws IOException {
        Path file = file(new byte[] {'?'}, halt(), delete(-1L));

        CommandRun run = CommandRun.of("decode", "--feed", "itch50", file.toString());

        assertEquals("""
            {"type":"H","frame":2,"i":0,"sequence":2,"stockLocate":7,"trackingNumber":0,\
            "timestamp":86399999999999,"stock":"ZX\\"","tradingState":"T","reserved":"",\
            "reasonCode":"\\u00E9"}
            {"type":"D","frame":3,"i":0,"sequence":3,"stockLocate":65535,"trackingNumber":65535,\
            "timestamp":0,"orderReferenceNumber":18446744073709551615}
            """.replace("\\u00E9", "\u00e9"), run.out());
        assertEquals(0, run.exitCode());
        assertTrue(run.log().startsWith("decode: 2 messages, 0 packets, 0 heart-beats"), run.log());
    }

    @Test
    void shouldGiveAllWholeMessagesOfACutFileAndExitOne() throws IOException {
        byte[] bytes = Files.readAllBytes(file(delete(1), delete(2)));
        Path cut =
            Files.write(folder.resolve("cut.itch50"), Arrays.copyOf(bytes, bytes.length - 5));

        CommandRun run = CommandRun.of("decode", "--feed", "itch50", cut.toString());

        assertEquals(1, run.lines().size());
        assertEquals(1, run.exitCode());
        assertTrue(run.log().contains("16 stray bytes"), run.log());
        assertTrue(run.log().contains("cut: "), run.log());
    }

    @Test
    void shouldRefuseAnUnknownFeedAndAMissingFile() {
        CommandRun feed = CommandRun.of("decode", "--feed", "itch5", "x");
        CommandRun file =
            CommandRun.of("decode", "--feed", "itch50", folder.resolve("x").toString());

        assertEquals(2, feed.exitCode());
        assertTrue(feed.log().contains("did you mean itch50?"), feed.log());
        assertEquals(3, file.exitCode());
    }

    @Test
    void shouldKnowAllTypesAndRefuseEachCutShort() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonLines lines = new JsonLines(out);
        WireMessageJson json = new WireMessageJson(Schema.itch50(), lines);
        Random random = new Random(1);
        byte[] bytes = new byte[CrossTradeDecoder.BLOCK_LENGTH + 64];
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        int printed = 0;
        for (int type = 0; type < 256; type++) {
            random.nextBytes(bytes);
            bytes[0] = (byte) type;
            int least = 0;
            while (least <= bytes.length && !json.print(buffer, 0, least, 1, 0, 1)) {
                least++;
            }
            printed += least <= bytes.length ? 1 : 0;
        }
        lines.flush();

        assertEquals(23, printed);
        out.toString(StandardCharsets.UTF_8).lines().forEach(JsonText::object);
    }

    private static byte[] halt() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[StockTradingActionEncoder.BLOCK_LENGTH]);
        StockTradingActionEncoder encoder = new StockTradingActionEncoder().wrap(buffer, 0);
        encoder.messageType((byte) 'H').stockLocate(7).trackingNumber(0);
        encoder.timestamp().high(20_116).low(2_437_873_663L);
        encoder.stock("ZX\"").tradingState((byte) 'T').reserved((byte) ' ');
        encoder.putReasonCode(new byte[] {(byte) 0xE9, ' ', ' ', 0}, 0);
        return buffer.byteArray();
    }

    private static byte[] delete(long orderId) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[OrderDeleteEncoder.BLOCK_LENGTH]);
        OrderDeleteEncoder encoder = new OrderDeleteEncoder().wrap(buffer, 0);
        encoder.messageType((byte) 'D').stockLocate(65_535).trackingNumber(65_535);
        encoder.timestamp().high(0).low(0);
        encoder.orderReferenceNumber(orderId);
        return buffer.byteArray();
    }

    private Path file(byte[]... messages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            out.write(message.length >> 8);
            out.write(message.length);
            out.write(message);
        }
        return Files.write(folder.resolve("day.itch50"), out.toByteArray());
    }
}
