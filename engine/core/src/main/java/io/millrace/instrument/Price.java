// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

/**
 * Fixed-point prices (1e-9) and sizes (1e-6) as the events carry them, and their one undefined
 * value.
 */
public final class Price {
    /** Price or size that is not there: the null value of the schema. */
    public static final long UNDEFINED = Long.MIN_VALUE;
    /** Price units in one unit of currency. */
    public static final long PRICE_UNIT = 1_000_000_000L;
    /** Size units in one share. */
    public static final long SIZE_UNIT = 1_000_000L;
    /** Factor from a wire price with four implied decimals. */
    public static final long FROM_PRICE4 = 100_000L;
    /** Factor from a wire price with eight implied decimals. */
    public static final long FROM_PRICE8 = 10L;

    private Price() {
    }

    /**
     * A wire value times a factor, or {@link #UNDEFINED} when the product overflows or the value is
     * negative.
     */
    public static long scale(long wireValue, long factor) {
        return wireValue < 0 || wireValue > Long.MAX_VALUE / factor ? UNDEFINED
            : wireValue * factor;
    }
}
