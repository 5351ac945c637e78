// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NotionalTest {
    private static final BigInteger UNITS = BigInteger.TEN.pow(15);

    @Test
    void shouldHoldWhatALongCannot() {
        Notional notional = new Notional();
        notional.add(100_000_000_000L, 93_000_000L);
        assertTrue(notional.isAbove(9_299));
        assertFalse(notional.isAbove(9_300));
        assertEquals(9_300.0, notional.value());
    }

    @Test
    void shouldAddLikeBigIntegers() {
        Random random = new Random(1);
        Notional notional = new Notional();
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < 100_000; i++) {
            long price = random.nextLong(1, 200_000_000_000_000L);
            long size = random.nextLong(-1_000_000_000_000L, 10_000_000_000_000L);
            notional.add(price, size);
            sum = sum.add(BigInteger.valueOf(price).multiply(BigInteger.valueOf(size)));
            long whole = sum.divide(UNITS).longValueExact();
            assertTrue(notional.isAbove(whole - 1) && !notional.isAbove(whole + 1));
        }
        assertEquals(sum.doubleValue() / 1e15, notional.value(),
            Math.abs(notional.value()) * 1e-12);
    }
}
