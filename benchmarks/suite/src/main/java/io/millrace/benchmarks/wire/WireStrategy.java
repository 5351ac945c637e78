// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.event.EventView;
import io.millrace.event.Measurement;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Notes when it has each message, which carries the time at which it was to be sent. Chain's
 * thread.
 */
final class WireStrategy implements Strategy {
    private static final int TO_RECEIVER = 0;
    private static final int TO_RING = 1;
    private static final int TO_STRATEGY = 2;
    private static final int WHOLE = 3;

    private final StageTimes times;
    private final EpochNanoClock clock;

    WireStrategy(StageTimes times, EpochNanoClock clock) {
        this.times = times;
        this.clock = clock;
    }

    @Override
    public void onEvent(EventView event, MarketView market) {
        long intendedNs = event.exchangeTimeNs();
        if (!times.counts(intendedNs)) {
            return;
        }
        long nowNs = clock.nanoTime();
        long receivedNs = event.receiveTimeNs();
        long toRingNs = Measurement.publishDeltaNs(event.buffer(), event.offset());
        times.record(TO_RECEIVER, receivedNs - intendedNs, 1);
        times.record(TO_RING, toRingNs, 1);
        times.record(TO_STRATEGY, nowNs - receivedNs - toRingNs, 1);
        times.record(WHOLE, nowNs - intendedNs, 1);
    }
}
