// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a report works. Immutable.
 *
 * @param root    folder of the project
 * @param report  folder that takes the report and the contenders' logs
 * @param scratch folder on a real disk that takes message files and journals
 * @param servers folder in which scripts/services keeps its servers' ports, or null
 */
record Workplace(Path root, Path report, Path scratch, Path servers) {
    private static final String FLAGS = ".mvn/jvm-flags";

    /**
     * The workplace around the folder that holds the project's flags, the working folder or above.
     */
    static Workplace find(Path scratch, Path servers) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve(FLAGS))) {
            root = root.getParent();
        }
        if (root == null) {
            throw new IllegalStateException("no " + FLAGS + " here or above");
        }
        Path disk = scratch != null ? scratch : root.resolve("benchmarks/suite/target/scratch");
        try {
            Files.createDirectories(root.resolve("report/bench-logs"));
            Files.createDirectories(disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Workplace(root, root.resolve("report"), disk.toAbsolutePath(),
            servers);
    }

    /** The java command with the project's flags: this process' own JDK. */
    List<String> java() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + root.resolve(FLAGS), "@" + root.resolve(FLAGS + "-run"));
    }

    /** Class path of a contender. */
    String classPath(Contestant.Home home) {
        if (home == Contestant.Home.SUITE) {
            return System.getProperty("java.class.path");
        }
        Path target = root.resolve("benchmarks/exchange-core/target");
        try {
            return target.resolve("classes") + ":"
                + Files.readString(target.resolve("class-path.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException("exchange-core's class path is not built", e);
        }
    }

    /** Address of a server on loopback. */
    String address(String server) {
        try {
            return "127.0.0.1:" + Files.readString(servers.resolve(server + ".port")).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(server + " does not run in " + servers, e);
        }
    }

    /** File that takes what a contender says on standard error. */
    Path log(String name) {
        return report.resolve("bench-logs").resolve(name + ".log");
    }

    /** Removes a folder of the scratch place. */
    void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
