// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PinningTest {
    private static final Path TASKS = Path.of("/proc/self/task");

    @Test
    void shouldRunEveryThreadOnTheConfiguredCpu() throws IOException {
        assumeTrue(Files.isDirectory(TASKS), "/proc/self/task");
        BitSet allowed = CpuMask.ofThisThread();
        int first = allowed.nextSetBit(0);
        int last = allowed.length() - 1;
        CorePlan plan = CorePlan.parse("ingress=" + first + ",chain=" + last + ",journal=" + first);
        Map<String, String> masks = new TreeMap<>();
        Pipeline pipeline =
            new Pipeline(new EngineContext().threadingMode(ThreadingMode.DEDICATED).cores(plan)
            .maxInstruments(64).maxOrders(8192).conclude());
        OrderFlow flow = new OrderFlow(pipeline.inbound(), 1, Long.MAX_VALUE);
        try (Engine engine = new Engine(pipeline).ingress(flow)
            .reader("journal", new RingRecorder(pipeline.inboundRing(), 64))) {
            engine.start();
            readMasks(masks);
            assertEquals(0, engine.threads().stream().filter(ThreadReport::isAmiss).count());
        }
        assertEquals(
            new TreeMap<>(
            Map.of("ingress", "" + first, "chain", "" + last, "journal", "" + first)), masks);
    }

    @Test
    void shouldReportAMaskThatTheKernelRefused() {
        int absent = CpuMask.CPU_LIMIT - 1;
        Pipeline pipeline = new Pipeline(new EngineContext().threadingMode(ThreadingMode.DEDICATED)
            .cores(CorePlan.parse("chain=" + absent)).maxInstruments(64).maxOrders(8192)
                .conclude());
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            ThreadReport report = engine.threads().get(0);
            assertEquals("chain true", report.plan().role() + " " + report.isAmiss());
        }
        assertEquals(2, pipeline.counters().forEachError((count, first, last, error) -> { }));
    }

    private static void readMasks(Map<String, String> masks) throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                readMask(task.resolve("status"), masks);
            }
        }
    }

    private static void readMask(Path status, Map<String, String> masks) throws IOException {
        String name = "";
        for (String line : Files.readAllLines(status)) {
            String value = line.substring(line.indexOf(':') + 1).trim();
            if (line.startsWith("Name:")) {
                name = value;
            } else if (line.startsWith("Cpus_allowed_list:")
                && name.matches("ingress|chain|journal")) {
                masks.put(name, value);
            }
        }
    }
}
