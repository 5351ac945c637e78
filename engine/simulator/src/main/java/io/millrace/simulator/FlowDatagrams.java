// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A flow cut into MoldUDP64 datagrams of 1 to 35 messages, one per call of {@link #next()}. Where a
 * datagram ends depends on the seed and the messages' times only, so that a file and the network
 * carry the same ones. Owned by one thread.
 */
public final class FlowDatagrams {
    /** Greatest number of messages in a datagram. */
    public static final int MAX_MESSAGES = 35;
    /** Greatest number of bytes in a datagram. */
    public static final int MAX_LENGTH = 1_400;
    /** A datagram is not held open for longer than this. */
    public static final long MAX_OPEN_NS = 1_000_000L;

    private static final int MEAN_MESSAGES = 9;

    private final OrderFlow flow;
    private final SeededRandom random;
    private final MoldUdp64PacketEncoder packet;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private final MoldUdp64PacketEncoder control;
    private final ByteBuffer controlMemory =
        ByteBuffer.allocateDirect(MoldUdp64PacketEncoder.HEADER_LENGTH);
    private final UnsafeBuffer controlBuffer = new UnsafeBuffer(controlMemory);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);
    private int messageLength;
    private long messageTimeNs;
    private long timeNs;
    private long sequence = 1;
    private long nextSequence = 1;
    private boolean hasBegun;

    /**
     * @param flow    the day, at its start
     * @param session name of the session, at most ten characters
     */
    public FlowDatagrams(OrderFlow flow, String session) {
        this.flow = flow;
        random = new SeededRandom(~flow.seed());
        packet = new MoldUdp64PacketEncoder(session);
        control = new MoldUdp64PacketEncoder(session);
    }

    /** Builds the next datagram; false when the day is over. */
    public boolean next() {
        if (!hasBegun) {
            hasBegun = true;
            takeMessage();
        }
        sequence = nextSequence;
        if (messageLength == 0) {
            return false;
        }
        packet.begin(buffer, 0, MAX_LENGTH, nextSequence);
        int target = Math.min(MAX_MESSAGES, 1 + random.exponential(MEAN_MESSAGES));
        long openUntilNs = messageTimeNs + MAX_OPEN_NS;
        while (messageLength > 0 && packet.count() < target && messageTimeNs <= openUntilNs
            && packet.append(message, 0, messageLength)) {
            timeNs = messageTimeNs;
            takeMessage();
        }
        nextSequence += packet.count();
        return true;
    }

    /**
     * Puts a heart-beat into {@link #controlBuffer()}: the datagram built last is the next to
     * come.
     */
    public void heartbeat() {
        control.begin(controlBuffer, 0, MoldUdp64PacketEncoder.HEADER_LENGTH, sequence);
    }

    /** Puts the end of the session into {@link #controlBuffer()}. */
    public void endOfSession() {
        control.begin(controlBuffer, 0, MoldUdp64PacketEncoder.HEADER_LENGTH, nextSequence)
            .endOfSession();
    }

    /** All the bytes of a datagram without messages. */
    public DirectBuffer controlBuffer() {
        return controlBuffer;
    }

    /** The datagram's bytes from 0 to {@link #length()}. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Bytes of the datagram. */
    public int length() {
        return packet.length();
    }

    /** Messages in the datagram. */
    public int messages() {
        return packet.count();
    }

    /** Time of the datagram's last message, ns since midnight Eastern. */
    public long timeNs() {
        return timeNs;
    }

    /** The flow that is cut. */
    public OrderFlow flow() {
        return flow;
    }

    /** The memory behind {@link #buffer()}, for a channel. */
    ByteBuffer memory() {
        return memory;
    }

    /** The memory behind {@link #controlBuffer()}. */
    ByteBuffer controlMemory() {
        return controlMemory;
    }

    private void takeMessage() {
        messageLength = flow.next(message, 0);
        messageTimeNs = flow.timeNs();
    }
}
