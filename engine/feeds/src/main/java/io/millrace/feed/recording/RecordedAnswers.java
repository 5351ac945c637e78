// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.RequestLine;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A request server of an import: what the real one answered, when it did. Requests go nowhere. At
 * most {@link #LIMIT} answers wait; beyond that the newest is refused. Ingress thread.
 */
final class RecordedAnswers implements RequestLine {
    /** Most answers between two times at which they are taken. */
    static final int LIMIT = 4_096;

    private final ArrayDeque<Answer> waiting = new ArrayDeque<>();

    private record Answer(UnsafeBuffer content, long timeNs) {
    }

    /** Keeps an answer until it is taken; false when as many wait as are kept. */
    boolean add(DirectBuffer buffer, int offset, int length, long timeNs) {
        if (waiting.size() == LIMIT) {
            return false;
        }
        UnsafeBuffer content = new UnsafeBuffer(new byte[length]);
        content.putBytes(0, buffer, offset, length);
        return waiting.add(new Answer(content, timeNs));
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        return true;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        int count = 0;
        while (count < limit && !waiting.isEmpty()) {
            Answer answer = waiting.remove();
            handler.onPacket(answer.content(), 0, answer.content().capacity(), answer.timeNs());
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
