// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ClockOptions.STEP_LIMIT;
import static io.millrace.server.config.ClockOptions.SYNC_INTERVAL;
import static io.millrace.server.config.RecorderOptions.RECORDER_ENABLED;

import io.millrace.codec.event.SampleKind;
import io.millrace.codec.event.SystemSampleEncoder;
import io.millrace.counter.Counters;
import io.millrace.counter.EngineClock;
import io.millrace.event.CommandQueue;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.server.config.Configuration;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Follows the wall clock once a second. A small difference is a correction. A larger one is a step:
 * it is counted, told as a SystemSample in front of what it hits, and followed; until a later look
 * finds the clock where it should be, events carry BAD_TIME, and one more sample, without that
 * flag, ends them. Now and then a sample tells who keeps the clock, as far as files tell; the
 * offset to a better one is in none of them, so that the value is null. Control thread.
 */
final class ClockWatch {
    private static final long NS_PER_MS = 1_000_000L;
    /** A recording holds no commands; while one is made, none is asked for without need. */
    private static final int NEVER = 0;
    private static final String SUBJECT = "wall-clock";

    private final EngineClock clock;
    private final CommandQueue commands;
    private final long limitNs;
    private final int syncIntervalSeconds;
    private final ClockSync sync;
    private final AtomicCounter steps;
    private final AtomicCounter lastStepNs;
    private final AtomicCounter doubted;
    private final AtomicCounter untold;
    private final AtomicCounter keeperReadable;
    private final SystemSampleEncoder encoder = new SystemSampleEncoder();
    private final UnsafeBuffer block =
        new UnsafeBuffer(new byte[SystemSampleEncoder.BLOCK_LENGTH]);
    private long pendingNs;
    private int secondsToSync;
    private boolean isDoubted;

    /** @param counters get the steps, and what could not be told */
    ClockWatch(EngineClock clock, CommandQueue commands, Configuration configuration,
        Counters counters) {
        this(clock, commands, configuration.number(STEP_LIMIT) * NS_PER_MS,
            configuration.isTrue(RECORDER_ENABLED) ? NEVER : configuration.integer(SYNC_INTERVAL),
            new ClockSync(Path.of("/")), counters);
    }

    ClockWatch(EngineClock clock, CommandQueue commands, long limitNs, int syncIntervalSeconds,
        ClockSync sync, Counters counters) {
        this.clock = clock;
        this.commands = commands;
        this.limitNs = limitNs;
        this.syncIntervalSeconds = syncIntervalSeconds;
        this.sync = sync;
        steps = counters.counter("clock.steps");
        lastStepNs = counters.counter("clock.last-step-ns");
        doubted = counters.counter("clock.doubted");
        untold = counters.counter("clock.untold");
        keeperReadable = counters.counter("clock.keeper-readable");
    }

    /** Many times a second: follows a step once its event has had the time to go ahead. */
    void onTick() {
        if (pendingNs != 0 && commands.isEmpty()) {
            clock.step(pendingNs);
            pendingNs = 0;
        }
    }

    /** Once a second. */
    void onSecond() {
        look();
        if (syncIntervalSeconds != NEVER && secondsToSync-- <= 0) {
            secondsToSync = syncIntervalSeconds - 1;
            tellKeeper(sync.keeper());
        }
    }

    /** What cannot be read makes no event. */
    private void tellKeeper(String keeper) {
        boolean isReadable = !keeper.equals(ClockSync.UNREADABLE);
        keeperReadable.setRelease(isReadable ? 1 : 0);
        if (isReadable) {
            tell(SampleKind.CLOCK_OFFSET, keeper, EventDescriptor.UNDEFINED, false);
        }
    }

    private void look() {
        if (pendingNs != 0) {
            return;
        }
        long driftNs = clock.driftNs(limitNs);
        if (Math.abs(driftNs) >= limitNs) {
            onStep(driftNs);
        } else if (!clock.isAhead()) {
            clock.sample();
            if (isDoubted && tell(SampleKind.CLOCK_STEP, SUBJECT, 0, false)) {
                isDoubted = false;
                doubted.setRelease(0);
            }
        }
    }

    private void onStep(long driftNs) {
        if (tell(SampleKind.CLOCK_STEP, SUBJECT, driftNs, true)) {
            pendingNs = driftNs;
            isDoubted = true;
            steps.incrementRelease();
            lastStepNs.setRelease(driftNs);
            doubted.setRelease(1);
        }
    }

    /**
     * Tells a sample as an inbound event; a full queue is counted, and the next look tries again.
     *
     * @param value     UNDEFINED when it cannot be read
     * @param isBadTime true when the clock is in doubt from here on
     */
    private boolean tell(SampleKind kind, String subject, long value, boolean isBadTime) {
        encoder.wrap(block, 0)
            .exchangeTimeNs(EventDescriptor.UNDEFINED)
            .instrumentId(EventDescriptor.NO_INSTRUMENT)
            .venueId((short) 0).channelId((short) 0);
        block.putShort(EventDescriptor.FLAGS_OFFSET,
            (short) (EventFlag.LAST | (isBadTime ? EventFlag.BAD_TIME : 0)));
        encoder.channelSequence(0).value(value).threshold(limitNs).subject(subject).kind(kind);
        boolean isTold = commands.offer(SystemSampleEncoder.TEMPLATE_ID, block, 0,
            SystemSampleEncoder.BLOCK_LENGTH);
        if (!isTold) {
            untold.incrementRelease();
        }
        return isTold;
    }
}
