// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos.wire;

import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.PacketReceiver;
import io.millrace.simulator.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A multicast line without sockets: what the venue writes, the engine reads a little later. */
public final class VirtualLine implements PacketReceiver, WritableByteChannel {
    private static final int SLOTS = 512;

    private final String name;
    private final VirtualTime time;
    private final SeededRandom random;
    private final int delayNs;
    private final DatagramQueue queue = new DatagramQueue(SLOTS);
    private boolean isDown;
    private boolean isOpen = true;

    /** @param delayNs mean time on the way */
    VirtualLine(String name, VirtualTime time, SeededRandom random, int delayNs) {
        this.name = name;
        this.time = time;
        this.random = random;
        this.delayNs = delayNs;
    }

    /** While a line is down, nothing comes through. */
    public void down(boolean isDownNow) {
        isDown = isDownNow;
    }

    /** Nobody listens any more: what is on its way is lost. */
    public void leave() {
        isOpen = false;
        queue.clear();
    }

    /** Somebody listens again. */
    public void join() {
        isOpen = true;
    }

    @Override
    public int write(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (isDown || !isOpen) {
            datagram.position(datagram.limit());
        } else {
            queue.add(datagram, time.elapsedNs() + random.exponential(delayNs));
        }
        return length;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        int taken = 0;
        while (taken < limit && queue.isDue(time.elapsedNs())) {
            int offset = queue.offset();
            int length = queue.length();
            queue.remove();
            taken++;
            handler.onPacket(queue.buffer(), offset, length, time.wallNs());
        }
        return taken;
    }

    @Override
    public void rejoin() {
        // A line that is down stays so.
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() {
        leave();
    }
}
