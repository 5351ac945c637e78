// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the recorded market data that lies beside the project, if it does. */
final class Captures {
    private Captures() {
    }

    /** A file of the captures; the test is skipped, naming the file, when it is not there. */
    static Path file(String name) {
        Path folder = folder();
        Path file = folder == null ? null : folder.resolve(name);
        assumeTrue(file != null && Files.exists(file), "skipped, no capture " + name);
        return file;
    }

    private static Path folder() {
        String named = System.getProperty("millrace.captures");
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared/captures");
            if (Files.isDirectory(beside)) {
                return beside;
            }
        }
        return null;
    }
}
