// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FirstTickTest {
    @Test
    void shouldPrintTheFirstTickOfACapture() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            FirstTick.main(new String[]{SimulatedDay.file().toString()});
        } finally {
            System.setOut(console);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(1, text.lines().count());
        assertTrue(text.startsWith("PYPL [Bbo]"), text);
        assertTrue(text.contains("causeSequence=166|"), text);
    }

    @Test
    void shouldTakeLessThanThirtyLines() throws IOException {
        Path source = Path.of("src/main/java/io/millrace/examples/FirstTick.java");
        assertTrue(Files.readAllLines(source).size() < 30);
    }
}
