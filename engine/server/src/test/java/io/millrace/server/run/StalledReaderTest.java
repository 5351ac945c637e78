// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.LatencyStep;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.feed.FeedCounters;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal thread that stands still for 200 ms at full rate, and readers nobody waits for. */
@Tag("pipeline")
class StalledReaderTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final long RATE = IS_FULL ? 150_000 : 30_000;
    private static final long FLOW_NS = IS_FULL ? 8_000_000_000L : 2_000_000_000L;
    private static final long STALL_NS = 200_000_000L;
    private static final long PATIENCE_NS = 60_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingWhileTheRingHoldsWhatTheJournalDoesNotTake() throws IOException {
        MarketDataServer server = server(Map.of("engine.inbound-capacity", "262144"));
        stalled(server);

        FeedCounters feed = server.feeds().get(0).counters();
        assertAll(() -> assertHeld(server),
            () -> assertEquals(0, feed.overflowPackets()),
            () -> assertEquals(0, server.feeds().get(0).recovery().healedByRequest()));
        server.close();
    }

    @Test
    void shouldLoseNothingWhileTheSocketHoldsWhatTheRingDoesNotTake() throws IOException {
        MarketDataServer server = server(Map.of("engine.inbound-capacity", "2048"));
        stalled(server);

        assertAll(() -> assertHeld(server),
            () -> assertTrue(server.pipeline().inboundRing().highWater() > 1_700),
            () -> assertEquals(0, server.feeds().get(0).counters().overflowPackets()));
        server.close();
    }

    @Test
    void shouldHealWhatItDiscardsInsteadOfWaitingForTheJournal() throws IOException {
        MarketDataServer server = server(Map.of("engine.inbound-capacity", "2048",
            "feed.overflow-wait-ms", "0"));
        stalled(server);

        FeedCounters feed = server.feeds().get(0).counters();
        assertAll(() -> assertHeld(server),
            () -> assertTrue(feed.overflowPackets() > 0),
            () -> assertTrue(server.feeds().get(0).recovery().healedByRequest() > 0));
        server.close();
    }

    @Test
    void shouldNotWaitForReadersOutsideThatStandStill() throws IOException {
        MarketDataServer server = server(Map.of("engine.inbound-capacity", "2048"));
        EventRing ring = server.pipeline().inboundRing();
        EventReader free = ring.newFreeReader();
        server.start();
        try (JournalTail tail = JournalTail.following(server.epochDirectory(),
            JournalQueue.INBOUND)) {
            await(tail::next);
            end(server);

            long first = tail.event().sequence();
            long count = 1;
            while (tail.next()) {
                count++;
            }
            long last = tail.event().sequence();
            long unread = free.available() - free.next() + 1;
            System.out.printf("stood still: a tail at event %,d of %,d, a ring reader %,d events"
                + " behind in a ring of %,d%n", first, last, unread, ring.capacity());
            long all = count;
            assertAll(() -> assertHeld(server),
                () -> assertEquals(0, server.feeds().get(0).counters().overflowPackets()),
                () -> assertTrue(unread > 10L * ring.capacity()),
                () -> assertEquals(last - first + 1, all),
                () -> assertEquals(server.journal().sequence(JournalQueue.INBOUND), last));
        }
        server.close();
    }

    private void stalled(MarketDataServer server) {
        Stall[] stall = new Stall[1];
        UnaryOperator<Agent> wrapping = writer -> writer.roleName().equals("journal-in")
            ? stall[0] = new Stall(writer) : writer;
        server.start(wrapping);
        FeedCounters feed = server.feeds().get(0).counters();
        await(() -> feed.shownMessages() > RATE * FLOW_NS / 2_000_000_000L);
        stall[0].isWanted = true;
        end(server);
        assertEquals(1, stall[0].count);
    }

    private static void end(MarketDataServer server) {
        await(() -> server.exchange().isDone());
        server.stop();
    }

    /** Every claim of the report, and that a replay proves the journal. */
    private static void assertHeld(MarketDataServer server) {
        RunReport report = new RunReport(server).check();
        Proof proof = new JournalReplay(server.epochDirectory(), ThreadingMode.INVOKER)
            .prove(ReplayContext.MAX_SPEED);
        Histogram age =
            server.pipeline().chain().latency().histogram(LatencyStep.RING_TO_CHAIN);
        System.out.printf("ring of %,d at %,d msg/s: high-water %,d, queue age p50 %.1f us, p99"
            + " %.1f us, p99.9 %.1f us, max %.1f us; discarded %,d packets, missing %,d%n",
            server.pipeline().inboundRing().capacity(), RATE,
            server.pipeline().inboundRing().highWater(), age.getValueAtPercentile(50) / 1e3,
            age.getValueAtPercentile(99) / 1e3, age.getValueAtPercentile(99.9) / 1e3,
            age.getMaxValue() / 1e3, server.feeds().get(0).counters().overflowPackets(),
            server.feeds().get(0).counters().missing());
        assertTrue(report.isGood(), report.text());
        assertEquals(0, server.feeds().get(0).counters().missing());
        assertTrue(proof.isEqual());
    }

    private MarketDataServer server(Map<String, String> options) throws IOException {
        Map<String, String> flags = new TreeMap<>(Map.of("feed.source", "simulator",
            "simulator.messages-per-second", Long.toString(RATE), "simulator.symbols", "500",
            "simulator.live-orders", "5000", "simulator.request-server", "on",
            "journal.directory", folder.toString(), "engine.max-instruments", "1024",
            "engine.max-orders", "100000", "recovery.give-up-ms", "30000"));
        flags.putAll(options);
        Configuration configuration = new ConfigurationLoader().flags(flags).conclude();
        return MarketDataServer.open(configuration, Map.of(), FLOW_NS);
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "nothing happens");
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A writer whose thread stands still once, as if the system had stopped it. */
    private static final class Stall implements Agent {
        private final Agent writer;
        private volatile boolean isWanted;
        private volatile int count;

        Stall(Agent writer) {
            this.writer = writer;
        }

        @Override
        public void onStart() {
            writer.onStart();
        }

        @Override
        public int doWork() throws Exception {
            if (isWanted && count == 0) {
                long endNs = System.nanoTime() + STALL_NS;
                while (System.nanoTime() < endNs) {
                    LockSupport.parkNanos(endNs - System.nanoTime());
                }
                count++;
            }
            return writer.doWork();
        }

        @Override
        public void onClose() {
            writer.onClose();
        }

        @Override
        public String roleName() {
            return writer.roleName();
        }
    }
}
