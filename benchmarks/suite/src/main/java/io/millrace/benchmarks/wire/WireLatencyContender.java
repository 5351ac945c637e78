// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.benchmarks.ring.Joined;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The row "wire latency": at each rate an open loop of bursts of one datagram, first into the
 * engine, then into the yardstick, or the other way round, in this one process. Latencies count
 * from the moment at which a datagram was to be sent. Options: those of {@link WirePlace}, rates
 * (messages a second), seconds (of each), folder (for .hlog and .hgrm files).
 */
public final class WireLatencyContender implements Contender {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LEAD_NS = 5_000_000L;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final long PATIENCE_NS = 2_000_000_000L;
    private static final double PRIME_RATE = 250_000;
    private static final int WARM_RATE = 500_000;
    private static final int WARM_SECONDS = 4;

    private final WirePlace place;
    private final int[] rates;
    private final int seconds;
    private final long primeDatagrams;
    private final Path folder;
    private LatencyFiles files;

    /** Built by the contender's process. */
    public WireLatencyContender(Options options) {
        place = new WirePlace(options);
        rates = Arrays.stream(options.text("rates").split(",")).mapToInt(Integer::parseInt)
            .toArray();
        seconds = options.number("seconds");
        primeDatagrams = options.number("prime") / place.perDatagram();
        folder = Path.of(options.text("folder"));
    }

    @Override
    public void prepare() {
        files = new LatencyFiles(folder, "warm-up", place.clock());
        for (int i = 0; i < 2; i++) {
            point(place.engine(), "millrace", WARM_RATE, Math.min(seconds, WARM_SECONDS),
                new Figures());
            point(place.plain(), "plain", WARM_RATE, Math.min(seconds, WARM_SECONDS),
                new Figures());
        }
        files.close();
    }

    @Override
    public void round(int index, Figures figures) {
        files = new LatencyFiles(folder, "round-" + index, place.clock());
        for (int rate : rates) {
            if ((index & 1) == 0) {
                point(place.engine(), "millrace", rate, seconds, figures);
                point(place.plain(), "plain", rate, seconds, figures);
            } else {
                point(place.plain(), "plain", rate, seconds, figures);
                point(place.engine(), "millrace", rate, seconds, figures);
            }
        }
        files.close();
    }

    @Override
    public long checksum() {
        return 0;
    }

    private void point(WireReceiver receiver, String name, int rate, int pointSeconds,
                       Figures figures) {
        Histogram lateness = new Histogram(LONGEST_NS, 3);
        PauseMeter pauses = new PauseMeter();
        double intervalNs = (double) SECOND_NS * place.perDatagram() / rate;
        long count = (long) (pointSeconds * SECOND_NS / intervalNs);
        long sent = (primeDatagrams + count) * place.perDatagram();
        try (receiver; WireSender sender = place.sender(receiver.group(), place.senderCore())) {
            receiver.start();
            Thread thread = new Thread(() -> send(receiver, sender, intervalNs, count, lateness),
                "sender");
            thread.start();
            pauses.start();
            for (int i = 0; thread.isAlive(); i++) {
                LockSupport.parkNanos(SECOND_NS);
                files.interval(name, rate, receiver.times().collect());
            }
            Joined.await(thread);
            awaitTaken(receiver, sent);
        } finally {
            pauses.close();
        }
        files.interval(name, rate, receiver.times().collect());
        Histogram wire = receiver.times().totals().get(StageTimes.WIRE);
        if (wire.getTotalCount() == 0) {
            throw new IllegalStateException(name + " has taken nothing at " + rate);
        }
        put(figures, name, rate, wire);
        put(figures, name + "Pause", rate, pauses.pauses());
        figures.put(name + "LostAt" + rate, sent - Math.min(sent, receiver.taken()));
        files.totals(name, rate, receiver.times().totals(), lateness, pauses.pauses());
    }

    private void send(WireReceiver receiver, WireSender sender, double intervalNs, long count,
                      Histogram lateness) {
        sender.pin();
        sender.sendOpenLoop(place.clock().nanoTime() + LEAD_NS,
            SECOND_NS * place.perDatagram() / PRIME_RATE, primeDatagrams,
            new Histogram(LONGEST_NS, 3));
        long startNs = place.clock().nanoTime() + LEAD_NS;
        receiver.times().from(startNs);
        sender.sendOpenLoop(startNs, intervalNs, count, lateness);
    }

    private static void awaitTaken(WireReceiver receiver, long sent) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (receiver.taken() < sent && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(LEAD_NS);
        }
        LockSupport.parkNanos(LEAD_NS);
    }

    private static void put(Figures figures, String name, int rate, Histogram histogram) {
        figures.put(name + "P50At" + rate, us(histogram, 50))
            .put(name + "P99At" + rate, us(histogram, 99))
            .put(name + "P999At" + rate, us(histogram, 99.9))
            .put(name + "P9999At" + rate, us(histogram, 99.99))
            .put(name + "MaxAt" + rate, us(histogram, 100));
    }

    private static double us(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
