// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.benchmarks.rig.PinnedThread;
import io.millrace.engine.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;

/**
 * Sends the datagrams of a flow by multicast over the loopback: at times that are fixed before the
 * first of them, however late it comes, or as fast as they are taken. It waits as the engine's
 * threads on shared cores do. Sender's thread.
 */
final class WireSender implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final DatagramChannel channel;
    private final WireFlow flow;
    private final EpochNanoClock clock;
    private final long midnightNs;
    private final int core;
    private final IdleStrategy idle = Waiting.SPIN_YIELD.newIdleStrategy();

    /**
     * @param midnightNs from which the messages' times count
     * @param core       of the sending thread, -1 for any
     */
    WireSender(InetSocketAddress group, WireFlow flow, EpochNanoClock clock, long midnightNs,
               int core) {
        this.flow = flow;
        this.clock = clock;
        this.midnightNs = midnightNs;
        this.core = core;
        try {
            channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF,
                NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)));
            channel.connect(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pins the calling thread, which is to send. */
    void pin() {
        PinnedThread.pin(core);
    }

    /** Sends so many datagrams, each at its time or as soon after it as it can. */
    void sendOpenLoop(long startNs, double intervalNs, long datagrams, Histogram lateness) {
        for (long i = 0; i < datagrams; i++) {
            long intendedNs = startNs + (long) (i * intervalNs);
            ByteBuffer datagram = flow.next(intendedNs - midnightNs);
            lateness.recordValue(await(intendedNs) - intendedNs);
            send(datagram);
        }
    }

    /**
     * Sends until a time, with at most so many datagrams that were not taken yet; what is lost is
     * never taken, and does not keep it longer.
     */
    long sendWindowed(long untilNs, int window, LongSupplier taken) {
        long sent = 0;
        long seen = 0;
        while (clock.nanoTime() < untilNs) {
            idle.reset();
            while (sent - seen >= window && clock.nanoTime() < untilNs) {
                seen = taken.getAsLong();
                idle.idle();
            }
            send(flow.next(clock.nanoTime() - midnightNs));
            sent++;
        }
        return sent;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long await(long timeNs) {
        long nowNs = clock.nanoTime();
        idle.reset();
        while (nowNs < timeNs) {
            idle.idle();
            nowNs = clock.nanoTime();
        }
        return nowNs;
    }

    private void send(ByteBuffer datagram) {
        try {
            channel.write(datagram);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
