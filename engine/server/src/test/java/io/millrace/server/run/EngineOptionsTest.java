// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
}
