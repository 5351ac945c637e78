// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import static io.millrace.server.config.ConfigOptions.ENGINE_INBOUND;
import static io.millrace.server.config.ConfigOptions.ENGINE_SHARD;
import static io.millrace.server.config.ConfigOptions.FEED_DATE;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP_B;
import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;
import static io.millrace.server.config.ConfigOptions.JOURNAL_DIRECTORY;
import static io.millrace.server.config.ConfigOptions.JOURNAL_ENABLED;

import io.millrace.engine.ThreadingMode;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.journal.EpochLock;
import io.millrace.journal.Journal;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.SimulatorOptions;
import io.millrace.server.page.StatusPage;
import io.millrace.server.run.EngineOptions;
import io.millrace.server.run.JournalReplay;
import io.millrace.server.run.MarketDataServer;
import io.millrace.server.run.RunOptions;
import io.millrace.server.run.RunReport;
import io.millrace.server.run.RunStatus;
import io.millrace.server.run.SimulatedDay;
import io.millrace.server.run.TradingDays;
import io.millrace.server.topic.TopicFollower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `run`: the engine with its feed and journals, until a time has passed or it is asked to stop. */
@Command(name = "run", description = "Run the engine; on stop print the latency and loss report.",
    footer = {"", "Examples:", "  millrace run --demo --for 20s",
        "  millrace run --config millrace.yml",
        "  millrace run --feed itch50 --feed.multicast-group 233.54.12.1 --feed.port 26477",
        "A trading date whose journal exists is gone on with: replayed, compared, and each session",
        "asks its venue for what came meanwhile.",
        "Exit 0 only when nothing was lost undeclared, the books are equal to a simulated",
        "exchange's, and the journal is verified (with --prove: proven). A live feed whose trading",
        "date is over stops the run with exit 1, as its messages would get the wrong date.",
        "A full disk: exit 1 when there are holes in the journal, 3 with journal.on-full halt."})
public final class RunVerb implements Callable<Integer> {
    private static final String SIMULATOR = "simulator";
    private static final String DEMO_DIRECTORY = "journal/demo";
    /** Holds seconds of flow, so that a busy machine delays events instead of losing packets. */
    private static final String DEMO_INBOUND = "262144";
    /** Two lines that lose, repeat and reorder, and a server that heals what both have lost. */
    private static final Map<String, String> DEMO = Map.of(FEED_SOURCE, SIMULATOR,
        JOURNAL_DIRECTORY, DEMO_DIRECTORY, ENGINE_INBOUND, DEMO_INBOUND,
        FEED_GROUP_B, "239.77.1.129", SimulatorOptions.LOSS, "10000",
        SimulatorOptions.DUPLICATES, "10000", SimulatorOptions.REORDER, "10000",
        SimulatorOptions.REQUEST_SERVER, "on");
    private static final long DEMO_NS = 20_000_000_000L;
    private static final long LONGEST_FLOW_NS = 3_600_000_000_000L;
    private static final long STATUS_NS = 1_000_000_000L;
    private static final int POLL_MS = 20;

    private final Terminal terminal;

    @Mixin
    private ConfigurationFlags flags;

    @Option(names = "--for", paramLabel = "SPAN",
        description = "Stop after so long: 500ms, 30s, 5m.")
    private String span;

    @Option(names = "--feed", paramLabel = "SOURCE", description = "As feed.source.")
    private String feed;

    @Option(names = "--shard", paramLabel = "I/N", description = "As engine.shard.")
    private String shard;

    @Option(names = "--demo", description = "A simulated exchange on two lines that lose,"
        + " repeat and reorder, proven, in " + DEMO_DIRECTORY + ".")
    private boolean isDemo;

    @Option(names = "--prove", negatable = true,
        description = "Replay the journal at the end and compare the fingerprints.")
    private Boolean isProven;

    /** @param terminal where data and log go */
    public RunVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = flags.load(terminal, preset(),
            shard == null ? Map.of() : Map.of(ENGINE_SHARD, shard));
        checkDemo(configuration);
        if (TopicFollower.isWanted(configuration)) {
            return new TopicRun(terminal).run(configuration, span == null ? Long.MAX_VALUE
                : Durations.parseNs("--for", span), Boolean.TRUE.equals(isProven));
        }
        RunOptions.check(configuration, terminal.environment());
        long spanNs = span != null ? Durations.parseNs("--for", span) : isDemo ? DEMO_NS
            : Long.MAX_VALUE;
        TradingDays days = new TradingDays(configuration);
        String problem = SimulatedDay.problem(configuration,
            Math.min(spanNs, LONGEST_FLOW_NS) / days.count());
        if (problem != null) {
            throw new UsageException(problem);
        }
        try (StatusPage page = StatusPage.open(configuration, terminal.environment())) {
            makeRoom(days.first());
            terminal.log("run: " + page.text());
            terminal.stop().listen();
            return run(days, page, spanNs);
        }
    }

    private void checkDemo(Configuration configuration) {
        if (isDemo && (feed != null && !feed.equals(SIMULATOR)
            || !EngineOptions.isSimulated(configuration))) {
            throw new UsageException((feed != null ? "--feed: '" + feed : FEED_SOURCE + ": '"
                + configuration.text(FEED_SOURCE)) + "' does not go with --demo, which has a"
                + " simulated exchange of its own; leave out one of the two");
        }
    }

    /**
     * One date after the other; the page stays open between them. A span begins when the engine
     * runs: what it takes to open it, or to take up a journal, is not of it.
     */
    private int run(TradingDays days, StatusPage page, long spanNs) throws IOException {
        long leftNs = spanNs;
        long dayNs = spanNs / days.count();
        List<LeftSession> yesterday = List.of();
        int exitCode = ExitCode.OK;
        Configuration day = days.first();
        while (day != null) {
            MarketDataServer server = MarketDataServer.open(day, terminal.environment(),
                RunStatus.flowNs(Math.min(dayNs, LONGEST_FLOW_NS)));
            try (server) {
                server.follow(yesterday);
                long beganNs = System.nanoTime();
                exitCode = Math.max(exitCode, live(server, page, day,
                    days.count() > 1 ? dayNs : leftNs));
                leftNs -= System.nanoTime() - beganNs;
                day = isOver(server) ? days.next(day) : null;
                yesterday = server.leave();
            }
            if (day != null) {
                terminal.log("run: trading date " + day.text(FEED_DATE) + " begins");
                makeRoom(day);
            }
        }
        return exitCode;
    }

    /** True when the date ended, and not the run. */
    private boolean isOver(MarketDataServer server) {
        RunStatus status = new RunStatus(server);
        return !terminal.stop().isRequested() && !status.isFailed()
            && status.haltReason() == null
            && (status.isDone() || server.isRollDue());
    }

    private int live(MarketDataServer server, StatusPage page, Configuration day,
        long spanNs) throws IOException {
        String dateProblem;
        RunStatus status;
        StatusPage.Watching watching = page.watch(server, day);
        try (watching) {
            if (!new RestartLog(terminal).catchUp(server)) {
                return ExitCode.OK;
            }
            server.start();
            status = new RunStatus(server);
            dateProblem = watch(server, status, spanNs);
            server.stop();
        }
        int exitCode = report(server, new RunReport(server).check().date(dateProblem));
        if (status.haltReason() == null) {
            return exitCode;
        }
        terminal.log("run: stopped by " + status.haltReason());
        return ExitCode.IO;
    }

    private int report(MarketDataServer server, RunReport report) throws IOException {
        boolean isWanted = isProven != null ? isProven : isDemo;
        if (isWanted && server.epochDirectory() != null) {
            Proof proof = new JournalReplay(server.epochDirectory(), ThreadingMode.INVOKER)
                .prove(ReplayContext.MAX_SPEED);
            report.proof(proof.isEqual(), ProofText.line(proof));
        }
        terminal.print(report.text());
        return report.isGood() ? ExitCode.OK : ExitCode.FINDING;
    }

    private Map<String, String> preset() {
        if (isDemo) {
            return DEMO;
        }
        return feed == null ? Map.of() : Map.of(FEED_SOURCE, feed);
    }

    /** Returns why the feed's trading date is over, or null when something else ended the run. */
    private String watch(MarketDataServer server, RunStatus status, long spanNs) {
        long beganNs = System.nanoTime();
        long nextNs = beganNs + STATUS_NS;
        String dateProblem = null;
        while (!terminal.stop().await(POLL_MS) && System.nanoTime() - beganNs < spanNs
            && !status.isDone() && !status.isFailed() && dateProblem == null
            && !server.isRollDue() && status.haltReason() == null) {
            server.onTick();
            dateProblem = server.dateProblem();
            if (System.nanoTime() >= nextNs) {
                nextNs += STATUS_NS;
                server.onSecond();
                terminal.log(status.line());
            }
        }
        terminal.log(status.line());
        return dateProblem;
    }

    private void makeRoom(Configuration configuration) {
        Path epoch = MarketDataServer.epochDirectory(configuration);
        if (!configuration.isTrue(JOURNAL_ENABLED) || !Journal.exists(epoch)) {
            return;
        }
        if (!EngineOptions.isSimulated(configuration)) {
            return;
        }
        if (!isDemo || Journal.isBegun(epoch) && !Journal.head(epoch).isSimulated()) {
            throw new UsageException(epoch + " holds a journal already, and the simulated exchange"
                + " begins its day anew; name another --journal.directory, or move it away");
        }
        EpochLock lock = EpochLock.take(epoch);
        try {
            terminal.log("run: " + epoch + " of an earlier demonstration makes room");
            lock.clear();
        } finally {
            lock.close();
        }
    }
}
