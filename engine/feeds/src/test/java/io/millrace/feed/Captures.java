// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the captures that lie beside the project; a test that needs a missing one is skipped by its
 * name.
 */
public final class Captures {
    private Captures() {
    }

    /** A capture file by its path below the folder of captures. */
    public static Path file(String name) {
        Path folder = folder();
        assumeTrue(folder != null, "no folder of captures for " + name);
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file), "capture missing: " + file);
        return file;
    }

    private static Path folder() {
        String named = System.getProperty("millrace.captures");
        if (named != null) {
            return Path.of(named);
        }
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path candidate = place.resolve("shared").resolve("captures");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
