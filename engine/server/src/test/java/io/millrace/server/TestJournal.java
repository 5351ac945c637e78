// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/** Journals made through the verbs, and the sizes that tests have. */
final class TestJournal {
    static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    static final String DATE = "2026-01-30";

    private TestJournal() {
    }

    /** Imports a simulated day; returns the directory of its epoch. */
    static Path simulated(Path folder, long messages, int symbols, String length) {
        Path file = folder.resolve("day.itch50");
        IoUtil.ensureDirectoryExists(folder.toFile(), "folder of the test");
        assertEquals(0, CommandRun.of("generate", "--to", file.toString(), "--messages",
            Long.toString(messages), "--symbols", Integer.toString(symbols), "--length", length)
            .exitCode());
        return imported(folder, file, "--simulated");
    }

    /** Imports a file; returns the directory of its epoch. */
    static Path imported(Path folder, Path file, String... more) {
        Path root = folder.resolve("journal");
        String[] line = Stream.concat(Stream.of("import", "--feed", "itch50", file.toString(),
            "--journal", root.toString(), "--date", DATE), Stream.of(more)).toArray(String[]::new);
        CommandRun run = CommandRun.of(line);
        assertEquals(0, run.exitCode(), run.log());
        return root.resolve(DATE);
    }

    /** A copy of an epoch in another root. */
    static Path copy(Path epoch, Path root) throws IOException {
        Path copy = root.resolve(epoch.getFileName());
        try (Stream<Path> files = Files.walk(epoch)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(epoch.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }
}
