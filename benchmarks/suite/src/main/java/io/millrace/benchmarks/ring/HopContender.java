// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.benchmarks.rig.PinnedThread;
import java.util.Arrays;

/**
 * The row "ring hop": a value goes to another core and back, one at a time; half of that is a hop.
 * Options: lane, capacity, count (round trips), other (core of the echoing thread).
 */
public final class HopContender implements Contender {
    private final Lane ping;
    private final Lane pong;
    private final long[] roundTripNs;
    private final int other;
    private volatile boolean isRunning;

    /** Built by the contender's process. */
    public HopContender(Options options) {
        ping = Lane.open(options.text("lane"), options.number("capacity"));
        pong = Lane.open(options.text("lane"), options.number("capacity"));
        roundTripNs = new long[options.number("count")];
        other = options.number("other");
    }

    @Override
    public void prepare() {
        runEchoed();
    }

    @Override
    public void round(int index, Figures figures) {
        runEchoed();
        Arrays.sort(roundTripNs);
        figures.put("p50Ns", at(0.5)).put("p99Ns", at(0.99)).put("p999Ns", at(0.999));
    }

    @Override
    public long checksum() {
        return 0;
    }

    /** The echoing thread spins only while it is needed: the other contenders need its core too. */
    private void runEchoed() {
        isRunning = true;
        Thread echo = new Thread(this::echo, "echo");
        echo.start();
        trips(pong.newReader());
        isRunning = false;
        Joined.await(echo);
    }

    private void trips(Lane.Reader pongs) {
        for (int i = 0; i < roundTripNs.length; i++) {
            long startNs = System.nanoTime();
            ping.send(i);
            while (pongs.drain() == 0) {
                Thread.onSpinWait();
            }
            roundTripNs[i] = System.nanoTime() - startNs;
        }
    }

    private void echo() {
        PinnedThread.pin(other);
        Lane.Reader pings = ping.newReader();
        while (isRunning) {
            if (pings.drain() > 0) {
                pong.send(1);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private double at(double quantile) {
        return roundTripNs[(int) (quantile * (roundTripNs.length - 1))] / 2.0;
    }
}
