// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ReplayOutputTest {
    private final EventRing ring = new EventRing(4);
    private int seen;

    @Test
    void shouldReadOnWhenItsConsumerThrowsAndTellOfIt() {
        ReplayOutput output = new ReplayOutput("output", ring.newGatingReader(), event -> {
            seen++;
            throw new UncheckedIOException(new IOException("Broken pipe"));
        });
        EventPublisher publisher = new EventPublisher(ring, output::doWork, null, 1);
        for (int i = 0; i < 100; i++) {
            publisher.claim(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH);
        }
        publisher.commit();
        output.doWork();

        assertAll(
            () -> assertEquals("100 of which 1 was shown",
                output.count() + " of which " + seen + " was shown"),
            () -> assertTrue(output.isFailed()),
            () -> assertThrows(UncheckedIOException.class, output::rethrow));
    }
}
