// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldShowCountersAndErrorsToAnotherReader() {
        try (CountersFile file = CountersFile.create(directory.resolve("counters"))) {
            file.counters().counter("feed.packets").set(7);
            file.counters().counter("book.refused").increment();
            IllegalStateException error = new IllegalStateException("torn packet");
            file.counters().onError(error);
            file.counters().onError(error);
            try (CountersView view = new CountersView(file.path())) {
                List<String> seen = new ArrayList<>();
                view.counters().forEach((value, id, label) -> seen.add(label + " " + value));
                view.forEachError(
                    (count, first, last, text) ->
                    seen.add(count + " " + text.lines().findFirst().get()));
                assertEquals(List.of("feed.packets 7", "book.refused 1",
                    "2 java.lang.IllegalStateException: torn packet"), seen);
                assertEquals(ProcessHandle.current().pid(), view.pid());
            }
        }
    }

    @Test
    void shouldBeReadByAnotherProcess() throws IOException, InterruptedException {
        try (CountersFile file = CountersFile.create(directory.resolve("counters"))) {
            file.counters().counter("feed.packets").set(1_234_567);
            file.counters().onError(new IllegalStateException("torn packet"));
            String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process process =
                new ProcessBuilder(java, "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Reader.class.getName(),
                file.path().toString())
                .redirectErrorStream(true).start();
            String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            assertTrue(output.contains("1,234,567  feed.packets"), output);
            assertTrue(output.contains("torn packet"), output);
            assertTrue(output.contains("1 distinct errors"), output);
        }
    }

    @Test
    void shouldReplaceAFileThatAnEarlierProcessLeft() {
        Path path = directory.resolve("counters");
        try (CountersFile earlier = CountersFile.create(path)) {
            earlier.counters().counter("stale").set(1);
        }
        try (CountersFile file = CountersFile.create(path); CountersView view = new CountersView(
            file.path())) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            view.printTo(new PrintStream(text, true, StandardCharsets.UTF_8));
            assertTrue(text.toString(StandardCharsets.UTF_8).endsWith("\n0 distinct errors\n"));
        }
    }

    @Test
    void shouldRefuseAnotherFile() throws IOException {
        Path path = Files.write(directory.resolve("other"), new byte[100]);
        assertThrows(IllegalArgumentException.class, () -> new CountersView(path));
    }

    @Test
    void shouldGiveOneCounterPerLabel() {
        Counters counters = Counters.inMemory();
        counters.counter("a").increment();
        counters.counter("a").increment();
        assertEquals("2 0", counters.value("a") + " " + counters.value("b"));
    }

    /** Prints a counters file. */
    public static final class Reader {
        private Reader() {
        }

        public static void main(String[] arguments) {
            try (CountersView view = new CountersView(Path.of(arguments[0]))) {
                view.printTo(System.out);
            }
        }
    }
}
