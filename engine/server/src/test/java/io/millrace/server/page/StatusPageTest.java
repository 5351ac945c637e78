// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.page;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.edge.EdgeContext;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageTest {
    @Test
    void shouldHaveTheDefaultsOfTheEdge() {
        assertEquals(new EdgeContext().properties(),
            StatusPage.context(configuration(Map.of())).properties());
    }

    @ParameterizedTest
    @CsvSource({"edge.port, 0, 65535", "edge.metrics-port, 0, 65535",
        "edge.refresh-ms, 100, 10000", "edge.line-silence-ms, 100, 3600000",
        "edge.max-clients, 1, 10000"})
    void shouldTakeWhatTheEdgeTakes(String key, int least, int most) {
        assertEquals(false, accepts(key, least - 1));
        assertEquals(false, accepts(key, most + 1));
        for (int value : new int[] {least, most}) {
            assertDoesNotThrow(
                () -> StatusPage.context(configuration(Map.of(key, Integer.toString(value)))));
        }
    }

    @Test
    void shouldOpenNothingWhenSwitchedOff() {
        Configuration off = configuration(Map.of("edge.enabled", "false"));
        try (StatusPage page = StatusPage.open(off, Map.of())) {
            assertEquals("no page: edge.enabled is false", page.text());
            page.watch(null, off).close();
        }
    }

    private static boolean accepts(String key, int value) {
        return ConfigOptions.get(key).rule().accepts(Integer.toString(value));
    }

    private static Configuration configuration(Map<String, String> flags) {
        return new ConfigurationLoader().flags(flags).conclude();
    }
}
