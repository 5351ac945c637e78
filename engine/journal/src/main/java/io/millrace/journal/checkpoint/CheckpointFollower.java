// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import io.millrace.counter.Counters;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.Room;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A second chain that follows the inbound journal of a running engine and keeps its state at every
 * interval, so that the engine's own chain never has to. It takes a slice of events in each duty
 * cycle and always says that it found nothing, so that it rests between slices and a burst does not
 * make it a competitor. What it cannot write it counts and tries again an interval later; what it
 * cannot read ends it. Runs on one thread, which is not hot.
 */
public final class CheckpointFollower implements Agent {
    /** Checkpoints written by this process. */
    public static final String WRITTEN = "journal.checkpoint.written";
    /** Inbound sequence of the newest of them. */
    public static final String SEQUENCE = "journal.checkpoint.sequence";
    /** Checkpoints deleted because all together were too many bytes. */
    public static final String PRUNED = "journal.checkpoint.pruned";
    /** Checkpoints that could not be written. */
    public static final String FAILED = "journal.checkpoint.failed";

    private static final int SLICE = 1024;

    private final Path directory;
    private final EngineContext context;
    private final CheckpointPolicy policy;
    private final CheckpointStore store;
    private final Counters counters;
    private final AtomicCounter written;
    private final AtomicCounter sequence;
    private final AtomicCounter pruned;
    private final AtomicCounter failed;
    private final AtomicCounter room;
    private JournalChain chain;
    private long nextAt;
    private boolean isEnded;

    /**
     * @param epochDirectory directory of the epoch that is written
     * @param context        options of the following chain, concluded
     * @param counters       of the engine
     */
    public CheckpointFollower(Path epochDirectory, EngineContext context, CheckpointPolicy policy,
        Counters counters) {
        directory = epochDirectory;
        this.context = context;
        this.policy = policy;
        this.counters = counters;
        store = new CheckpointStore(epochDirectory);
        written = counters.counter(WRITTEN);
        sequence = counters.counter(SEQUENCE);
        pruned = counters.counter(PRUNED);
        failed = counters.counter(FAILED);
        room = counters.counter(DiskWatch.ROOM);
    }

    @Override
    public void onStart() {
        chain = new JournalChain(new Pipeline(context),
            JournalTail.following(directory, JournalQueue.INBOUND), store);
        chain.begin(Long.MAX_VALUE, reason -> counters.onError(new JournalException(reason)));
        nextAt = policy.next(position());
    }

    @Override
    public int doWork() {
        if (!isEnded) {
            try {
                follow();
            } catch (RuntimeException failure) {
                isEnded = true;
                failed.increment();
                throw failure;
            }
        }
        return 0;
    }

    @Override
    public void onClose() {
        CloseHelper.close(chain);
    }

    @Override
    public String roleName() {
        return "checkpoints";
    }

    private void follow() {
        chain.run(SLICE, nextAt);
        if (position() == nextAt) {
            write();
        }
        if (position() >= nextAt) {
            nextAt = policy.next(position());
        }
    }

    /** The journal needs what space is left. */
    private void write() {
        if (room.get() != Room.ENOUGH.ordinal()) {
            return;
        }
        try {
            store.write(chain.pipeline().state(), chain.kept());
            written.increment();
            sequence.set(position());
            pruned.getAndAdd(store.thin(policy.maxBytes()));
        } catch (UncheckedIOException failure) {
            failed.increment();
            counters.onError(failure);
        }
    }

    private long position() {
        return chain.pipeline().state().position().inboundSequence();
    }
}
