// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that runs leave behind. */
public final class Folders {
    private Folders() {
    }

    /** Removes a folder and all in it, if it is there. */
    public static void remove(Path folder) {
        try {
            for (Path path : contents(folder)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lengths of all files in a folder. */
    public static long bytes(Path folder) {
        long bytes = 0;
        try {
            for (Path path : contents(folder)) {
                bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    private static List<Path> contents(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
