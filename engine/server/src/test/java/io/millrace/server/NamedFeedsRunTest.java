// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.deep10.PriceLevelBuyUpdateEncoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.tops16.QuoteUpdateEncoder;
import io.millrace.codec.tops16.TradeReportEncoder;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DEEP and TOPS of one venue at once, one for its books and one for its trades. */
@Tag("pipeline")
class NamedFeedsRunTest {
    private static final String DEEP_GROUP = "239.77.91.1";
    private static final String TOPS_GROUP = "239.77.92.1";
    private static final int SPAN_MS = 2_500;
    private static final String SYMBOL = "ZIEXT   ";

    @TempDir
    private Path folder;
    private final UnsafeBuffer segment = new UnsafeBuffer(new byte[200]);
    private volatile boolean isOver;

    @Test
    void shouldTakeBooksFromDeepAndTradesFromTops() throws Exception {
        int port = freePort();
        Path journal = folder.resolve("journal");
        Path config = Files.writeString(folder.resolve("millrace.yml"), """
            feed: {port: %d, session-start: first-packet}
            feeds:
              deep: {source: iex-deep, role: book, multicast-group: %s}
              tops: {source: iex-tops, role: trades, channel: 2, multicast-group: %s}
            edge.enabled: false
            journal: {directory: %s}
            """.formatted(port, DEEP_GROUP, TOPS_GROUP, journal));
        Thread venue = new Thread(() -> send(port), "venue");
        venue.start();
        CommandRun run = CommandRun.of("run", "--config", config.toString(), "--for",
            SPAN_MS + "ms", "--prove");
        isOver = true;
        venue.join(10_000);
        List<String> events = CommandRun.of("journal", "dump", journal.toString()).lines();

        System.out.println(run.out());
        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertEquals(2, run.lines().stream()
                .filter(line -> line.contains(" of another role)")).count(), run.out()),
            () -> assertTrue(count(events, "Trade", 2) > 20),
            () -> assertTrue(count(events, "LevelChanged", 1) > 20),
            () -> assertEquals(List.of(0L, 0L, 0L), List.of(count(events, "Trade", 1),
                count(events, "LevelChanged", 2), count(events, "Quote", 2))));
    }

    /** Events of a kind on a channel. */
    private static long count(List<String> events, String kind, int channel) {
        return events.stream().filter(event -> event.contains("\"event\":\"" + kind + "\"")
            && event.contains("\"channelId\":" + channel + ",")).count();
    }

    private void send(int port) {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF,
                NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")));
            IexTpSegmentEncoder deep = new IexTpSegmentEncoder(MessageProtocol.DEEP_1_0, 1, 7);
            IexTpSegmentEncoder tops = new IexTpSegmentEncoder(MessageProtocol.TOPS_1_6, 1, 7);
            long offset = 0;
            long topsOffset = 0;
            for (long sequence = 1; !isOver; sequence += 2) {
                deep.begin(segment, 0, segment.capacity(), sequence, offset);
                level(deep, sequence);
                trade(deep, sequence);
                offset += deep.payloadLength();
                transmit(channel, deep, DEEP_GROUP, port);
                tops.begin(segment, 0, segment.capacity(), sequence, topsOffset);
                quote(tops);
                trade(tops, sequence);
                topsOffset += tops.payloadLength();
                transmit(channel, tops, TOPS_GROUP, port);
                LockSupport.parkNanos(5_000_000L);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void transmit(DatagramChannel channel, IexTpSegmentEncoder encoder, String group,
        int port) throws IOException {
        channel.send(ByteBuffer.wrap(segment.byteArray(), 0, encoder.length()),
            new InetSocketAddress(group, port));
    }

    private void level(IexTpSegmentEncoder encoder, long sequence) {
        int at = encoder.claim(PriceLevelBuyUpdateEncoder.BLOCK_LENGTH);
        new PriceLevelBuyUpdateEncoder().wrap(segment, at).messageType((byte) '8')
            .timestamp(now()).symbol(SYMBOL).size(100 + sequence).price(1_000_000);
        segment.putByte(at + 1, (byte) 1);
    }

    private void trade(IexTpSegmentEncoder encoder, long sequence) {
        int at = encoder.claim(TradeReportEncoder.BLOCK_LENGTH);
        new TradeReportEncoder().wrap(segment, at).messageType((byte) 'T').timestamp(now())
            .symbol(SYMBOL).size(100).price(1_000_000).tradeId(sequence);
        segment.putByte(at + 1, (byte) 0);
    }

    private void quote(IexTpSegmentEncoder encoder) {
        int at = encoder.claim(QuoteUpdateEncoder.BLOCK_LENGTH);
        new QuoteUpdateEncoder().wrap(segment, at).messageType((byte) 'Q').timestamp(now())
            .symbol(SYMBOL).bidSize(100).bidPrice(1_000_000).askPrice(1_000_100).askSize(100);
        segment.putByte(at + 1, (byte) 0);
    }

    private static long now() {
        return System.currentTimeMillis() * 1_000_000L;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
