// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CounterWordingTest {
    @Test
    void shouldNameStatesAndGroupTheDigitsOfAllElse() {
        List<String> words = List.of(CounterWording.of("engine.state", 1),
            CounterWording.of("journal.inbound.state", 2),
            CounterWording.of("feed.SIMA-1.breaker", 2), CounterWording.of("engine.state", 99),
            CounterWording.of("feed.SIMA-1.breaker-opened", 1234567));

        assertEquals(List.of("running", "degraded: disk full", "half open", "99", "1,234,567"),
            words);
    }
}
