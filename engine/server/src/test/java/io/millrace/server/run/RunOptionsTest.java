// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
    @Test
    void shouldRefuseInlineAsNobodyWouldDriveALiveEngine() {
        assertEquals(List.of("engine.threading: 'inline' leaves a live engine without a thread;"
            + " run takes one of auto, shared, dedicated"),
            problems(Map.of("engine.threading", "inline")));
    }

    @Test
    void shouldRefusePinsOfThreadsThatAreNotThere() {
        assertEquals(List.of("engine.cores: 'shared=1' pins shared, which no thread is called;"
            + " with engine.threading 'dedicated' they are ingress, chain, journal-in,"
            + " journal-out"),
            problems(Map.of("engine.threading", "dedicated", "engine.cores", "shared=1")));
        assertEquals(2, problems(Map.of("engine.threading", "shared", "engine.cores",
            "ingress=0,chain=1")).size());
        assertEquals(1, problems(Map.of("engine.threading", "dedicated", "engine.cores",
            "chain=0,journal-in=1", "journal.enabled", "false")).size());
    }

    @Test
    void shouldRefuseMoreBooksThanThereCanBe() {
        assertEquals(List.of("engine.max-instruments times engine.max-venues: 500000 is not from"
            + " 1 to 131072"), problems(Map.of("engine.max-instruments", "100000")));
    }

    @Test
    void shouldTakeTheDefaultsAndPinsOfThreadsThatAreThere() {
        assertDoesNotThrow(() -> check(Map.of()));
        assertDoesNotThrow(() -> check(Map.of("engine.threading", "shared", "engine.cores",
            "shared=1")));
        assertDoesNotThrow(() -> check(Map.of("engine.threading", "dedicated", "engine.cores",
            "ingress=0,chain=1,journal-in=2,journal-out=2")));
    }

    private static List<String> problems(Map<String, String> flags) {
        return assertThrows(ConfigurationException.class, () -> check(flags)).problems();
    }

    private static void check(Map<String, String> flags) {
        RunOptions.check(new ConfigurationLoader().flags(flags).conclude(), Map.of());
    }
}
