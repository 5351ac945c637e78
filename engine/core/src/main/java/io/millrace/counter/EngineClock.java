// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import java.time.Instant;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * The one class that reads the wall clock. Between samples it counts the monotonic clock on from
 * the last one, so that a reading costs one call and allocates nothing. It never follows the wall
 * clock back by more than a correction: after a step backwards it goes on at half speed until the
 * wall clock is there. A control thread samples; any thread reads.
 */
public final class EngineClock implements EpochNanoClock, EpochClock {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int ATTEMPTS = 5;

    private final EpochNanoClock wall;
    private final NanoClock monotonic;

    /**
     * Written by the sampling thread, read by all; a single reference to what never changes, so
     * that volatile alone orders it.
     */
    private volatile Course course;

    /**
     * How readings follow from the monotonic clock.
     *
     * @param offsetNs  from the monotonic clock to the wall clock
     * @param slowUntil monotonic time before which readings go on at half speed
     * @param slowFrom  monotonic time from which they do
     * @param slowBase  reading at that time
     */
    private record Course(long offsetNs, long slowUntil, long slowFrom, long slowBase) {
        static Course plain(long offsetNs) {
            return new Course(offsetNs, Long.MIN_VALUE, 0, 0);
        }

        long at(long monotonicNs) {
            return monotonicNs >= slowUntil ? monotonicNs + offsetNs
                : slowBase + (monotonicNs - slowFrom >> 1);
        }
    }

    /** Takes the first sample of the machine's clocks. */
    public EngineClock() {
        this(EngineClock::wallNs, System::nanoTime);
    }

    /**
     * The same with other clocks, for simulated days and tests.
     *
     * @param wall      may step
     * @param monotonic never does
     */
    public EngineClock(EpochNanoClock wall, NanoClock monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
        sample();
    }

    /** A clock that begins at a time of a simulated day and goes on with the machine's. */
    public static EngineClock startingAt(long epochNs) {
        long shiftNs = epochNs - wallNs();
        return new EngineClock(() -> wallNs() + shiftNs, System::nanoTime);
    }

    /**
     * Ns since the Unix epoch; may step by the wall clock's correction when a sample was taken in
     * between.
     */
    @Override
    public long nanoTime() {
        return course.at(monotonic.nanoTime());
    }

    /** Ms since the Unix epoch. */
    @Override
    public long time() {
        return Math.floorDiv(nanoTime(), NS_PER_MS);
    }

    /** Takes the difference of the two clocks anew. Off the hot path. */
    public void sample() {
        course = Course.plain(measure().offsetNs());
    }

    /**
     * How far the wall clock is ahead of what was sampled last; 0 when the machine is too busy to
     * tell it to half of a limit.
     */
    public long driftNs(long limitNs) {
        Measurement measured = measure();
        return measured.windowNs() >= limitNs ? 0 : measured.offsetNs() - course.offsetNs();
    }

    /** Follows a step of the wall clock: forwards at once, backwards without going back. */
    public void step(long driftNs) {
        long offsetNs = course.offsetNs() + driftNs;
        long nowNs = monotonic.nanoTime();
        long readingNs = course.at(nowNs);
        long aheadNs = readingNs - nowNs - offsetNs;
        course = aheadNs <= 0 ? Course.plain(offsetNs)
            : new Course(offsetNs, nowNs + 2 * aheadNs, nowNs, readingNs);
    }

    /** True while readings are ahead of the wall clock after a step backwards. */
    public boolean isAhead() {
        return monotonic.nanoTime() < course.slowUntil();
    }

    private record Measurement(long offsetNs, long windowNs) {
    }

    /** From the reading with the shortest window. */
    private Measurement measure() {
        Measurement best = new Measurement(0, Long.MAX_VALUE);
        for (int i = 0; i < ATTEMPTS; i++) {
            long beforeNs = monotonic.nanoTime();
            long nowNs = wall.nanoTime();
            long windowNs = monotonic.nanoTime() - beforeNs;
            if (windowNs < best.windowNs()) {
                best = new Measurement(nowNs - beforeNs - windowNs / 2, windowNs);
            }
        }
        return best;
    }

    private static long wallNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NS_PER_SECOND + now.getNano();
    }
}
