// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdgeContextTest {
    @Test
    void shouldHaveTheseKeysAndDefaults() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("edge.interface", "127.0.0.1");
        expected.put("edge.port", "8001");
        expected.put("edge.metrics-port", "8000");
        expected.put("edge.refresh-ms", "500");
        expected.put("edge.line-silence-ms", "2000");
        expected.put("edge.max-clients", "64");

        assertEquals(expected, new EdgeContext().conclude().properties());
        assertEquals(expected.keySet().toString(), new EdgeContext().properties().keySet()
            .toString());
    }

    @Test
    void shouldNameOptionValueAndRange() {
        assertEquals("edge.port 65536 is not from 0 to 65535",
            problem(new EdgeContext().port(65_536)));
        assertEquals("edge.metrics-port -1 is not from 0 to 65535",
            problem(new EdgeContext().metricsPort(-1)));
        assertEquals("edge.refresh-ms 99 is not from 100 to 10000",
            problem(new EdgeContext().refreshMs(99)));
        assertEquals("edge.line-silence-ms 99 is not from 100 to 3600000",
            problem(new EdgeContext().lineSilenceMs(99)));
        assertEquals("edge.max-clients 0 is not from 1 to 10000",
            problem(new EdgeContext().maxClients(0)));
        assertEquals("edge.metrics-port 8001 is edge.port too; name two, or 0 for any free one",
            problem(new EdgeContext().metricsPort(8001)));
    }

    @Test
    void shouldTakeTheBoundsOfEveryOption() {
        assertDoesNotThrow(() -> new EdgeContext().port(0).metricsPort(0).refreshMs(100)
            .lineSilenceMs(100).maxClients(1).conclude());
        assertDoesNotThrow(() -> new EdgeContext().port(65_535).metricsPort(65_534)
            .refreshMs(10_000).lineSilenceMs(3_600_000).maxClients(10_000).conclude());
    }

    private static String problem(EdgeContext context) {
        return assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
    }
}
