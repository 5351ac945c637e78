// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import io.millrace.feed.IngressTap;
import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.RequestLine;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** The way to a request server; a tap hears each answer before it is taken. Ingress thread. */
final class HeardRequestLine implements RequestLine, PacketHandler {
    private final int server;
    private final RequestLine line;
    private final IngressTap tap;
    private PacketHandler taker;

    HeardRequestLine(int server, RequestLine line, IngressTap tap) {
        this.server = server;
        this.line = line;
        this.tap = tap;
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        return line.send(buffer, offset, length);
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        taker = handler;
        return line.poll(this, limit);
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        tap.onAnswer(server, buffer, offset, length, receiveTimeNs);
        taker.onPacket(buffer, offset, length, receiveTimeNs);
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
