// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

/**
 * What a {@link RiskMonitor} guards.
 *
 * @param maxPositionShares long or short position in one instrument
 * @param maxNotional       traded on both sides in all instruments together, currency units
 * @param collarBasisPoints distance of an order's price from the middle of the market, 1/10,000
 *     of it
 */
public record RiskLimits(long maxPositionShares, long maxNotional, int collarBasisPoints) {
}
