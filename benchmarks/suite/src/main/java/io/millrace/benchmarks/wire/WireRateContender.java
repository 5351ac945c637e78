// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.benchmarks.ring.Joined;
import java.util.concurrent.locks.LockSupport;

/**
 * The row "wire rate": datagrams as fast as they are taken, at most so many on their way that the
 * socket never drops one; into a bare channel loop and into the engine, one after the other in this
 * one process. Options: those of {@link WirePlace}, seconds (of each), prime (messages before).
 */
public final class WireRateContender implements Contender {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PATIENCE_NS = 2_000_000_000L;
    private static final long STEP_NS = 1_000_000L;
    /** Datagrams on their way: a socket of 4 MB holds three times as many. */
    private static final int WINDOW = 512;

    private final WirePlace place;
    private final int seconds;

    /** Built by the contender's process. */
    public WireRateContender(Options options) {
        place = new WirePlace(options);
        seconds = options.number("seconds");
    }

    @Override
    public void prepare() {
        run(new Figures(), 0);
    }

    @Override
    public void round(int index, Figures figures) {
        run(figures, index);
    }

    @Override
    public long checksum() {
        return 0;
    }

    private void run(Figures figures, int index) {
        if ((index & 1) == 0) {
            point(place.bare(), "bare", figures);
            point(place.engine(), "millrace", figures);
        } else {
            point(place.engine(), "millrace", figures);
            point(place.bare(), "bare", figures);
        }
    }

    private void point(WireReceiver receiver, String name, Figures figures) {
        int perDatagram = place.perDatagram();
        long[] sent = new long[1];
        long elapsedNs;
        try (receiver; WireSender sender = place.sender(receiver.group(), -1)) {
            receiver.start();
            long startNs = place.clock().nanoTime();
            Thread thread = new Thread(() -> sent[0] = sender.sendWindowed(
                startNs + seconds * SECOND_NS, WINDOW, () -> receiver.taken() / perDatagram),
                "sender");
            thread.start();
            Joined.await(thread);
            long deadlineNs = startNs + seconds * SECOND_NS + PATIENCE_NS;
            while (receiver.taken() < sent[0] * perDatagram
                && place.clock().nanoTime() < deadlineNs) {
                LockSupport.parkNanos(STEP_NS);
            }
            elapsedNs = place.clock().nanoTime() - startNs;
        }
        if (sent[0] == 0) {
            throw new IllegalStateException(name + ": the sender ended early");
        }
        double packets = sent[0] * 1e9 / elapsedNs;
        figures.put(name + "Packets", packets).put(name + "Messages", packets * perDatagram)
            .put(name + "Lost", sent[0] * perDatagram - receiver.taken() + lost(receiver));
    }

    private static long lost(WireReceiver receiver) {
        return receiver instanceof EngineReceiver engine ? engine.lost() : 0;
    }
}
