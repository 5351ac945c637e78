// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.codec.event.ChangeAction;
import io.millrace.codec.event.DetachReason;
import io.millrace.codec.event.StrategyChangedEncoder;
import io.millrace.event.CommandQueue;
import io.millrace.event.EventDescriptor;
import java.nio.ByteOrder;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Measures strategies against their time budget and asks, through the command queue, that one be
 * detached. It decides nothing: measured time differs from run to run, so the detach enters as an
 * inbound StrategyChanged event and a replay, where nothing is measured, detaches at the very same
 * event. While sixteen events together stay within the budget no single one is timed, so that fast
 * strategies cost one clock reading in sixteen events. Owned by the chain's thread.
 */
public final class StrategyWatch {
    private static final int STRIDE = 16;
    private static final int MEASURED_EVENTS = 4096;
    private static final long MAX_UINT32 = 0xFFFF_FFFEL;

    private final NanoClock clock;
    private final long budgetNs;
    private final int overrunLimit;
    private final CommandQueue commands;
    private final AtomicCounter overruns;
    private final ErrorHandler errors;
    private final UnsafeBuffer block =
        new UnsafeBuffer(new byte[StrategyChangedEncoder.BLOCK_LENGTH]);
    private final StrategyChangedEncoder encoder = new StrategyChangedEncoder();

    /** Events of the stride so far, from 0 to its length. */
    private int strideCount;
    private int measuredLeft;
    private long strideBeganNs;

    /**
     * @param clock        measures callbacks
     * @param budgetNs     longest time for one event, 0 for no limit
     * @param overrunLimit overruns after which a detach is asked for
     * @param commands     where it is asked for, or null in a replay, whose journal already holds
     *                     the answer
     * @param overruns     counts callbacks over budget
     * @param errors       told what strategies throw
     */
    public StrategyWatch(NanoClock clock, long budgetNs, int overrunLimit, CommandQueue commands,
                         AtomicCounter overruns, ErrorHandler errors) {
        this.clock = clock;
        this.budgetNs = commands == null ? 0 : budgetNs;
        this.overrunLimit = overrunLimit;
        this.commands = commands;
        this.overruns = overruns;
        this.errors = errors;
    }

    /** Begins an event; true when each strategy is to be timed over it. */
    boolean isMeasured() {
        if (budgetNs == 0) {
            return false;
        }
        if (measuredLeft > 0) {
            measuredLeft--;
            strideBeganNs = measuredLeft == 0 ? clock.nanoTime() : strideBeganNs;
            return true;
        }
        strideCount++;
        if (strideCount < STRIDE) {
            return false;
        }
        strideCount = 0;
        long nowNs = clock.nanoTime();
        measuredLeft = nowNs - strideBeganNs > budgetNs ? MEASURED_EVENTS : 0;
        strideBeganNs = nowNs;
        return false;
    }

    long nowNs() {
        return clock.nanoTime();
    }

    /** Takes the time of one strategy over one event. */
    void onMeasured(AttachedStrategy strategy, long elapsedNs) {
        if (elapsedNs <= budgetNs) {
            return;
        }
        overruns.incrementRelease();
        strategy.overrunCount++;
        strategy.worstNs = Math.max(strategy.worstNs, elapsedNs);
        if (strategy.overrunCount >= overrunLimit) {
            requestDetach(strategy, DetachReason.OVER_BUDGET);
        }
    }

    /** Takes what a strategy threw; it is not called again. */
    void onThrown(AttachedStrategy strategy, Throwable thrown) {
        errors.onError(thrown);
        requestDetach(strategy, DetachReason.EXCEPTION);
    }

    /** Tells that a detach is known only as long as this process lives. */
    void onForgotten() {
        errors.onError(new IllegalStateException("more than " + DetachedNames.LIMIT
            + " strategies were detached: a restart does not know them all"));
    }

    /** Asks once; a full queue is asked again at the next overrun. */
    private void requestDetach(AttachedStrategy strategy, DetachReason reason) {
        if (commands == null || strategy.isDetachRequested) {
            return;
        }
        block.setMemory(0, block.capacity(), (byte) 0);
        block.putLong(EventDescriptor.EXCHANGE_TIME_OFFSET, EventDescriptor.UNDEFINED,
            ByteOrder.LITTLE_ENDIAN);
        encoder.wrap(block, 0).instrumentId(EventDescriptor.NO_INSTRUMENT)
            .strategy(strategy.name)
            .overrunCount(strategy.overrunCount)
            .worstNs(Math.min(strategy.worstNs, MAX_UINT32))
            .action(ChangeAction.REMOVED)
            .reason(reason);
        encoder.flags().last(true);
        strategy.isDetachRequested =
            commands.offer(StrategyChangedEncoder.TEMPLATE_ID, block, 0, block.capacity());
    }
}
