// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineOptionsTest {
    @AfterEach
    void clear() {
        System.clearProperty(EngineOptions.CORE_PLAN_PROPERTY);
    }

    @Test
    void shouldTakeTheLaunchersPlanUnlessCoresAreConfigured() {
        System.setProperty(EngineOptions.CORE_PLAN_PROPERTY, "ingress=1,chain=2");

        assertEquals("chain=2,ingress=1", EngineOptions.cores("auto").toString());
        assertEquals("none", EngineOptions.cores("none").toString());
    }

    @Test
    void shouldPlanByTheCoresPresentWithoutALauncher() {
        assertEquals("auto", EngineOptions.cores("auto").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | none", "0-1 | auto", "4,5,9 | ingress=5,chain=9",
        "0-3 | ingress=2,chain=3", "2-9 | ingress=8,chain=9"})
    void shouldBePlannedByTheLauncherAsByTheEngineItself(String cores, String plan)
        throws Exception {
        Process check = new ProcessBuilder("../../tuning/check", "--core-plan", "--cores", cores)
            .redirectErrorStream(true).start();

        assertEquals(plan, new String(check.getInputStream().readAllBytes(),
            StandardCharsets.UTF_8).strip());
        assertEquals(0, check.waitFor());
    }
}
