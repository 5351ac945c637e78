// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos.wire;

import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.RequestLine;
import io.millrace.simulator.SeededRandom;
import io.millrace.simulator.wire.DatagramPort;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/** The way to a request server and back, without sockets. */
public final class VirtualRequests implements DatagramPort {
    private static final int SLOTS = 256;
    private static final int PERCENT = 100;
    private static final SocketAddress ENGINE = InetSocketAddress.createUnresolved("engine", 1);

    private final VirtualTime time;
    private final SeededRandom random;
    private final DatagramQueue requests = new DatagramQueue(SLOTS);
    private final DatagramQueue answers = new DatagramQueue(SLOTS);
    private int delayNs;
    private int lossPercent;

    VirtualRequests(VirtualTime time, SeededRandom random) {
        this.time = time;
        this.random = random;
    }

    /** How long a datagram takes on average, and how many of a hundred never come. */
    public void quality(int meanDelayNs, int lostPercent) {
        delayNs = meanDelayNs;
        lossPercent = lostPercent;
    }

    /** The engine's end, a new one for each engine. */
    public RequestLine newLine() {
        answers.clear();
        return new Line();
    }

    @Override
    public SocketAddress receive(ByteBuffer target) {
        if (!requests.isDue(time.elapsedNs())) {
            return null;
        }
        int length = Math.min(requests.length(), target.remaining());
        requests.buffer().getBytes(requests.offset(), target, target.position(), length);
        target.position(target.position() + length);
        requests.remove();
        return ENGINE;
    }

    @Override
    public int send(ByteBuffer datagram, SocketAddress receiver) {
        int length = datagram.remaining();
        if (isLost()) {
            datagram.position(datagram.limit());
        } else {
            answers.add(datagram, dueNs());
        }
        return length;
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public void close() {
        requests.clear();
    }

    private boolean isLost() {
        return lossPercent > 0 && random.below(PERCENT) < lossPercent;
    }

    private long dueNs() {
        return time.elapsedNs() + random.exponential(delayNs);
    }

    /** What a session asks by. */
    private final class Line implements RequestLine {
        @Override
        public boolean send(DirectBuffer buffer, int offset, int length) {
            if (!isLost()) {
                requests.add(buffer, offset, length, dueNs());
            }
            return true;
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            int taken = 0;
            while (taken < limit && answers.isDue(time.elapsedNs())) {
                int offset = answers.offset();
                int length = answers.length();
                answers.remove();
                taken++;
                handler.onPacket(answers.buffer(), offset, length, time.wallNs());
            }
            return taken;
        }

        @Override
        public void close() {
            answers.clear();
        }
    }
}
