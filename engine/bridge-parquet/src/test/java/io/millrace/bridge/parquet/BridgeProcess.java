// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A bridge in a process of its own, that is killed while it writes. */
final class BridgeProcess {
    private static final int BATCH = 200;
    private static final long PATIENCE_NS = 60_000_000_000L;

    private BridgeProcess() {
    }

    /** The process: folder of the journals, folder of the files. */
    public static void main(String[] arguments) throws IOException {
        Bridge bridge = new Bridge(new BridgeContext().journalRoot(Path.of(arguments[0]))
            .batchEvents(BATCH).lingerMs(1), ParquetSink.factory(new ParquetContext()
                .directory(Path.of(arguments[1])).minimumFreeMb(0)));
        while (true) {
            if (bridge.doWork() == 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /** Starts one and kills it, so long after it wrote something. */
    static void killed(Path root, Path files, long afterNs) throws Exception {
        long before = count(files);
        Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@../../.mvn/jvm-flags", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
            "-cp", System.getProperty("java.class.path"), BridgeProcess.class.getName(),
            root.toString(), files.toString()).inheritIO().start();
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (count(files) <= before) {
            if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                process.destroyForcibly();
                throw new IllegalStateException("the bridge wrote nothing");
            }
            LockSupport.parkNanos(100_000);
        }
        LockSupport.parkNanos(afterNs);
        process.destroyForcibly().waitFor();
    }

    private static long count(Path files) throws IOException {
        Path manifests = files.resolve("manifest");
        if (!Files.isDirectory(manifests)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> paths = Files.list(manifests)) {
            for (Path path : paths.toList()) {
                bytes += Files.size(path);
            }
        }
        return bytes;
    }
}
