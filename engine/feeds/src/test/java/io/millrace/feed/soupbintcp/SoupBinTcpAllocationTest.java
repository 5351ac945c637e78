// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.event.ChainClock;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.itch50.WireMessages;
import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.snapshot.SnapshotHandler;
import io.millrace.feed.snapshot.SnapshotSource;
import io.millrace.feed.transport.TcpReceiver;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** From the socket to the event, through a gate that passes and one that holds. */
class SoupBinTcpAllocationTest {
    private static final int ROUNDS = Boolean.getBoolean("millrace.full") ? 20_000 : 2_000;
    private static final int PATIENCE = 1_000_000;
    private static final int TYPES = WireMessages.all().size();
    /** Code that is not compiled yet may allocate; compiled code may not. */
    private static final int PASSES = 20;
    private static final long MOST_BYTES_PER_PASS = ROUNDS * TYPES / 100L;

    private final EventLog log = new EventLog().countOnly();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
    private final FeedCounters counters = new FeedCounters();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ChainClock chainClock = new ChainClock(log.publisher(), 0);
    private final SnapshotGate gate = gate();
    private long timeNs = 1_772_800_000_000_000_000L;
    private long nowNs = 1;
    private long allocated;

    @Test
    void shouldAllocateNothingWhileAConnectionStands() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            SoupBinTcpSession session = new SoupBinTcpSession(new SoupBinTcpContext()
                .credentials(new SoupBinTcpCredentials("U", "P")),
                new TcpReceiver((InetSocketAddress) listener.getLocalAddress(), 1 << 18,
                    () -> timeNs += 1_000), new SoupBinTcpSession.Parts(log.publisher(),
                    chainClock, channel, counters, gate, gate));
            session.onTime(nowNs);
            try (SocketChannel server = listener.accept()) {
                server.write(ByteBuffer.wrap(ServerBytes.accepted("S", 1)));
                long least = Long.MAX_VALUE;
                for (int pass = 0; pass < PASSES && least > MOST_BYTES_PER_PASS; pass++) {
                    allocated = 0;
                    run(session, server, ROUNDS);
                    least = Math.min(least, allocated);
                    assertEquals((pass + 1L) * ROUNDS * TYPES, counters.messages());
                }
                assertTrue(session.client().counters().heartbeatsSent() > 10);
                assertTrue(least <= MOST_BYTES_PER_PASS, least + " bytes");
            }
            session.close();
        }
    }

    private void run(SoupBinTcpSession session, SocketChannel server, int rounds)
        throws IOException {
        ByteBuffer packets = ByteBuffer.wrap(ServerBytes.join(WireMessages.all().stream()
            .map(message -> ServerBytes.data('S', message)).toArray(byte[][]::new)));
        for (int i = 0; i < rounds; i++) {
            packets.clear();
            server.write(packets);
            nowNs += 10_000_000;
            long wanted = counters.messages() + TYPES;
            for (int j = 0; j < PATIENCE && counters.messages() < wanted; j++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                session.onTime(nowNs);
                gate.onTime(nowNs);
                allocated += threads.getCurrentThreadAllocatedBytes() - before;
                log.count();
            }
            assertEquals(wanted, counters.messages());
        }
    }

    private SnapshotGate gate() {
        Itch50Decoder decoder = new Itch50Decoder(log.publisher(), channel, counters,
            new InstrumentDirectory(16));
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
        return new SnapshotGate(log.publisher(), channel, counters, decoder, new NoSource(),
            new SnapshotContext(1 << 20, 1, 1_000_000));
    }

    private static final class NoSource implements SnapshotSource {
        @Override
        public void start(SnapshotHandler handler) {
            throw new IllegalStateException("nothing is lost");
        }

        @Override
        public void retry() {
            throw new IllegalStateException("nothing is lost");
        }

        @Override
        public void stop() {
            throw new IllegalStateException("nothing is lost");
        }

        @Override
        public int onTime(long timeNs) {
            return 0;
        }

        @Override
        public String name() {
            return "none";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
