// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Damage;
import io.millrace.journal.EpochLock;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.JournalVerifier.QueueReport;
import io.millrace.journal.JournalVerifier.Report;
import io.millrace.journal.TornTail;
import io.millrace.journal.UncausedTail;
import io.millrace.journal.replay.OutboundRepair;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal repair DIR`: cuts off what a torn append left, and derives an outbound queue again. */
@Command(name = "repair",
    description = "Cut off what a killed append left behind the last whole excerpt.",
    footer = {"", "Examples:",
        "  millrace journal repair --dry-run journal",
        "  millrace journal repair --outbound journal/2026-01-30",
        "What is whole is never cut, but for outbound events whose causes inbound has lost. Damage",
        "in the middle stays and is named; a damaged or short outbound queue can be derived again",
        "from a whole inbound one. An epoch that an engine",
        "writes is left alone. Exit 0 when the journal is whole now, 1 when it is not."})
public final class RepairVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean isDry;

    @Option(names = "--outbound",
        description = "Derive the outbound queue again from the inbound one, and replace it.")
    private boolean isOutbound;

    @Option(names = "--json", description = "One JSON object per step.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public RepairVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path epoch = EpochDirectory.resolve(directory);
        if (isDry) {
            return repair(epoch);
        }
        EpochLock lock = EpochLock.take(epoch);
        try (lock) {
            return repair(epoch);
        }
    }

    private int repair(Path epoch) throws IOException {
        Report report = new JournalVerifier(epoch).verify();
        boolean isWhole = true;
        for (QueueReport queue : report.queues()) {
            isWhole &= repairTail(queue);
        }
        UncausedTail uncaused = UncausedTail.find(epoch).orElse(null);
        if (uncaused != null && isOnlyUncaused(report.queues().get(1), uncaused)) {
            isWhole &= repairUncaused(uncaused);
            report = isDry ? report : new JournalVerifier(epoch).verify();
        } else {
            uncaused = null;
        }
        QueueReport inbound = report.queues().get(0);
        boolean isInboundWhole = inbound.isWhole() || inbound.isOnlyTorn();
        for (QueueReport queue : report.queues()) {
            isWhole &= isDry && uncaused != null && queue.queue() == JournalQueue.OUTBOUND
                || tellDamages(queue, isInboundWhole);
        }
        if (!isOutbound) {
            tell(isWhole ? "nothing else is wrong" : "some of it stays", "end", null);
            return isWhole ? ExitCode.OK : ExitCode.FINDING;
        }
        if (!isInboundWhole || !inbound.holes().isEmpty()) {
            tell("outbound cannot be derived again: the inbound queue is "
                + (isInboundWhole ? "not complete" : "damaged"), "refused", JournalQueue.OUTBOUND);
            return ExitCode.FINDING;
        }
        return deriveOutbound(epoch);
    }

    /** False when something was found and left, as in a dry run. */
    private boolean repairTail(QueueReport queue) throws IOException {
        TornTail torn = queue.torn();
        if (torn == null) {
            return true;
        }
        if (!isDry) {
            torn.cut();
        }
        tell((isDry ? "would cut " : "cut ") + torn.damage()
            + "; the last event before it is " + torn.lastSequence(), "cut", queue.queue());
        return !isDry;
    }

    /** True when nothing but those events, and a torn tail, is wrong with the queue. */
    private static boolean isOnlyUncaused(QueueReport queue, UncausedTail uncaused) {
        return queue.damageCount() == uncaused.last() - uncaused.firstUncaused() + 1
            + (queue.torn() == null ? 0 : 1);
    }

    /** False when it was left, as in a dry run. */
    private boolean repairUncaused(UncausedTail uncaused) throws IOException {
        if (!isDry) {
            uncaused.cut();
        }
        tell((isDry ? "would cut " : "cut ") + "back to event " + uncaused.lastKept() + ": "
            + uncaused + "; what is caused of the excerpt that was cut is derived again by the"
            + " next run, or by --outbound", "cut", JournalQueue.OUTBOUND);
        return !isDry;
    }

    private boolean tellDamages(QueueReport queue, boolean isInboundWhole) throws IOException {
        for (Damage damage : queue.damages()) {
            if (queue.torn() == null || !damage.equals(queue.torn().damage())) {
                tell("left " + damage + "; " + remedy(queue, isInboundWhole), "left",
                    queue.queue());
            }
        }
        return queue.damageCount() == (queue.torn() == null ? 0 : 1);
    }

    private static String remedy(QueueReport queue, boolean isInboundWhole) {
        if (queue.queue() == JournalQueue.INBOUND) {
            return "what it held can come only from a copy of the journal or a recording"
                + " (millrace import)";
        }
        return isInboundWhole ? "--outbound derives the queue again from the inbound one"
            : "--outbound would derive the queue again, but the inbound one is damaged too";
    }

    private int deriveOutbound(Path epoch) throws IOException {
        if (isDry) {
            tell("would derive the outbound queue again and replace it", "derive",
                JournalQueue.OUTBOUND);
            return ExitCode.FINDING;
        }
        OutboundRepair.Result result = new OutboundRepair(epoch).run();
        tell("derived " + result.derived() + " outbound events again from " + result.replayed()
            + " inbound ones; " + result.survived() + " that the old queue still showed are equal",
            "derive", JournalQueue.OUTBOUND);
        boolean isWhole = new JournalVerifier(epoch).verify().isWhole();
        tell(isWhole ? "the journal is whole" : "some of it stays", "end", null);
        return isWhole ? ExitCode.OK : ExitCode.FINDING;
    }

    private void tell(String text, String action, JournalQueue queue) throws IOException {
        String label = queue == null ? "journal" : queue.label();
        if (!isJson) {
            terminal.print(String.format("%-8s  %s%n", label, text));
            return;
        }
        JsonLines lines = new JsonLines(terminal.out());
        lines.begin().field("queue", label).field("action", action).field("text", text)
            .field("dry", isDry ? 1 : 0).end();
        lines.flush();
    }
}
