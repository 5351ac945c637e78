// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static io.millrace.simulator.wire.OptionRange.check;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** When a venue sends: its clock, heart-beats, ends, bursts, a step of the clock, a restart. */
public final class PacingContext {
    public static final long START_DELAY_NS_DEFAULT = 200_000_000L;
    public static final long HEARTBEAT_INTERVAL_NS_DEFAULT = 1_000_000_000L;
    public static final long END_INTERVAL_NS_DEFAULT = 50_000_000L;
    public static final int END_COUNT_DEFAULT = 20;
    /** Value of {@link #restartAtNs} for a session that lasts the whole day. */
    public static final long NEVER = -1;

    private static final long MAX_NS = Long.MAX_VALUE / 4;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final int MAX_BURSTS = 16;

    private final List<BurstContext> bursts = new ArrayList<>();
    private long startDelayNs = START_DELAY_NS_DEFAULT;
    private long heartbeatIntervalNs = HEARTBEAT_INTERVAL_NS_DEFAULT;
    private long endIntervalNs = END_INTERVAL_NS_DEFAULT;
    private int endCount = END_COUNT_DEFAULT;
    private long restartAtNs = NEVER;
    private long clockStepAtNs;
    private long clockStepNs;
    private NanoClock clock = SystemNanoClock.INSTANCE;

    /** Time from the first heart-beat to the first message, ns. */
    public PacingContext startDelayNs(long value) {
        startDelayNs = value;
        return this;
    }

    /** Silence after which a heart-beat is sent, ns. */
    public PacingContext heartbeatIntervalNs(long value) {
        heartbeatIntervalNs = value;
        return this;
    }

    /** How often the end of the session is told, and the time from one to the next. */
    public PacingContext ends(int count, long intervalNs) {
        endCount = count;
        endIntervalNs = intervalNs;
        return this;
    }

    /** After so long a new session begins with all that is open; {@link #NEVER} for none. */
    public PacingContext restartAtNs(long value) {
        restartAtNs = value;
        return this;
    }

    /** After so long the exchange's clock, which stamps messages, steps by so much. */
    public PacingContext clockStep(long atNs, long stepNs) {
        clockStepAtNs = atNs;
        clockStepNs = stepNs;
        return this;
    }

    /** One more profile of bursts. */
    public PacingContext burst(BurstContext value) {
        bursts.add(value);
        return this;
    }

    /** The clock that paces. */
    public PacingContext clock(NanoClock value) {
        clock = value;
        return this;
    }

    /** Throws when an option is out of range. */
    public PacingContext conclude() {
        check("simulator.start-delay-ns", startDelayNs, 0, MAX_NS);
        check("simulator.heartbeat-interval-ns", heartbeatIntervalNs, 1, MAX_NS);
        check("simulator.end-interval-ns", endIntervalNs, 0, MAX_NS);
        check("simulator.end-count", endCount, 1, 1_000);
        check("simulator.restart-at-ns", restartAtNs, NEVER, MAX_NS);
        check("simulator.clock-step-at-ns", clockStepAtNs, 0, MAX_NS);
        check("simulator.clock-step-ns", clockStepNs, -HOUR_NS, HOUR_NS);
        check("simulator.bursts", bursts.size(), 0, MAX_BURSTS);
        bursts.forEach(BurstContext::conclude);
        return this;
    }

    public long startDelayNs() {
        return startDelayNs;
    }

    public long heartbeatIntervalNs() {
        return heartbeatIntervalNs;
    }

    public long endIntervalNs() {
        return endIntervalNs;
    }

    public int endCount() {
        return endCount;
    }

    public long restartAtNs() {
        return restartAtNs;
    }

    public long clockStepAtNs() {
        return clockStepAtNs;
    }

    public long clockStepNs() {
        return clockStepNs;
    }

    public List<BurstContext> bursts() {
        return List.copyOf(bursts);
    }

    public NanoClock clock() {
        return clock;
    }
}
