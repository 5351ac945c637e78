// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.benchmarks.rig.PinnedThread;
import io.millrace.benchmarks.ring.Joined;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.itch50.Timestamp48Decoder;
import io.millrace.engine.Waiting;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The yardstick: a bare channel whose thread only stamps each datagram and publishes its bytes as
 * one event of a plain Disruptor, and a thread that notes when it has them. The threads are pinned
 * and wait as the engine's do. Without a ring it is the bare loop of the rate row.
 */
final class PlainReceiver implements WireReceiver {
    /** Stages in the order in which a datagram passes them. */
    static final String[] STAGES = {"to receiver", "receiver to reader", StageTimes.WIRE};

    private static final int CAPACITY = 1 << 10;
    private static final int MESSAGE_OFFSET = MoldUdp64PacketEncoder.HEADER_LENGTH + Short.BYTES;

    private final StageTimes times = new StageTimes(STAGES);
    private final RingBuffer<Datagram> ring;
    private final Sequence position = new Sequence();
    private final DatagramChannel channel;
    private final InetSocketAddress group;
    private final EpochNanoClock clock;
    private final long midnightNs;
    private final int perDatagram;
    private final int[] cores;
    private final Thread receiver;
    private final Thread reader;
    private volatile long taken;
    private volatile boolean isEnding;

    private static final class Datagram {
        private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[WireFlow.MAX_LENGTH]);
        private long receiveTimeNs;
    }

    /** @param cores of the receiving and the reading thread, -1 for any; one alone: no ring */
    PlainReceiver(String groupAddress, int perDatagram, long midnightNs, EpochNanoClock clock,
                  int... cores) {
        this.clock = clock;
        this.midnightNs = midnightNs;
        this.perDatagram = perDatagram;
        this.cores = cores;
        boolean isBare = cores.length == 1;
        ring = isBare ? null : RingBuffer.createSingleProducer(Datagram::new, CAPACITY,
            new BusySpinWaitStrategy());
        if (!isBare) {
            ring.addGatingSequences(position);
        }
        try {
            channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, EngineReceiver.SOCKET_LENGTH);
            InetAddress address = InetAddress.getByName(groupAddress);
            channel.bind(new InetSocketAddress(address, 0));
            channel.join(address, NetworkInterface.getByInetAddress(
                InetAddress.getByName(EngineReceiver.LOOPBACK)));
            channel.configureBlocking(false);
            group = new InetSocketAddress(address,
                ((InetSocketAddress) channel.getLocalAddress()).getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        receiver = new Thread(this::receive, "plain-receiver");
        reader = isBare ? null : new Thread(this::read, "plain-reader");
    }

    @Override
    public InetSocketAddress group() {
        return group;
    }

    @Override
    public void start() {
        if (reader != null) {
            reader.start();
        }
        receiver.start();
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public StageTimes times() {
        return times;
    }

    @Override
    public void close() {
        isEnding = true;
        Joined.await(receiver);
        if (reader != null) {
            Joined.await(reader);
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive() {
        PinnedThread.pin(cores[0]);
        IdleStrategy idle = Waiting.SPIN_YIELD.newIdleStrategy();
        ByteBuffer memory = ByteBuffer.allocateDirect(WireFlow.MAX_LENGTH);
        UnsafeBuffer buffer = new UnsafeBuffer(memory);
        try {
            while (!isEnding) {
                memory.clear();
                if (channel.receive(memory) == null) {
                    idle.idle();
                } else {
                    idle.reset();
                    onDatagram(buffer, memory.position());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onDatagram(UnsafeBuffer buffer, int length) {
        if (ring != null) {
            long nowNs = clock.nanoTime();
            long sequence = ring.next();
            Datagram event = ring.get(sequence);
            event.receiveTimeNs = nowNs;
            event.bytes.putBytes(0, buffer, 0, length);
            ring.publish(sequence);
        }
        taken += perDatagram;
    }

    private void read() {
        PinnedThread.pin(cores[1]);
        IdleStrategy idle = Waiting.SPIN_YIELD.newIdleStrategy();
        Timestamp48Decoder timestamp = new SystemEventDecoder().timestamp();
        while (!isEnding) {
            long next = position.get() + 1;
            long available = ring.getCursor();
            if (available < next) {
                idle.idle();
                continue;
            }
            idle.reset();
            for (long sequence = next; sequence <= available; sequence++) {
                note(ring.get(sequence), timestamp);
            }
            position.set(available);
        }
    }

    private void note(Datagram event, Timestamp48Decoder timestamp) {
        long nowNs = clock.nanoTime();
        timestamp.wrap(event.bytes,
            MESSAGE_OFFSET + SystemEventDecoder.timestampEncodingOffset());
        long intendedNs =
            midnightNs + ((long) timestamp.high() << Integer.SIZE) + timestamp.low();
        if (times.counts(intendedNs)) {
            times.record(0, event.receiveTimeNs - intendedNs, perDatagram);
            times.record(1, nowNs - event.receiveTimeNs, perDatagram);
            times.record(2, nowNs - intendedNs, perDatagram);
        }
    }
}
