// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

/**
 * A sum of price times size that cannot overflow: 128 bits at 1e-15 currency units. At 100 dollars
 * the product of 93 shares alone is beyond a long. Owned by one thread.
 */
public final class Notional {
    private static final long UNITS = 1_000_000_000_000_000L;

    private long high;
    private long low;

    /** Adds a price (1e-9) times a size (1e-6); both may be negative. */
    public void add(long price, long size) {
        long productLow = price * size;
        long sum = low + productLow;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        high += Math.multiplyHigh(price, size) + carry;
        low = sum;
    }

    /** True when the sum is greater than so many whole currency units. */
    public boolean isAbove(long wholeUnits) {
        long limitHigh = Math.multiplyHigh(wholeUnits, UNITS);
        int order = Long.compare(high, limitHigh);
        return order > 0 || order == 0 && Long.compareUnsigned(low, wholeUnits * UNITS) > 0;
    }

    /** The sum in currency units, as near as a double comes: for reports. */
    public double value() {
        double unsignedLow = (low >>> 1) * 2.0 + (low & 1);
        return (high * 0x1p64 + unsignedLow) / UNITS;
    }
}
