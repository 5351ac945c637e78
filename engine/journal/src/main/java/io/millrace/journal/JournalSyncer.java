// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Forces a queue's file to the device every so many ms, off the append path, and publishes the
 * sequence that is safe from a power loss as {@code journal.<queue>.synced}. What a force failed to
 * write may be lost even when a later one succeeds, so that nothing is safe any more after one.
 * Runs on a thread of its own.
 */
public final class JournalSyncer implements Agent {
    private final JournalQueue queue;
    private final FileChannel channel;
    private final AtomicCounter sequence;
    private final AtomicCounter synced;
    private final AtomicCounter unforced;
    private final NanoClock clock;
    private final long intervalNs;
    private long dueNs;

    JournalSyncer(Path file, JournalQueue queue, JournalContext context, NanoClock clock) {
        this.queue = queue;
        this.clock = clock;
        intervalNs = context.syncIntervalMs() * 1_000_000L;
        sequence = context.counters().counter(JournalWriter.label(queue, "sequence"));
        synced = context.counters().counter(JournalWriter.label(queue, "synced"));
        unforced = context.counters().counter(JournalWriter.label(queue, "unforced"));
        dueNs = clock.nanoTime() + intervalNs;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    @Override
    public int doWork() {
        if (clock.nanoTime() - dueNs < 0) {
            return 0;
        }
        dueNs = clock.nanoTime() + intervalNs;
        return force();
    }

    private int force() {
        long appended = sequence.get();
        if (appended == synced.get()) {
            return 0;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            unforced.incrementRelease();
            throw new UncheckedIOException("cannot force the journal", e);
        }
        if (unforced.get() == 0) {
            synced.setRelease(appended);
        }
        return 1;
    }

    @Override
    public void onClose() {
        try (channel) {
            force();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the forced file", e);
        }
    }

    @Override
    public String roleName() {
        return queue == JournalQueue.INBOUND ? "sync-in" : "sync-out";
    }
}
