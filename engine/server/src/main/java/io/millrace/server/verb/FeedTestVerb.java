// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import static io.millrace.server.config.ConfigOptions.COUNTERS_FILE;
import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;
import static io.millrace.server.config.ConfigOptions.JOURNAL_ENABLED;
import static io.millrace.server.config.RecorderOptions.RECORDER_ENABLED;

import io.millrace.server.config.Configuration;
import io.millrace.server.json.JsonLines;
import io.millrace.server.run.FeedCheck;
import io.millrace.server.run.MarketDataServer;
import io.millrace.server.run.RunOptions;
import io.millrace.server.run.RunStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `feed test`: listens to a feed as configured for some seconds and says what came. */
@Command(name = "test", description = {
    "Try the configuration of a feed end to end: join the groups, log in, listen, and say what"
        + " came on each line. Nothing is written: no journal, no recording."},
    footer = {"", "Examples:",
        "  millrace feed test --config millrace.yml",
        "  millrace feed test --feed itch50 --feed.multicast-group 233.54.12.1 \\",
        "      --feed.port 26477",
        "  millrace feed test --feed itch50 --feed.transport soupbintcp \\",
        "      --soupbintcp.host HOST --soupbintcp.port 5000 \\",
        "      --soupbintcp.username USER01 --for 10s",
        "",
        "Reading the table: datagrams is whatever arrived, packets those of the",
        "feed's session, messages what they carried. Datagrams without packets are",
        "another protocol's; packets without messages are heart-beats of a closed",
        "market. Two lines should bring about as many packets each.",
        "",
        "Exit 0 when every line brought packets; 1 when one did not: option, value",
        "and what would help stand below the table; 2 when the configuration is",
        "wrong by itself; 3 when a socket cannot be opened, such as for a group on",
        "an interface that this host does not have."})
public final class FeedTestVerb implements Callable<Integer> {
    private static final String HEAD = "%-5s %-4s %-40s %12s %12s %12s  %s%n";
    private static final String ROW = "%-5s %-4s %-40s %,12d %,12d %,12d  %s%n";
    private static final Map<String, String> WRITES_NOTHING = Map.of(JOURNAL_ENABLED, "false",
        RECORDER_ENABLED, "false", COUNTERS_FILE, "auto");
    private static final int POLL_MS = 20;

    private final Terminal terminal;

    @Mixin
    private ConfigurationFlags flags;

    @Option(names = "--for", defaultValue = "5s", paramLabel = "SPAN",
        description = "Listen so long: 500ms, 30s, 5m. Default: ${DEFAULT-VALUE}; heart-beats come"
            + " every second.")
    private String span;

    @Option(names = "--feed", paramLabel = "SOURCE", description = "As feed.source.")
    private String feed;

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public FeedTestVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = flags.load(terminal, Map.of(),
            feed == null ? Map.of() : Map.of(FEED_SOURCE, feed)).with(WRITES_NOTHING);
        RunOptions.check(configuration, terminal.environment());
        long spanNs = Durations.parseNs("--for", span);
        terminal.stop().listen();
        terminal.log("feed test: listening for " + span);
        FeedCheck check;
        try (MarketDataServer server = MarketDataServer.open(configuration, terminal.environment(),
            RunStatus.flowNs(spanNs))) {
            server.start();
            check = new FeedCheck(server);
            listen(spanNs);
            server.stop();
        }
        List<FeedCheck.Line> lines = check.lines();
        if (isJson) {
            print(lines);
        } else {
            terminal.print(table(lines));
        }
        check.notes().forEach(note -> terminal.log("note: " + note));
        lines.stream().filter(line -> line.problem() != null)
            .forEach(line -> terminal.log("problem: " + line.problem()));
        return lines.stream().allMatch(line -> line.problem() == null) ? ExitCode.OK
            : ExitCode.FINDING;
    }

    private void listen(long spanNs) {
        long beganNs = System.nanoTime();
        boolean isOver = false;
        while (!isOver) {
            isOver = terminal.stop().await(POLL_MS) || System.nanoTime() - beganNs >= spanNs;
        }
    }

    private static String table(List<FeedCheck.Line> lines) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, HEAD, "feed", "line",
            "address", "datagrams", "packets", "messages", ""));
        lines.forEach(line -> text.append(String.format(Locale.ROOT, ROW, line.feed(), line.line(),
            line.name(), line.datagrams(), line.packets(), line.messages(),
            line.problem() == null ? "ok" : "NOTHING CAME")));
        return text.toString();
    }

    private void print(List<FeedCheck.Line> all) throws IOException {
        JsonLines lines = new JsonLines(terminal.out());
        for (FeedCheck.Line line : all) {
            lines.begin().field("feed", line.feed()).field("line", line.line())
                .field("name", line.name()).field("datagrams", line.datagrams())
                .field("packets", line.packets()).field("messages", line.messages());
            if (line.problem() != null) {
                lines.field("problem", line.problem());
            }
            lines.end();
        }
        lines.flush();
    }
}
