// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import java.math.BigDecimal;

/** Fixed-point values as the class library knows them. */
final class Decimals {
    private static final int PRICE_SCALE = 9;
    private static final int SIZE_SCALE = 6;

    private Decimals() {
    }

    static BigDecimal price(long value) {
        return BigDecimal.valueOf(value, PRICE_SCALE);
    }

    static BigDecimal size(long value) {
        return BigDecimal.valueOf(value, SIZE_SCALE);
    }

    static String text(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
