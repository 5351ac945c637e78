// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A bridge in a process of its own that ends at once, without a word to anybody, between an
 * acknowledgement and the checkpoint behind it.
 */
public final class BridgeProcess {
    private static final long PATIENCE_S = 60;
    private static final int HALT_CODE = 99;

    private BridgeProcess() {
    }

    /** @param args journal root, bootstrap servers, prefix, transactions, acknowledgements */
    public static void main(String[] args) throws IOException {
        int[] left = {Integer.parseInt(args[4])};
        Bridge bridge = new Bridge(new BridgeContext().journalRoot(Path.of(args[0]))
            .batchEvents(KafkaBridgeTest.BATCH_EVENTS).lingerMs(1).beforeCheckpoint(() -> {
                if (--left[0] == 0) {
                    Runtime.getRuntime().halt(HALT_CODE);
                }
            }), KafkaSink.factory(new KafkaContext().bootstrapServers(args[1])
                .topicPrefix(args[2]).partitions(2).transactions(Boolean.parseBoolean(args[3])),
                Path.of(args[0])));
        while (true) {
            if (bridge.doWork() == 0) {
                LockSupport.parkNanos(200_000);
            }
        }
    }

    /** Runs one until it has ended itself. */
    static void runUntilKilled(Path root, String servers, String prefix, boolean isTransactional,
        int acknowledgements) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--") || argument.startsWith("-D")
                || argument.startsWith("-XX")).forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"),
            BridgeProcess.class.getName(), root.toString(), servers, prefix,
            Boolean.toString(isTransactional), Integer.toString(acknowledgements)));
        Process process = new ProcessBuilder(command)
            .redirectErrorStream(true).redirectOutput(new File(root.toFile(), "bridge.log"))
            .start();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != HALT_CODE) {
            process.destroyForcibly();
            throw new IllegalStateException("the bridge's process did not come to its end; "
                + java.nio.file.Files.readString(root.resolve("bridge.log")));
        }
    }
}
