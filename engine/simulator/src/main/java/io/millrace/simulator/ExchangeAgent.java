// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Sends a flow's datagrams over multicast, each at the time its last message has in the flow: an
 * open loop, whose times are fixed in advance whoever listens. Heart-beats come before it and in
 * silence, ends of session after it. One thread runs it; any thread may ask what was sent.
 */
public final class ExchangeAgent implements Agent {
    private static final long LONGEST_LATENESS_NS = 60_000_000_000L;

    private final FlowDatagrams datagrams;
    private final ExchangeContext context;
    private final NanoClock clock;
    private final DatagramChannel channel;
    private final Histogram lateness = new Histogram(LONGEST_LATENESS_NS, 3);
    private final AtomicLong messagesSent = new AtomicLong();
    private final AtomicLong packetsSent = new AtomicLong();
    private final AtomicLong unheard = new AtomicLong();
    private final AtomicLong endsSent = new AtomicLong();
    private long flowStartNs;
    private long clockStartNs;
    private long lastSentNs;
    private boolean hasDatagram;

    /**
     * Opens the socket, so that nothing can fail later but sending.
     *
     * @param flow    the day, at its start
     * @param context concluded or not
     */
    public ExchangeAgent(OrderFlow flow, ExchangeContext context) {
        this.context = context.conclude();
        clock = context.clock();
        datagrams = new FlowDatagrams(flow, context.session());
        try {
            channel = open(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onStart() {
        long nowNs = clock.nanoTime();
        hasDatagram = datagrams.next();
        flowStartNs = datagrams.timeNs();
        clockStartNs = nowNs + context.startDelayNs();
        sendHeartbeat(nowNs);
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        if (!hasDatagram) {
            return endSession(nowNs);
        }
        long dueNs = clockStartNs + datagrams.timeNs() - flowStartNs;
        if (nowNs < dueNs) {
            return nowNs - lastSentNs >= context.heartbeatIntervalNs() ? sendHeartbeat(nowNs) : 0;
        }
        if (!send(datagrams.memory(), datagrams.length(), nowNs)) {
            return 0;
        }
        lateness.recordValue(Math.min(LONGEST_LATENESS_NS, nowNs - dueNs));
        messagesSent.lazySet(messagesSent.getPlain() + datagrams.messages());
        hasDatagram = datagrams.next();
        return 1;
    }

    @Override
    public void onClose() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String roleName() {
        return "exchange";
    }

    /** True once every message and every end of session was sent. */
    public boolean isDone() {
        return endsSent.get() == context.endCount();
    }

    /** Messages sent so far. */
    public long messagesSent() {
        return messagesSent.get();
    }

    /** Datagrams sent so far, heart-beats and ends of session included. */
    public long packetsSent() {
        return packetsSent.get();
    }

    /** Datagrams that the single receiver's host said nobody takes; always 0 of multicast. */
    public long unheard() {
        return unheard.get();
    }

    /** The flow: its books and its counts by type may be looked at once the agent is done. */
    public OrderFlow flow() {
        return datagrams.flow();
    }

    /** How late datagrams were sent, ns; to be looked at once the agent is done. */
    public Histogram lateness() {
        return lateness;
    }

    private int sendHeartbeat(long nowNs) {
        datagrams.heartbeat();
        return send(datagrams.controlMemory(), datagrams.controlMemory().capacity(), nowNs) ? 1 : 0;
    }

    private int endSession(long nowNs) {
        if (isDone() || endsSent.get() > 0 && nowNs - lastSentNs < context.endIntervalNs()) {
            return 0;
        }
        datagrams.endOfSession();
        if (!send(datagrams.controlMemory(), datagrams.controlMemory().capacity(), nowNs)) {
            return 0;
        }
        endsSent.lazySet(endsSent.getPlain() + 1);
        return 1;
    }

    private boolean send(ByteBuffer memory, int length, long nowNs) {
        try {
            memory.limit(length).position(0);
            if (channel.write(memory) == 0) {
                return false;
            }
        } catch (PortUnreachableException nobodyListens) {
            unheard.lazySet(unheard.getPlain() + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lastSentNs = nowNs;
        packetsSent.lazySet(packetsSent.getPlain() + 1);
        return true;
    }

    private static DatagramChannel open(ExchangeContext context) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            NetworkInterface sender = NetworkInterface.getByInetAddress(context.interfaceAddress());
            if (sender == null) {
                throw new IOException("no interface has " + context.interfaceAddress());
            }
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, sender);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 21);
            channel.bind(new InetSocketAddress(context.interfaceAddress(), 0));
            channel.connect(new InetSocketAddress(context.group(), context.port()));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }
}
