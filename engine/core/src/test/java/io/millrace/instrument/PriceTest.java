// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

import static io.millrace.instrument.Price.FROM_PRICE4;
import static io.millrace.instrument.Price.FROM_PRICE8;
import static io.millrace.instrument.Price.UNDEFINED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.OrderAddedEncoder;
import org.junit.jupiter.api.Test;

class PriceTest {
    @Test
    void shouldScaleWirePrices() {
        assertEquals(123_450_000_000L, Price.scale(1_234_500, FROM_PRICE4));
        assertEquals(10, Price.scale(1, FROM_PRICE8));
        assertEquals(0, Price.scale(0, FROM_PRICE4));
        assertEquals(0xFFFF_FFFFL * FROM_PRICE4, Price.scale(0xFFFF_FFFFL, FROM_PRICE4));
    }

    @Test
    void shouldBeUndefinedWhenScalingOverflows() {
        long greatest = Long.MAX_VALUE / FROM_PRICE8;
        assertEquals(greatest * FROM_PRICE8, Price.scale(greatest, FROM_PRICE8));
        assertEquals(UNDEFINED, Price.scale(greatest + 1, FROM_PRICE8));
        assertEquals(UNDEFINED, Price.scale(-1, FROM_PRICE8));
        assertEquals(UNDEFINED, Price.scale(Long.MIN_VALUE, FROM_PRICE4));
    }

    @Test
    void shouldShareTheNullOfTheSchema() {
        assertEquals(OrderAddedEncoder.priceNullValue(), UNDEFINED);
        assertEquals(OrderAddedEncoder.sizeNullValue(), UNDEFINED);
    }
}
