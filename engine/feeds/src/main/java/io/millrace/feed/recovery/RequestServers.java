// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.event.EventPublisher;
import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.RequestLine;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * The request servers of one session: takes its requests, and polls for their answers as far as
 * the ring has room for what an answer becomes. Owned by the ingress thread.
 */
public final class RequestServers implements AutoCloseable {
    /** Answers taken from one server in one duty cycle. */
    private static final int ANSWERS_PER_POLL = 64;
    /** Events that an answer may become: of an ordinary datagram. */
    private static final int EVENTS_PER_ANSWER = 256;

    private final EventPublisher publisher;
    private final RequestLine[] servers;
    private final PacketHandler[] answers;

    /** Takes an answer. */
    @FunctionalInterface
    public interface AnswerHandler {
        /** An answer of a server, by its place from 0; the buffer is valid during the call. */
        void onAnswer(int server, DirectBuffer buffer, int offset, int length, long timeNs);
    }

    /**
     * @param publisher writer of the inbound ring, asked for room
     * @param lines     one to each server; closed with this
     * @param handler   takes the answers
     */
    public RequestServers(EventPublisher publisher, List<? extends RequestLine> lines,
                          AnswerHandler handler) {
        this.publisher = publisher;
        servers = lines.toArray(RequestLine[]::new);
        answers = new PacketHandler[servers.length];
        for (int i = 0; i < answers.length; i++) {
            int server = i;
            answers[i] = (buffer, offset, length, timeNs) ->
                handler.onAnswer(server, buffer, offset, length, timeNs);
        }
    }

    /** Number of servers. */
    public int count() {
        return servers.length;
    }

    /** Sends a request; false when it could not be sent. */
    public boolean send(int server, DirectBuffer buffer, int offset, int length) {
        return servers[server].send(buffer, offset, length);
    }

    /** Hands on the answers that came; returns how many. */
    public int poll() {
        int count = 0;
        for (int i = 0; i < answers.length; i++) {
            int taken = 0;
            while (taken < ANSWERS_PER_POLL && hasRoom() && servers[i].poll(answers[i], 1) > 0) {
                taken++;
            }
            count += taken;
        }
        return count;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(servers);
    }

    private boolean hasRoom() {
        return publisher.hasCapacity(Math.min(EVENTS_PER_ANSWER,
            publisher.ring().capacity() / 2));
    }
}
