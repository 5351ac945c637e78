// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.counter.EngineClock;
import io.millrace.feed.TradingDate;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSummary;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalVerifier;
import io.millrace.server.Millrace;
import io.millrace.server.verb.StopSignal;
import io.millrace.server.verb.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes over to the next trading date. */
@Tag("pipeline")
class TwoDaysTest {
    private static final Map<String, String> SMALL = Map.of(
        "feed.multicast-group", "239.77.14.2",
        "simulator.messages-per-second", "8000", "simulator.symbols", "100",
        "simulator.live-orders", "2000", "engine.max-instruments", "256",
        "engine.max-orders", "20000", "engine.max-venues", "2",
        "engine.inbound-capacity", "65536", "edge.enabled", "false");
    private static final List<String> DAYS = List.of("2026-10-30", "2026-11-02");
    private static final long POLL_NS = 1_000_000L;
    private static final long FLOW_NS = 1_500_000_000L;
    private static final long LONGEST_RUN_NS = 60_000_000_000L;

    @TempDir
    private Path root;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();

    @Test
    void shouldKeepAJournalForEachDateAcrossMidnightInUtcAndTheEndOfSummerTime() throws Exception {
        Map<String, String> options = new HashMap<>(SMALL);
        options.put("simulator.clock-start", "2026-10-30T19:59:57,2026-11-02T18:59:57");
        List<String> line = new ArrayList<>(List.of("run", "--for", "14s", "--prove"));
        assertEquals(0, millrace(line, options), log::toString);

        assertEquals(DAYS, Journal.list(root).stream().map(LocalDate::toString).toList());
        assertEquals(symbols(0), symbols(1).subList(0, symbols(0).size()));
        for (int day = 0; day < DAYS.size(); day++) {
            String epoch = epoch(day).toString();
            JournalSummary.QueueSummary inbound =
                JournalSummary.of(epoch(day)).queues().get(0);
            long midnightNs = ns(day == 0 ? "2026-10-31T00:00:00Z" : "2026-11-03T00:00:00Z");
            assertAll(
                () -> assertTrue(inbound.firstTimeNs() < midnightNs, epoch),
                () -> assertTrue(inbound.lastTimeNs() > midnightNs, epoch),
                () -> assertEquals(0, millrace(List.of("journal", "verify", "--deep", epoch),
                    Map.of()), log::toString),
                () -> assertEquals(0, millrace(List.of("quality", epoch), Map.of()),
                    log::toString));
        }
    }

    @Test
    void shouldJoinTheNextSessionFromItsFirstMessage() throws Exception {
        awaitADateThatLasts();
        Map<String, String> options = new HashMap<>(SMALL);
        options.put("simulator.clock-start", "2026-01-05T10:00:00");
        OutsideExchange first = new OutsideExchange(options, FLOW_NS);
        List<String> line = new ArrayList<>(List.of("run", "--for", "100s", "--feed.roll",
            "session"));
        line.addAll(first.flags());
        Thread engine = new Thread(() -> millrace(line, Map.of("edge.enabled", "false")));
        engine.start();
        awaitStart(Journal.directory(root, OutsideExchange.DATE), engine);
        first.start();
        await(first);
        awaitSecondDate(engine);
        first.close();
        options.putAll(Map.of("feed.port", flag(line, "feed.port"), "simulator.request-port",
            flag(line, "recovery.servers").replaceAll(".*:", "")));
        options.putAll(Map.of("simulator.clock-start", "2026-01-06T10:00:00",
            "feed.trading-date", "2026-01-06"));
        OutsideExchange second = new OutsideExchange(options, FLOW_NS);
        Path next = Journal.directory(root, Journal.list(root).get(1));
        try (second; ChannelFollower channel = new ChannelFollower(next)) {
            second.start();
            await(second);
            channel.await(second.messagesSent());
        } finally {
            stop.request();
            engine.join();
        }

        assertEquals(LocalDate.of(2026, 1, 5), Journal.list(root).get(0));
        assertEquals(List.of(), new JournalVerifier(next).verify().damages());
        assertEquals(second.messagesSent(), lastMessage(next), log::toString);
        assertTrue(second.books(next).isEqual(), log::toString);
    }

    @Test
    void shouldLogInToTheNextSessionOfAConnectionAndNotToTheLastOne() throws Exception {
        awaitADateThatLasts();
        Map<String, String> options = new HashMap<>(SMALL);
        options.putAll(Map.of("simulator.clock-start", "2026-01-05T10:00:00",
            "feed.transport", "soupbintcp"));
        OutsideExchange first = new OutsideExchange(options, FLOW_NS);
        List<String> line = new ArrayList<>(List.of("run", "--for", "100s", "--feed.roll",
            "session", "--soupbintcp.session", "SIMA0105"));
        line.addAll(first.flags());
        Thread engine = new Thread(() -> millrace(line, Map.of("edge.enabled", "false")));
        engine.start();
        awaitStart(Journal.directory(root, OutsideExchange.DATE), engine);
        first.start();
        while (first.logins() < 2 && engine.isAlive()) {
            LockSupport.parkNanos(POLL_NS);
        }
        first.close();
        options.putAll(Map.of("simulator.soupbin-port", flag(line, "soupbintcp.port"),
            "simulator.clock-start", "2026-01-06T10:00:00", "simulator.seed", "7",
            "feed.trading-date", "2026-01-06"));
        OutsideExchange second = new OutsideExchange(options, FLOW_NS);
        try (second; ChannelFollower channel =
            new ChannelFollower(Journal.directory(root, Journal.list(root).get(1)))) {
            second.start();
            await(second);
            channel.await(second.messagesSent());
        } finally {
            stop.request();
            engine.join();
        }

        List<LocalDate> dates = Journal.list(root);
        Path last = Journal.directory(root, dates.get(0));
        Path next = Journal.directory(root, dates.get(1));
        assertAll(
            () -> assertEquals(OutsideExchange.DATE, dates.get(0)),
            () -> assertEquals(List.of(), new JournalVerifier(last).verify().damages()),
            () -> assertEquals(List.of(), new JournalVerifier(next).verify().damages()),
            () -> assertEquals(first.messagesSent() + 1, lastMessage(last), log::toString),
            () -> assertEquals(second.messagesSent() + 1, lastMessage(next), log::toString),
            () -> assertTrue(first.books(last).isEqual(), log::toString),
            () -> assertTrue(second.books(next).isEqual(), log::toString),
            () -> assertTrue(log.toString(StandardCharsets.UTF_8).contains(" x the server"
                + " still has the session of the last trading date"), log::toString));
    }

    /** The date behind one that has passed is today, which midnight in New York would end. */
    private static void awaitADateThatLasts() {
        while (!dateIn(0).equals(dateIn(LONGEST_RUN_NS))) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static LocalDate dateIn(long ns) {
        return TradingDate.at(new EngineClock().nanoTime() + ns).date();
    }

    private static void await(OutsideExchange exchange) {
        while (!exchange.isDone()) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void awaitSecondDate(Thread engine) {
        while (Journal.list(root).size() < 2) {
            assertTrue(engine.isAlive(), log::toString);
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void awaitStart(Path epoch, Thread engine) {
        boolean isStarted = false;
        while (!isStarted) {
            assertTrue(engine.isAlive(), log::toString);
            try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
                isStarted = tail.damageListener(damage -> { }).next();
            }
        }
    }

    /** Number of the last message, or of the end of the session behind it where that is told. */
    private static long lastMessage(Path epoch) {
        long last = 0;
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            while (tail.next()) {
                last = Math.max(last, tail.event().originSequence());
            }
        }
        return last;
    }

    private List<String> symbols(int day) {
        List<String> symbols = new ArrayList<>();
        InstrumentDirectory directory = new InstrumentDirectory(256);
        InstrumentStore.restore(epoch(day), directory, failure -> { });
        for (int id = 1; id <= directory.count(); id++) {
            symbols.add(directory.symbol(id));
        }
        return symbols;
    }

    private Path epoch(int day) {
        return root.resolve(DAYS.get(day));
    }

    private static String flag(List<String> line, String key) {
        return line.get(line.indexOf("--" + key) + 1);
    }

    private int millrace(List<String> verb, Map<String, String> options) {
        List<String> line = new ArrayList<>(verb);
        if (verb.get(0).equals("run")) {
            line.addAll(List.of("--journal.directory", root.toString()));
        }
        options.forEach((key, value) -> line.addAll(List.of("--" + key, value)));
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        return Millrace.execute(new Terminal(out, out, OutsideExchange.environment(), stop),
            line.toArray(String[]::new));
    }

    private static long ns(String time) {
        return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    }
}
