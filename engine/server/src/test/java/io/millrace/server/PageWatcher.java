// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A headless browser at the page, as scripts/browser puts it together: what a person would see, ten
 * times a second, in the order in which it was seen.
 */
final class PageWatcher implements AutoCloseable {
    private static final Path SCRIPT = Path.of("src/test/browser/page.mjs");
    private static final long PATIENCE_NS = 60_000_000_000L;

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter commands;
    private Map<String, Object> seen;

    private PageWatcher(Process process) throws IOException {
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        seen = Map.of();
    }

    /** Returns when the browser runs; it looks for the page until there is one. */
    static PageWatcher open(String address, Path pictures) throws IOException {
        String folder = System.getProperty("millrace.browser", "");
        assumeTrue(!folder.isEmpty(), "skipped, no browser: scripts/browser installs one");
        Files.createDirectories(pictures);
        PageWatcher watcher = new PageWatcher(new ProcessBuilder("node", SCRIPT.toString(), folder,
            address, pictures.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        watcher.await("the browser", page -> page.containsKey("isLaunched"));
        return watcher;
    }

    /** Goes on looking until something is seen, for a minute; what came before it was not. */
    Map<String, Object> await(String what, Predicate<Map<String, Object>> wanted)
        throws IOException {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            seen = JsonText.object(line);
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("the browser did not see " + what + "; last: " + seen);
            }
        }
        throw new AssertionError("the browser ended before it saw " + what + "; last: " + seen);
    }

    /** Gives a command and waits until it is done. */
    Map<String, Object> command(String command) throws IOException {
        commands.println(command);
        return await(command, page -> command.equals(page.get("done")));
    }

    /** A picture of the whole page. */
    void shot(String name) throws IOException {
        command("shot " + name);
    }

    /** A text or list of the page by its path, such as lines, SIMA-1 A, state. */
    static String at(Map<String, Object> page, String... path) {
        Object value = page;
        for (String step : path) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value == null ? "" : value.toString();
    }

    /** A number of the page, however it is grouped. */
    static long number(Map<String, Object> page, String... path) {
        String digits = at(page, path).replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** What went wrong in the browser so far. */
    void assertNoErrors() {
        assertEquals(List.of(), seen.get("errors"));
    }

    @Override
    public void close() throws IOException {
        commands.println("end");
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.close();
    }
}
