// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventReader;
import io.millrace.event.StageChain;
import io.millrace.strategy.StrategyStage;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Runs the chain over whatever stands on the inbound ring, in batches short enough that the writer
 * soon gets its slots back. A stage that throws is a broken invariant: the chain stops for good,
 * since wrong books are worse than none, and lets the writer go. Owned by the chain's thread.
 */
public final class ChainAgent implements Agent {
    private final EventReader reader;
    private final StageChain chain;
    private final StrategyStage strategies;
    private final ChainState state;
    private final int batchLimit;
    private final EpochNanoClock clock;
    private final StageLatency latency = new StageLatency();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    /** Set by the control thread, taken by the chain's. */
    private final AtomicReference<StateCapture> armed = new AtomicReference<>();
    private boolean isFailed;

    ChainAgent(EventReader reader, StageChain chain, StrategyStage strategies, ChainState state,
        EngineContext context) {
        this.state = state;
        this.reader = reader;
        this.chain = chain;
        this.strategies = strategies;
        batchLimit = context.batchLimit();
        clock = context.clock();
    }

    @Override
    public void onStart() {
        strategies.onStart();
    }

    @Override
    public int doWork() {
        return doWork(clock);
    }

    /** The same over what an earlier life left: no time is measured. */
    int catchUp() {
        return doWork(null);
    }

    private int doWork(EpochNanoClock measuring) {
        long available = reader.available();
        long first = reader.next();
        if (first > available || isFailed) {
            return 0;
        }
        long last = Math.min(available, first + batchLimit - 1);
        StateCapture capture = armed.get();
        if (capture != null) {
            last = Math.min(last, find(capture.templateId(), first, last));
        }
        try {
            run(first, last, available, measuring);
            if (capture != null) {
                capture(capture, last);
            }
        } catch (Throwable thrown) {
            fail(thrown);
            throw thrown;
        }
        reader.release(last);
        return (int) (last - first + 1);
    }

    @Override
    public void onClose() {
        strategies.onStop();
    }

    @Override
    public String roleName() {
        return "chain";
    }

    /** Ring sequence of the last inbound event that the whole chain has taken. Any thread. */
    public long position() {
        return reader.position();
    }

    /**
     * Has the chain's thread save its state right after the next event of a kind; costs nothing
     * until then but a look at each event's kind. Replaces what was asked for before, null asks for
     * nothing. Control thread.
     */
    public void arm(StateCapture capture) {
        armed.set(capture);
    }

    /** What broke the chain, or null. Any thread. */
    public Throwable failure() {
        return failure.get();
    }

    /** Times per batch, when the engine has a clock. After close, or on the chain's thread. */
    public StageLatency latency() {
        return latency;
    }

    private void run(long first, long last, long until, EpochNanoClock measuring) {
        if (measuring == null) {
            chain.onEvents(reader.ring(), first, last, until);
            return;
        }
        long beganNs = measuring.nanoTime();
        chain.onEvents(reader.ring(), first, last, until);
        latency.onBatch(reader.ring().buffer(), reader.ring().blockOffset(first), beganNs,
            measuring.nanoTime());
    }

    /** Ring sequence of the first event of a kind in a run; beyond it when there is none. */
    private long find(int templateId, long first, long last) {
        long sequence = first;
        while (sequence <= last && EventDescriptor.templateId(reader.ring().buffer(),
            reader.ring().blockOffset(sequence)) != templateId) {
            sequence++;
        }
        return sequence;
    }

    private void capture(StateCapture capture, long last) {
        int templateId = EventDescriptor.templateId(reader.ring().buffer(),
            reader.ring().blockOffset(last));
        if (templateId == capture.templateId() && armed.compareAndSet(capture, null)) {
            capture.take(state, last);
        }
    }

    private void fail(Throwable thrown) {
        isFailed = true;
        failure.set(thrown);
        reader.detach();
    }
}
