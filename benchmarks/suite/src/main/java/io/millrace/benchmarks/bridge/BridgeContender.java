// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import io.millrace.benchmarks.disk.Folders;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.counter.Counters;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.agrona.LangUtil;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A bridge copies a prepared journal: timed from where it begins to read until the last event is
 * acknowledged and in the checkpoint. Options: sink, address, events, batch, folder.
 */
public final class BridgeContender implements Contender {
    private static final long PATIENCE_NS = 120_000_000_000L;

    private final Outside<?> outside;
    private final String sink;
    private final int events;
    private final int batch;
    private final Path root;

    /** Built by the contender's process. */
    public BridgeContender(Options options) {
        outside = Outside.of(options);
        sink = options.text("sink");
        events = options.number("events");
        batch = options.number("batch");
        root = Path.of(options.text("folder"), "journal-" + ProcessHandle.current().pid());
    }

    @Override
    public void prepare() {
        EventJournal.prepare(root, events);
        round(-1, new Figures());
    }

    @Override
    public void round(int index, Figures figures) {
        Folders.remove(root.resolve("bridges"));
        Counters counters = Counters.inMemory();
        try {
            Bridge bridge = new Bridge(new BridgeContext().journalRoot(root).counters(counters)
                .batchEvents(batch), outside.sink(index, root));
            run(bridge, counters, () -> counters.value("bridge." + sink + ".epoch") != 0);
            long startNs = System.nanoTime();
            run(bridge, counters, () -> counters.value("bridge." + sink + ".events") == events);
            figures.speed(events, System.nanoTime() - startNs);
            bridge.onClose();
            outside.leave();
        } catch (Exception e) {
            LangUtil.rethrowUnchecked(e);
        }
    }

    private void run(Bridge bridge, Counters counters, BooleanSupplier isDone) {
        BackoffIdleStrategy idle = new BackoffIdleStrategy();
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!isDone.getAsBoolean()) {
            idle.idle(bridge.doWork());
            if (counters.value("bridge." + sink + ".failures") > 0
                || System.nanoTime() > deadlineNs) {
                counters.forEachError((count, first, last, text) -> System.err.println(text));
                throw new IllegalStateException("the bridge to " + sink + " does not end");
            }
        }
    }

    @Override
    public long checksum() {
        return 0;
    }

    @Override
    public void close() {
        Folders.remove(root);
    }
}
