// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.deep;

import io.millrace.codec.deep10.PriceLevelBuyUpdateDecoder;
import io.millrace.codec.deep10.PriceLevelSellUpdateDecoder;

/**
 * Takes every message that only DEEP has as the flyweight of its type. A flyweight is valid only
 * during the call.
 */
public interface DeepListener {
    /** Type 8. */
    void onPriceLevelBuyUpdate(PriceLevelBuyUpdateDecoder message);

    /** Type 5. */
    void onPriceLevelSellUpdate(PriceLevelSellUpdateDecoder message);
}
