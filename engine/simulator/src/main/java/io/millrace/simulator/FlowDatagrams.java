// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages cut into datagrams of 1 to 35, one per call of {@link #next()}. Where a datagram ends
 * depends on the seed and the messages' times only, so that a file and the network carry the same
 * ones. Owned by one thread.
 */
public final class FlowDatagrams {
    /** Greatest number of messages in a datagram. */
    public static final int MAX_MESSAGES = 35;
    /** Greatest number of bytes in a datagram. */
    public static final int MAX_LENGTH = 1_400;
    /** A datagram is not held open for longer than this. */
    public static final long MAX_OPEN_NS = 1_000_000L;

    private static final int MEAN_MESSAGES = 9;

    private final MessageSource source;
    private final SeededRandom random;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);
    private DatagramFraming framing;
    private ByteBuffer controlMemory;
    private UnsafeBuffer controlBuffer;
    private int messageLength;
    private long messageTimeNs;
    private long timeNs;
    private long sequence = 1;
    private long nextSequence = 1;
    private boolean isMidEvent;

    /**
     * A flow in MoldUDP64 packets.
     *
     * @param flow    the day, at its start
     * @param session name of the session, at most ten characters
     */
    public FlowDatagrams(OrderFlow flow, String session) {
        this(flow, flow.seed(), new MoldUdp64Framing(session));
    }

    /**
     * @param source  messages of the first session
     * @param seed    of the datagrams' sizes
     * @param framing protocol and name of the first session
     */
    public FlowDatagrams(MessageSource source, long seed, DatagramFraming framing) {
        this.source = source;
        random = new SeededRandom(~seed);
        beginSession(framing);
    }

    /** Goes on with the source's next messages in a new session, from number 1 again. */
    public void beginSession(DatagramFraming newFraming) {
        framing = newFraming;
        controlMemory = ByteBuffer.allocateDirect(newFraming.controlLength());
        controlBuffer = new UnsafeBuffer(controlMemory);
        sequence = 1;
        nextSequence = 1;
    }

    /** Builds the next datagram; false when the source has no message, for now or for good. */
    public boolean next() {
        if (messageLength == 0) {
            takeMessage();
        }
        sequence = nextSequence;
        if (messageLength == 0) {
            return false;
        }
        framing.begin(buffer, MAX_LENGTH, nextSequence);
        int target = Math.min(MAX_MESSAGES, 1 + random.exponential(MEAN_MESSAGES));
        long openUntilNs = messageTimeNs + MAX_OPEN_NS;
        while (messageLength > 0 && framing.count() < target && messageTimeNs <= openUntilNs
            && framing.append(message, messageLength, messageTimeNs)) {
            timeNs = messageTimeNs;
            takeMessage();
        }
        nextSequence += framing.count();
        return true;
    }

    /**
     * Puts a heart-beat into {@link #controlBuffer()}: the datagram built last is the next to
     * come.
     */
    public void heartbeat() {
        framing.heartbeat(controlBuffer, sequence, timeNs);
    }

    /** Puts the end of the session into {@link #controlBuffer()}. */
    public void endOfSession() {
        framing.endOfSession(controlBuffer, nextSequence, timeNs);
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
        return framing.length();
    }

    /** Messages in the datagram. */
    public int messages() {
        return framing.count();
    }

    /** True when the event that the datagram's last message tells of goes on in the next one. */
    public boolean isMidEvent() {
        return isMidEvent;
    }

    /** Number of the datagram's first message; of the next one to come after the last datagram. */
    public long sequence() {
        return sequence;
    }

    /** Time of the datagram's last message, ns since midnight Eastern. */
    public long timeNs() {
        return timeNs;
    }

    private void takeMessage() {
        isMidEvent = source.isMidEvent();
        messageLength = source.next(message, 0);
        messageTimeNs = source.timeNs();
    }
}
