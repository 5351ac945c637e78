// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import io.millrace.edge.status.EngineSource;
import io.millrace.edge.status.EngineStatus;
import io.millrace.edge.status.StatusReader;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Reads on in the journal, and takes a picture of the engine at every refresh and once more at the
 * end. A thread of its own, in no hurry.
 */
final class EdgeAgent implements Agent {
    private static final long NS_PER_MS = 1_000_000L;
    /** Reads of the journal at the end: it is closed behind, so they come to an end as well. */
    private static final int LAST_POLLS = 1_000;

    private final EngineSource source;
    private final StatusReader reader;
    private final EpochNanoClock clock;
    private final long refreshNs;
    private final Consumer<EngineStatus> pictures;
    private long lastNs = Long.MIN_VALUE;

    EdgeAgent(EngineSource source, EdgeContext context, EpochNanoClock clock,
        Consumer<EngineStatus> pictures) {
        this.source = source;
        this.clock = clock;
        this.pictures = pictures;
        refreshNs = context.refreshMs() * NS_PER_MS;
        reader = new StatusReader(source, context.lineSilenceMs() * NS_PER_MS);
    }

    @Override
    public int doWork() {
        int workCount = source.journal().poll();
        long nowNs = clock.nanoTime();
        if (lastNs != Long.MIN_VALUE && nowNs - lastNs < refreshNs && nowNs >= lastNs) {
            return workCount;
        }
        lastNs = nowNs;
        pictures.accept(reader.read(nowNs));
        return workCount + 1;
    }

    @Override
    public void onClose() {
        int pollsLeft = LAST_POLLS;
        while (source.journal().poll() > 0 && pollsLeft > 0) {
            pollsLeft--;
        }
        pictures.accept(reader.read(clock.nanoTime()));
    }

    @Override
    public String roleName() {
        return "edge";
    }
}
