// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import static io.millrace.benchmarks.report.Bar.absolute;
import static io.millrace.benchmarks.report.Bar.atLeast;
import static io.millrace.benchmarks.report.Bar.atMost;
import static io.millrace.benchmarks.report.Bar.told;

import io.millrace.benchmarks.disk.ChronicleAppendContender;
import io.millrace.benchmarks.disk.ChronicleTailContender;
import io.millrace.benchmarks.disk.JournalAppendContender;
import io.millrace.benchmarks.disk.JournalTailContender;
import io.millrace.benchmarks.line.BookContender;
import io.millrace.benchmarks.line.BookMemoryContender;
import io.millrace.benchmarks.line.FlyweightDecodeContender;
import io.millrace.benchmarks.line.LineContender;
import io.millrace.benchmarks.line.ReplayContender;

import io.millrace.benchmarks.peer.JunctureDecodeContender;
import io.millrace.benchmarks.peer.ParityContender;
import io.millrace.benchmarks.ring.HopContender;
import io.millrace.benchmarks.ring.RateContender;
import io.millrace.benchmarks.wire.WireLatencyContender;
import io.millrace.benchmarks.wire.WireRateContender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows: who runs against whom, how much, and which ratio is the bar. Immutable. */
final class RowCatalog {
    /** Names of the rows in the order they run. */
    static final List<String> IDS = List.of("decode", "book", "growth", "memory", "hop", "rate",
        "line", "journal", "append", "records", "replay", "wire-latency", "wire-rate");
    /** Names of the rows that need servers. */
    static final List<String> SERVER_IDS = BridgeRows.IDS;

    private static final String EXCHANGE_CORE =
        "io.millrace.benchmarks.exchangecore.ExchangeCoreContender";
    private static final String NS = ".nsPerEvent";
    private static final String RATE = ".eventsPerSecond";
    private static final double NO_AIM = Double.NaN;
    private static final int RING_CAPACITY = 16_384;
    private static final int BOOK_CHUNKS = 4;
    private static final int GROWTH_CHUNKS = 2;

    private static final int WIRE_BURST = 20;
    private static final int WIRE_PACKED = 35;
    private static final int WIRE_SYMBOLS = 1_000;
    private static final int WIRE_ORDERS = 20_000;
    private static final int WIRE_CHUNK = 1 << 16;
    private static final int WIRE_PRIME = 100_000;
    private static final double WIRE_LATENCY_LIMIT = 1.5;
    private static final int CORES_FOR_TAIL = 4;

    private final ReportSize size;
    private final Workplace workplace;
    private final int core;
    private final int other;

    RowCatalog(ReportSize size, Workplace workplace) {
        this.size = size;
        this.workplace = workplace;
        int cores = Runtime.getRuntime().availableProcessors();
        core = cores - 1;
        other = Math.max(0, cores - 2);
    }

    /** A row by its name. */
    Row row(String id) {
        return switch (id) {
            case "decode" -> decode();
            case "book" -> book();
            case "growth" -> growth();
            case "memory" -> memory();
            case "hop" -> hop();
            case "rate" -> rate();
            case "line" -> line();
            case "journal" -> journal();
            case "append" -> append();
            case "records" -> records();
            case "replay" -> replay();
            case "wire-latency" -> wireLatency();
            case "wire-rate" -> wireRate();
            default -> new BridgeRows(size, workplace).row(id);
        };
    }

    private Row decode() {
        int chunks = size.decodeMessages() / size.chunkMessages();
        Map<String, String> options = pinned(size.day().options(workplace, chunks));
        Contestant ours = Contestant.of("millrace", FlyweightDecodeContender.class, options);
        Contestant juncture = Contestant.of("juncture", JunctureDecodeContender.class, options);
        return row("decode", "ITCH 5.0 decode, all fields, from memory",
            List.of(ours, ours.named("again"), juncture),
            List.of(atMost("of juncture", "millrace" + NS, "juncture" + NS, 0.75, 0.6)),
            List.of("millrace", "again", "juncture"));
    }

    private Row book() {
        Flow day = size.day();
        Map<String, String> options = pinned(day.options(workplace, BOOK_CHUNKS));
        Contestant ours = Contestant.of("millrace", BookContender.class, options);
        Contestant parity = Contestant.of("parity", ParityContender.class, options)
            .heap(Contestant.largeHeap(day.liveOrders()));
        Contestant exchangeCore = new Contestant("exchange-core", EXCHANGE_CORE,
            Contestant.Home.EXCHANGE_CORE, Contestant.largeHeap(day.liveOrders()), options);
        return dayRow("book", "decode + event + L3 book + BBO",
            List.of(ours, ours.named("again"), parity, exchangeCore),
            List.of(atMost("of parity-book", "millrace" + NS, "parity" + NS, 0.25, 0.15),
                atMost("of exchange-core", "millrace" + NS, "exchange-core" + NS, 0.18, 0.11)),
            List.of("millrace", "again", "parity", "exchange-core"));
    }

    private Row growth() {
        int chunk = size.chunkMessages();
        int live = size.liveOrders();
        int liveSmall = live / 100;
        int symbols = size.symbols();
        List<Contestant> all = new ArrayList<>();
        both(all, "S", new Flow(100, live, growthMessages(live), chunk));
        both(all, "T", new Flow(symbols * 5 / 4, live, growthMessages(live), chunk));
        both(all, "K", new Flow(symbols, liveSmall, growthMessages(liveSmall), chunk));
        both(all, "M", new Flow(symbols, liveSmall * size.growth(),
            growthMessages(liveSmall * size.growth()), chunk));
        all.add(all.get(0).named("again"));
        return new Row("growth", "growth of ns/msg: 100 to " + symbols * 5 / 4 + " symbols, "
            + liveSmall + " to " + liveSmall * size.growth() + " live orders", all,
            List.of(growth("symbols, of parity-book's", "S", "T"),
                growth("live orders, of parity-book's", "K", "M"),
                told("symbols, millrace", "millraceT" + NS, "millraceS" + NS),
                told("symbols, parity", "parityT" + NS, "parityS" + NS),
                told("live orders, millrace", "millraceM" + NS, "millraceK" + NS),
                told("live orders, parity", "parityM" + NS, "parityK" + NS)),
            told("same", "again" + NS, "millraceS" + NS), List.of(), 1, size.rounds(),
            2 * size.rounds() + 1);
    }

    private void both(List<Contestant> all, String name, Flow flow) {
        Map<String, String> options = pinned(flow.options(workplace, GROWTH_CHUNKS));
        all.add(Contestant.of("millrace" + name, BookContender.class, options));
        all.add(Contestant.of("parity" + name, ParityContender.class, options)
            .heap(Contestant.largeHeap(flow.liveOrders())));
    }

    private long growthMessages(int live) {
        long rounds = (2L * size.rounds() + 3) * GROWTH_CHUNKS + 2;
        return (live * 130L / 100 + rounds * size.chunkMessages()) * 12 / 10
            + 5L * size.symbols() + 2L * live;
    }

    private static Bar growth(String name, String small, String large) {
        return new Bar(name, List.of("millrace" + large + NS, "parity" + small + NS),
            List.of("millrace" + small + NS, "parity" + large + NS), Bar.Bound.AT_MOST, 1, NO_AIM);
    }

    private Row memory() {
        Map<String, String> options = Map.of("core", "-1", "live", "1000000");
        Contestant one = Contestant.of("one", BookMemoryContender.class, options)
            .with("venues", 1);
        return new Row("memory", "off-heap memory of 10,000 books and 1 M orders, MB",
            List.of(one, one.named("five").with("venues", 5)),
            List.of(absolute("1 venue", "one.offHeapMb", 256),
                absolute("5 venues", "five.offHeapMb", 512)),
            null, List.of(), 0, 1, 1);
    }

    private Row hop() {
        Contestant ours = Contestant.of("millrace", HopContender.class,
            ring(Map.of("lane", "millrace", "count", String.valueOf(size.hops()))));
        return row("hop", "ring hop p50, whole slot event, core to core",
            List.of(ours, ours.named("again"), ours.named("disruptor").with("lane", "disruptor"),
                ours.named("agrona").with("lane", "agrona")),
            List.of(atMost("of Disruptor", "millrace.p50Ns", "disruptor.p50Ns", 1.25, 1.1),
                told("of Agrona OneToOne", "millrace.p50Ns", "agrona.p50Ns")),
            told("same", "again.p50Ns", "millrace.p50Ns"), List.of());
    }

    private Row rate() {
        Contestant ours = Contestant.of("millrace", RateContender.class,
            ring(Map.of("lane", "millrace", "count", String.valueOf(size.ringEvents()))));
        return row("rate", "ring rate, one event of 64 bytes a commit, saturated",
            List.of(ours, ours.named("again"), ours.named("added").with("lane", "millrace-added"),
                ours.named("disruptor").with("lane", "disruptor"),
                ours.named("agrona").with("lane", "agrona")),
            List.of(atLeast("of Disruptor", "millrace" + RATE, "disruptor" + RATE, 0.6, 0.95),
                told("events of 88 bytes, of Disruptor", "added" + RATE, "disruptor" + RATE),
                told("of Agrona OneToOne", "millrace" + RATE, "agrona" + RATE)),
            List.of());
    }

    private Row line() {
        Contestant threads = line("millrace", "threads");
        return row("line", "file to decode to ring to books to strategy on two threads",
            List.of(threads, threads.named("again"), line("inline", "inline")),
            List.of(atLeast("of one thread", "millrace" + RATE, "inline" + RATE, 1.15, NO_AIM)),
            List.of("millrace", "again", "inline"));
    }

    private Row journal() {
        Contestant off = line("off", "threads");
        Contestant on = off.named("millrace").with("journal", workplace.scratch().resolve("line"));
        return new Row("journal", "the same with the journal on", List.of(on, off,
            off.named("again")), List.of(
                atLeast("of journal off", "millrace" + RATE, "off" + RATE, 0.8, 0.95)),
            told("same", "again" + RATE, "off" + RATE), List.of("millrace", "off", "again"), 0,
            size.rounds(), 2 * size.rounds());
    }

    private Contestant line(String name, String mode) {
        Map<String, String> options = new TreeMap<>(size.day().options(workplace, 1));
        options.put("mode", mode);
        options.put("seconds", String.valueOf(size.lineSeconds()));
        options.put("bytes", String.valueOf(size.journalBytes()));
        options.put("core", mode.equals("inline") ? String.valueOf(core) : "-1");
        return Contestant.of(name, LineContender.class, options);
    }

    private Row append() {
        Map<String, String> options = pinned(new TreeMap<>(Map.of(
            "file", size.day().file(workplace).toString(),
            "chunk", String.valueOf(size.chunkMessages()),
            "bytes", String.valueOf(size.journalBytes()),
            "folder", workplace.scratch().resolve("append").toString())));
        Contestant ours = Contestant.of("millrace", JournalAppendContender.class, options);
        Contestant plain = Contestant.of("chronicle", ChronicleAppendContender.class, options);
        return new Row("append", "journal append of slot events, pre-touch counted",
            List.of(ours, ours.named("again"), plain),
            List.of(atLeast("of plain Chronicle", "millrace" + RATE, "chronicle" + RATE, 3, 4),
                absolute("p99.9 of an append, us", "millrace.p999Us", 100)),
            told("same", "again" + RATE, "millrace" + RATE), List.of(), 0, size.rounds(),
            2 * size.rounds());
    }

    private Row records() {
        Map<String, String> options = replayOptions("records");
        Contestant ours = Contestant.of("millrace", JournalTailContender.class, options);
        Contestant plain = Contestant.of("chronicle", ChronicleTailContender.class, options);
        return row("records", "replay: records of a warm journal",
            List.of(ours, ours.named("again"), plain),
            List.of(atLeast("of a plain Chronicle tail", "millrace" + RATE, "chronicle" + RATE, 3,
                NO_AIM)), List.of("millrace", "again", "chronicle"));
    }

    private Row replay() {
        Map<String, String> options = replayOptions("replay");
        Contestant ours = Contestant.of("millrace", ReplayContender.class, options);
        Contestant live = Contestant.of("live", BookContender.class, options);
        return dayRow("replay", "replay through books and fingerprints, warm journal",
            List.of(ours, ours.named("again"), live),
            List.of(atLeast("of the live book rate", "millrace" + RATE, "live" + RATE, 0.9,
                NO_AIM)), List.of("millrace", "again", "live"));
    }

    private Row wireLatency() {
        Map<String, String> options = wireOptions(WIRE_BURST);
        options.put("rates", "100000,500000,1000000");
        options.put("seconds", String.valueOf(size.lineSeconds()));
        options.put("prime", String.valueOf(WIRE_PRIME));
        options.put("folder", workplace.report().resolve("wire-latency").toString());
        List<Bar> bars = new ArrayList<>();
        for (String rate : List.of("100000", "500000", "1000000")) {
            addLatencyBars(bars, rate);
        }
        return new Row("wire-latency", "socket to strategy, open loop, us from the intended time",
            List.of(Contestant.of("wire", WireLatencyContender.class, options)), bars, null,
            List.of(), 0, size.rounds(), size.rounds());
    }

    /** Two cores have no room for the tail: there it is the scheduler's. */
    private static void addLatencyBars(List<Bar> bars, String rate) {
        boolean isTailJudged =
            Runtime.getRuntime().availableProcessors() >= CORES_FOR_TAIL;
        String at = "At" + rate;
        String of = ", of a plain Disruptor at " + rate + "/s";
        bars.add(atMost("p50" + of, "wire.millraceP50" + at, "wire.plainP50" + at,
            WIRE_LATENCY_LIMIT, NO_AIM));
        bars.add(isTailJudged
            ? atMost("p99" + of, "wire.millraceP99" + at, "wire.plainP99" + at,
                WIRE_LATENCY_LIMIT, NO_AIM)
            : told("p99" + of, "wire.millraceP99" + at, "wire.plainP99" + at));
        bars.add(told("p99.9" + of, "wire.millraceP999" + at, "wire.plainP999" + at));
        for (String figure : List.of("millraceP50", "millraceP99", "millraceP999", "plainP50",
            "plainP99", "plainP999", "millracePauseP99", "millracePauseP999", "plainPauseP99",
            "plainPauseP999", "millraceLost", "plainLost")) {
            bars.add(Bar.shown(figure + at, "wire." + figure + at));
        }
    }

    private Row wireRate() {
        Map<String, String> options = wireOptions(WIRE_PACKED);
        options.put("seconds", String.valueOf(size.lineSeconds() / 4 + 1));
        return new Row("wire-rate", "datagrams of " + WIRE_PACKED + " messages without loss",
            List.of(Contestant.of("wire", WireRateContender.class, options)),
            List.of(atLeast("of a bare channel loop", "wire.millracePackets", "wire.barePackets",
                0.9, NO_AIM),
                absolute("messages lost", "wire.millraceLost", 0),
                Bar.shown("messages/s", "wire.millraceMessages"),
                Bar.shown("datagrams/s", "wire.millracePackets"),
                Bar.shown("bare datagrams/s", "wire.barePackets")),
            null, List.of(), 1, size.rounds(), size.rounds() + 1);
    }

    private Map<String, String> wireOptions(int perDatagram) {
        Flow flow = new Flow(WIRE_SYMBOLS, WIRE_ORDERS, size.wireMessages(), WIRE_CHUNK);
        Map<String, String> options = new TreeMap<>(flow.options(workplace, 1));
        options.put("datagram", String.valueOf(perDatagram));
        options.put("core", "-1");
        return options;
    }

    private Map<String, String> replayOptions(String folder) {
        Map<String, String> options = pinned(size.day().options(workplace, BOOK_CHUNKS));
        options.put("folder", workplace.scratch().resolve(folder).toString());
        options.put("rounds", String.valueOf(maxDayRounds()));
        options.put("count", String.valueOf(size.decodeMessages()));
        return options;
    }

    private Map<String, String> ring(Map<String, String> options) {
        Map<String, String> more = pinned(options);
        more.put("capacity", String.valueOf(RING_CAPACITY));
        more.put("other", String.valueOf(other));
        return more;
    }

    private Map<String, String> pinned(Map<String, String> options) {
        Map<String, String> more = new TreeMap<>(options);
        more.put("core", String.valueOf(core));
        return more;
    }

    /** A row whose first two contestants are the same and are compared by their speed. */
    private Row row(String id, String title, List<Contestant> contestants, List<Bar> bars,
                    List<String> alike) {
        return row(id, title, contestants, bars,
            told("same", "again" + NS, "millrace" + NS), alike);
    }

    /** A row whose rounds are parts of the day and cannot go beyond it. */
    private Row dayRow(String id, String title, List<Contestant> contestants, List<Bar> bars,
                       List<String> alike) {
        return new Row(id, title, contestants, bars,
            told("same", "again" + NS, "millrace" + NS), alike, 1, size.rounds(), maxDayRounds());
    }

    private int maxDayRounds() {
        return Math.min(2 * size.rounds() + 1, size.day().rounds(BOOK_CHUNKS));
    }

    private Row row(String id, String title, List<Contestant> contestants, List<Bar> bars, Bar same,
                    List<String> alike) {
        return new Row(id, title, contestants, bars, same, alike, 1, size.rounds(),
            2 * size.rounds() + 1);
    }
}
