// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.benchmarks.rig.PinnedThread;

/**
 * The row "ring rate": one thread writes as fast as it can, every event shown on its own, another
 * reads. Options: lane, capacity, count (events), other (core of the reading thread).
 */
public final class RateContender implements Contender {
    private final Lane lane;
    private final int count;
    private final int other;
    private volatile boolean isReading;

    /** Built by the contender's process. */
    public RateContender(Options options) {
        lane = Lane.open(options.text("lane"), options.number("capacity"));
        count = options.number("count");
        other = options.number("other");
    }

    @Override
    public void prepare() {
        send();
    }

    @Override
    public void round(int index, Figures figures) {
        figures.speed(count, send());
    }

    @Override
    public long checksum() {
        return 0;
    }

    /** Sends all events; returns the time until they were read. */
    private long send() {
        isReading = false;
        Thread reader = new Thread(this::read, "reader");
        reader.start();
        while (!isReading) {
            Thread.onSpinWait();
        }
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            lane.send(i);
        }
        Joined.await(reader);
        return System.nanoTime() - startNs;
    }

    private void read() {
        PinnedThread.pin(other);
        Lane.Reader events = lane.newReader();
        isReading = true;
        long total = 0;
        while (total < count) {
            int drained = events.drain();
            total += drained;
            if (drained == 0) {
                Thread.onSpinWait();
            }
        }
    }
}
