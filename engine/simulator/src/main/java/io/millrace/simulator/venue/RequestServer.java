// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.wire.DatagramPort;
import io.millrace.simulator.wire.Tally;
import io.millrace.simulator.wire.VenueNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers requests with what the session has sent and still keeps. Stays silent on everything else,
 * as the protocols have no word for no. Owned by the venue's thread; any thread may switch it.
 */
final class RequestServer implements AutoCloseable {
    private static final int REQUESTS_PER_TURN = 16;
    private static final long SECOND_NS = 1_000_000_000L;

    private final RequestContext context;
    private final RequestProtocol protocol;
    private final DatagramPort channel;
    private final Tally<RequestCount> truth = new Tally<>(RequestCount.class);
    private final AtomicBoolean isAnswering;
    private final ByteBuffer request;
    private final UnsafeBuffer requestBuffer;
    private final ByteBuffer reply;
    private final UnsafeBuffer replyBuffer;
    private long secondBeganNs;
    private int answeredInSecond;

    RequestServer(RequestContext context, RequestProtocol protocol, VenueNetwork network) {
        this.context = context;
        this.protocol = protocol;
        isAnswering = new AtomicBoolean(context.isAnswering());
        request = ByteBuffer.allocateDirect(protocol.maxRequestLength() + 1);
        requestBuffer = new UnsafeBuffer(request);
        reply = ByteBuffer.allocateDirect(context.maxReplyLength());
        replyBuffer = new UnsafeBuffer(reply);
        try {
            channel = network.datagrams(context.interfaceAddress(), context.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers what waits, at most so many in one turn. */
    int doWork(long nowNs) {
        int count = 0;
        try {
            while (count < REQUESTS_PER_TURN) {
                request.clear();
                SocketAddress sender = channel.receive(request);
                if (sender == null) {
                    break;
                }
                count++;
                onRequest(sender, nowNs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    /** Switches answers on and off; requests are taken either way. */
    void answering(boolean isOn) {
        isAnswering.set(isOn);
    }

    Tally<RequestCount> truth() {
        return truth;
    }

    int port() {
        try {
            return channel.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onRequest(SocketAddress sender, long nowNs) {
        RequestCount refusal = isAnswering.get()
            ? protocol.refusal(requestBuffer, request.position()) : RequestCount.IGNORED;
        if (refusal == null && isThrottled(nowNs)) {
            refusal = RequestCount.THROTTLED;
        }
        if (refusal != null) {
            truth.increment(refusal);
            return;
        }
        answeredInSecond++;
        int length = protocol.nextReply(replyBuffer, context.maxReplyLength());
        while (length > 0) {
            reply.limit(length).position(0);
            if (!isSent(sender)) {
                truth.increment(RequestCount.UNSENT);
            }
            length = protocol.nextReply(replyBuffer, context.maxReplyLength());
        }
        truth.add(RequestCount.MESSAGES, protocol.answered());
        truth.increment(protocol.answered() == protocol.wanted() ? RequestCount.ANSWERED
            : RequestCount.CUT);
    }

    /** Sends the reply; whoever cannot be reached, as with port 0, goes without. */
    private boolean isSent(SocketAddress sender) {
        try {
            return channel.send(reply, sender) > 0;
        } catch (IOException unreachable) {
            return false;
        }
    }

    private boolean isThrottled(long nowNs) {
        if (nowNs - secondBeganNs >= SECOND_NS) {
            secondBeganNs = nowNs;
            answeredInSecond = 0;
        }
        return context.requestsPerSecond() > 0 && answeredInSecond >= context.requestsPerSecond();
    }
}
