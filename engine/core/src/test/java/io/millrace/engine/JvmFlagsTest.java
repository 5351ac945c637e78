// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {
    @Test
    void shouldFindTheFlagsThatAreSet() {
        assertEquals(List.of(), JvmFlags.missing(JvmFlags.INTERNAL_MISC));
    }

    @Test
    void shouldNameTheMissingFlagAndTheRemedyInAJvmWithout() throws IOException,
        InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
            Bare.class.getName()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertTrue(output.contains("--add-opens java.base/jdk.internal.misc=ALL-UNNAMED"), output);
        assertTrue(output.contains("scripts/millrace"), output);
    }

    /** Starts an engine in a JVM that was given no flag. */
    public static final class Bare {
        private Bare() {
        }

        public static void main(String[] arguments) {
            new EngineContext().conclude();
        }
    }
}
