// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.RequestLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A request server in the test's own memory and time. */
final class ScriptedServer implements RequestLine {
    final List<String> requests = new ArrayList<>();
    private final LongSupplier clock;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private LongFunction<String> messages = sequence -> null;
    private String session;
    private int mostMessages = Integer.MAX_VALUE;
    private long delayNs;
    private boolean isAway;
    private boolean isClosed;

    ScriptedServer(LongSupplier clock) {
        this.clock = clock;
    }

    private record Answer(long timeNs, byte[] packet) {
    }

    /** Keeps messages of a session, null where it has none; without them it is silent. */
    ScriptedServer keeps(String name, LongFunction<String> kept) {
        session = name;
        messages = kept;
        return this;
    }

    ScriptedServer atMost(int messagesPerAnswer) {
        mostMessages = messagesPerAnswer;
        return this;
    }

    ScriptedServer after(long ns) {
        delayNs = ns;
        return this;
    }

    ScriptedServer away() {
        isAway = true;
        return this;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Sends a packet that nobody asked for. */
    void push(byte[] packet) {
        answers.add(new Answer(clock.getAsLong(), packet));
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        PacketHeaderDecoder header = new PacketHeaderDecoder().wrap(buffer, offset,
            PacketHeaderDecoder.BLOCK_LENGTH, 0);
        long first = header.sequenceNumber();
        int count = header.messageCount();
        requests.add(header.session().strip() + ":" + Long.toUnsignedString(first) + "+" + count);
        if (isAway) {
            return false;
        }
        UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder(session == null ? "" : session)
            .begin(target, 0, target.capacity(), first);
        for (int i = 0; i < Math.min(count, mostMessages); i++) {
            String message = messages.apply(first + i);
            if (message == null || !encoder.append(new UnsafeBuffer(message.getBytes()), 0,
                message.length())) {
                break;
            }
        }
        if (encoder.count() > 0) {
            byte[] packet = new byte[encoder.length()];
            target.getBytes(0, packet);
            answers.add(new Answer(clock.getAsLong() + delayNs, packet));
        }
        return true;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        int count = 0;
        while (count < limit && !answers.isEmpty()
            && answers.peek().timeNs <= clock.getAsLong()) {
            byte[] packet = answers.poll().packet;
            handler.onPacket(new UnsafeBuffer(packet), 0, packet.length, clock.getAsLong());
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
