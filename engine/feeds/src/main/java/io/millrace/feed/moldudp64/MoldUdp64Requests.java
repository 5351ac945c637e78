// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.codec.moldudp64.PacketHeaderEncoder;
import io.millrace.feed.recovery.RequestSender;
import io.millrace.feed.transport.RequestLine;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/** Request packets in the name of the session now followed. Owned by the ingress thread. */
final class MoldUdp64Requests implements RequestSender, AutoCloseable {
    private final RequestLine[] servers;
    private final byte[] session = new byte[PacketHeaderEncoder.sessionLength()];
    private final UnsafeBuffer request = new UnsafeBuffer(
        new byte[PacketHeaderEncoder.BLOCK_LENGTH]);
    private final PacketHeaderEncoder header = new PacketHeaderEncoder();

    MoldUdp64Requests(List<? extends RequestLine> servers) {
        this.servers = servers.toArray(RequestLine[]::new);
    }

    /** Follows the session of a packet: its ten bytes as they stand. */
    void session(MoldUdp64Packet packet) {
        packet.buffer().getBytes(packet.offset() + PacketHeaderEncoder.sessionEncodingOffset(),
            session);
    }

    RequestLine server(int index) {
        return servers[index];
    }

    @Override
    public int servers() {
        return servers.length;
    }

    @Override
    public boolean request(int server, long first, int count) {
        header.wrap(request, 0)
            .putSession(session, 0)
            .sequenceNumber(first)
            .messageCount(count);
        return servers[server].send(request, 0, PacketHeaderEncoder.BLOCK_LENGTH);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(servers);
    }
}
