// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.edge.status.EngineState;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.GapLedger;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.TornTail;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random moments of start, replay, run and stop, under load, with two lines that lose:
 * what the journal's counter had told is never missing, and in the end nothing is.
 */
@Tag("pipeline")
class KillTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final int KILLS = Integer.getInteger("millrace.kills", IS_FULL ? 100 : 3);
    private static final long SEED = Long.getLong("millrace.seed", 12);
    private static final long PATIENCE_MS = 120_000;
    private static final String SEQUENCE = "journal.inbound.sequence";
    private static final Pattern RESTART = Pattern.compile("restart: ([0-9,]+) events found,"
        + " ([0-9,]+) bytes cut off, ([0-9,]+) replayed behind .* in ([0-9.]+) s \\(.*\\):"
        + " ([0-9,]+) events out equal,"
        + " ([0-9,]+) that were missing appended");

    /** What an engine does when it is killed. */
    private enum Moment { RUN, STOP, REPLAY, START }

    @TempDir
    private Path root;
    private final Random random = new Random(SEED);
    private Path epoch() {
        return Journal.directory(root, OutsideExchange.DATE);
    }

    private OutsideExchange exchange;
    private long reported;
    private long cutBytes;
    private long appended;
    private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);

    @Test
    void shouldLoseNothingThatWasReportedWhenKilledAtAnyMoment() throws Exception {
        try (OutsideExchange opened = new OutsideExchange(options(), 3_600_000_000_000L)) {
            exchange = opened.start();
            for (int i = 0; i < KILLS; i++) {
                killOnce(i);
            }
            runToTheEnd();
        }
        checkAll();
    }

    private static Map<String, String> options() {
        Map<String, String> options = new HashMap<>(Map.of(
            "feed.multicast-group", "239.77.12.2", "feed.multicast-group-b", "239.77.12.130",
            "simulator.loss-ppm", "10000", "simulator.duplicate-ppm", "10000",
            "simulator.reorder-ppm", "10000", "glimpse.enabled", "true"));
        options.putAll(Map.of("simulator.messages-per-second", IS_FULL ? "20000" : "10000",
            "simulator.symbols", "200", "simulator.live-orders", "4000",
            "engine.max-instruments", "256", "engine.max-orders", "50000",
            "engine.max-venues", "2", "engine.inbound-capacity", "65536"));
        return options;
    }

    /** A start that had to replay more than that keeps a checkpoint for the next one. */
    private List<String> flags() {
        List<String> flags = new ArrayList<>(exchange.flags());
        flags.addAll(List.of("--journal.checkpoint-events", "100000"));
        return flags;
    }

    private void killOnce(int number) throws Exception {
        Moment moment = moment(number);
        try (EngineProcess engine = new EngineProcess(root, "life-" + number, flags())) {
            long readyMs = waitFor(moment, engine);
            long counter = engine.counter(SEQUENCE);
            assertTrue(engine.isAlive(), () -> "ended by itself: " + engine.told());
            engine.kill();
            reported = Math.max(reported, counter);
            kills.merge(moment, 1, Integer::sum);
            System.out.println(line(number, moment, counter, engine, readyMs));
        }
    }

    /** The first life has nothing to replay, and one that never ran has nothing to lose. */
    private Moment moment(int number) {
        if (number == 0) {
            return Moment.RUN;
        }
        return number < 3 ? Moment.values()[number] : switch (random.nextInt(8)) {
            case 0 -> Moment.START;
            case 1 -> Moment.REPLAY;
            case 2 -> Moment.STOP;
            default -> Moment.RUN;
        };
    }

    /** Returns after how many ms the engine ran, -1 when it did not yet. */
    private long waitFor(Moment moment, EngineProcess engine) {
        long readyMs = -1;
        if (moment == Moment.START) {
            pause(1_500);
        } else if (moment == Moment.REPLAY) {
            assertTrue(engine.await(() -> engine.isIn(EngineState.REPLAYING)
                || engine.isIn(EngineState.RUNNING), PATIENCE_MS));
            pause(30);
        } else {
            assertTrue(engine.await(() -> engine.isIn(EngineState.RUNNING), PATIENCE_MS));
            readyMs = engine.ageMs();
            catchUp(engine);
            pause(1_000);
        }
        if (moment == Moment.STOP) {
            engine.terminate();
            pause(60);
        }
        return readyMs;
    }

    /** Half of the lives may first get what was sent before they began. */
    private void catchUp(EngineProcess engine) {
        if (random.nextBoolean()) {
            try (ChannelFollower channel = new ChannelFollower(epoch())) {
                long sent = exchange.messagesSent();
                assertTrue(engine.await(() -> channel.hasAll(sent), PATIENCE_MS),
                    engine::told);
            }
        }
    }

    private void pause(int mostMs) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(mostMs * 1_000)));
    }

    private String line(int number, Moment moment, long counter, EngineProcess engine,
        long readyMs) throws Exception {
        long cut = repairIfNeeded();
        long found;
        try (JournalTail tail = JournalTail.written(epoch(), JournalQueue.INBOUND)) {
            found = tail.damageListener(damage -> { }).seekEnd();
        }
        Matcher restart = RESTART.matcher(engine.log());
        boolean isRestart = restart.find();
        cutBytes += isRestart ? number(restart.group(2)) : 0;
        appended += isRestart ? number(restart.group(6)) : 0;
        String line = String.format(Locale.ROOT, "kill %3d %-6s counter %,11d, found %,11d, torn"
            + " %,d bytes; this life: %s, ready after %s", number, moment, counter, found, cut,
            isRestart ? "replayed " + restart.group(3) + " in " + restart.group(4) + " s, cut "
            + restart.group(2) + " bytes, appended " + restart.group(6) : "nothing replayed",
            readyMs < 0 ? "- (killed before)" : readyMs + " ms");
        assertTrue(found >= reported, line + ", reported " + reported);
        return line;
    }

    /** The journal verifies, at most after its torn tail is cut; returns that tail's bytes. */
    private long repairIfNeeded() {
        long bytes = 0;
        for (JournalQueue queue : JournalQueue.values()) {
            bytes += TornTail.find(epoch(), queue).map(TornTail::byteCount).orElse(0L);
        }
        JournalVerifier.Report report = new JournalVerifier(epoch()).verify();
        if (!report.isWhole()) {
            for (JournalQueue queue : JournalQueue.values()) {
                TornTail.find(epoch(), queue).ifPresent(TornTail::cut);
            }
            JournalVerifier.Report repaired = new JournalVerifier(epoch()).verify();
            assertTrue(repaired.isWhole(), () -> repaired.damages().toString());
        }
        return bytes;
    }

    private void runToTheEnd() throws Exception {
        try (EngineProcess engine = new EngineProcess(root, "last", flags())) {
            assertTrue(engine.await(() -> engine.isIn(EngineState.RUNNING), PATIENCE_MS),
                engine::told);
            assertTrue(exchange.endWith(engine, epoch(), PATIENCE_MS), engine::told);
            engine.terminate();
            assertEquals(0, engine.exitCode(PATIENCE_MS / 1_000), engine::told);
            System.out.println(engine.out());
        }
    }

    private void checkAll() {
        JournalVerifier.Report report = new JournalVerifier(epoch()).verify();
        Proof proof = new JournalReplay(epoch(), ThreadingMode.INVOKER)
            .prove(ReplayContext.MAX_SPEED);
        BookComparison books = exchange.books(epoch());
        Map<GapLedger.End, Integer> holes = new EnumMap<>(GapLedger.End.class);
        GapLedger.read(epoch(), damage -> { }, hole -> holes.merge(hole.end(), 1, Integer::sum));
        System.out.printf(Locale.ROOT, "%s kills, %,d bytes cut off by restarts, %,d"
            + " outbound events appended by them%n%,d messages sent; %,d events in,"
            + " %,d out, %s%nproof %s, %,d"
            + " fingerprints equal%nbooks %s%nholes %s%n", kills, cutBytes, appended,
            exchange.messagesSent(), report.queues().get(0).last(), report.queues().get(1).last(),
            report.isWhole() ? "verified" : report.damages(), proof.outcome(),
            proof.fingerprintCount(), books.line(), holes);
        assertTrue(report.isWhole(), () -> report.damages().toString());
        assertTrue(proof.isEqual(), proof::toString);
        assertEquals(report.queues().get(1).last(), proof.recordedCount());
        assertTrue(books.isEqual(), books::line);
        assertTrue(!holes.containsKey(GapLedger.End.NEVER_CLOSED), holes::toString);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }
}
