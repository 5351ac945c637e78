// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.engine.ThreadingMode;
import io.millrace.journal.EpochLock;
import io.millrace.journal.Journal;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.config.Configuration;
import io.millrace.server.run.JournalReplay;
import io.millrace.server.run.MarketDataServer;
import io.millrace.server.topic.TopicFollower;
import java.io.IOException;
import java.nio.file.Path;

/** What `run` does when its feed is a topic: an engine that follows another one. Main thread. */
final class TopicRun {
    private static final long STATUS_NS = 1_000_000_000L;
    private static final int POLL_MS = 20;

    private final Terminal terminal;

    TopicRun(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(Configuration configuration, long spanNs, boolean isProven) throws IOException {
        Path epoch = MarketDataServer.epochDirectory(configuration);
        if (Journal.exists(epoch)) {
            throw new UsageException(epoch + " holds a journal already, and an engine that follows"
                + " a topic begins one; name another --journal.directory, or move it away");
        }
        terminal.stop().listen();
        EpochLock lock = EpochLock.take(epoch);
        try (lock) {
            return follow(configuration, spanNs, isProven);
        }
    }

    private int follow(Configuration configuration, long spanNs, boolean isProven)
        throws IOException {
        terminal.log("run: waiting for the head of the journal in the topic");
        long beganNs = System.nanoTime();
        TopicFollower follower = TopicFollower.open(configuration, () -> isOver(beganNs, spanNs));
        if (follower == null) {
            terminal.log("run: the topic holds no journal of this trading date");
            return ExitCode.FINDING;
        }
        try (follower) {
            follower.start();
            long nextNs = beganNs;
            while (!terminal.stop().await(POLL_MS) && !isOver(beganNs, spanNs)
                && !follower.isDone()) {
                if (System.nanoTime() >= nextNs) {
                    nextNs = System.nanoTime() + STATUS_NS;
                    terminal.log(follower.status());
                }
            }
        }
        return report(follower, isProven);
    }

    private boolean isOver(long beganNs, long spanNs) {
        return terminal.stop().isRequested() || System.nanoTime() - beganNs >= spanNs;
    }

    private int report(TopicFollower follower, boolean isProven) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean isGood = follower.report(text);
        if (isProven) {
            Proof proof = new JournalReplay(follower.epochDirectory(), ThreadingMode.INVOKER)
                .prove(ReplayContext.MAX_SPEED);
            text.append("proof    ").append(ProofText.line(proof)).append('\n');
            isGood &= proof.isEqual();
        }
        terminal.print(text.toString());
        return isGood ? ExitCode.OK : ExitCode.FINDING;
    }
}
