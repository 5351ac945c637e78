// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.codec.event.BboDecoder;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;

/** A strategy that looks at every best bid and offer. Chain's thread. */
final class BboSum implements Strategy {
    private long sum;
    private long count;

    @Override
    public void onBbo(BboDecoder bbo, MarketView market) {
        sum += bbo.bidPrice() + bbo.askPrice();
        count++;
    }

    /** Number of best bids and offers seen. */
    long count() {
        return count;
    }

    /** Sum of their prices. */
    long sum() {
        return sum;
    }
}
