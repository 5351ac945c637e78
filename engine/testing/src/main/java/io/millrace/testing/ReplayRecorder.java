// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.event.EventView;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;

/** Notes what a replay showed to strategies. Owned by the chain's thread. */
final class ReplayRecorder implements Strategy {
    private final long fromNs;
    private long firstTimeNs;
    private long lastTimeNs;

    ReplayRecorder(long fromNs) {
        this.fromNs = fromNs;
    }

    @Override
    public String name() {
        return "replay-recorder";
    }

    @Override
    public void onEvent(EventView event, MarketView market) {
        lastTimeNs = market.timeNs();
        if (firstTimeNs == 0 && lastTimeNs >= fromNs) {
            firstTimeNs = lastTimeNs;
        }
    }

    long firstTimeNs() {
        return firstTimeNs;
    }

    long lastTimeNs() {
        return lastTimeNs;
    }
}
