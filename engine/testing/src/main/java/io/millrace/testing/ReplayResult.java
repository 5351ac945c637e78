// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.strategy.MarketView;

/**
 * What a replay did.
 *
 * @param inboundEvents events that went into the chain
 * @param derivedEvents events that the chain derived from them
 * @param firstTimeNs   chain time of the first event that strategies saw, 0 when there was none
 * @param lastTimeNs    chain time of the last event
 * @param market        the market after the last event
 */
public record ReplayResult(long inboundEvents, long derivedEvents, long firstTimeNs,
                           long lastTimeNs, MarketView market) {
}
