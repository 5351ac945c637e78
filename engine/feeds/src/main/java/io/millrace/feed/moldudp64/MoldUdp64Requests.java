// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.codec.moldudp64.PacketHeaderEncoder;
import io.millrace.feed.recovery.RequestSender;
import io.millrace.feed.recovery.RequestServers;
import org.agrona.concurrent.UnsafeBuffer;

/** Request packets in the name of the session now followed. Owned by the ingress thread. */
final class MoldUdp64Requests implements RequestSender {
    private final RequestServers servers;
    private final byte[] session = new byte[PacketHeaderEncoder.sessionLength()];
    private final UnsafeBuffer request = new UnsafeBuffer(
        new byte[PacketHeaderEncoder.BLOCK_LENGTH]);
    private final PacketHeaderEncoder header = new PacketHeaderEncoder();

    MoldUdp64Requests(RequestServers servers) {
        this.servers = servers;
    }

    /** Follows the session of a packet: its ten bytes as they stand. */
    void session(MoldUdp64Packet packet) {
        packet.buffer().getBytes(packet.offset() + PacketHeaderEncoder.sessionEncodingOffset(),
            session);
    }

    @Override
    public int servers() {
        return servers.count();
    }

    @Override
    public boolean request(int server, long first, int count) {
        header.wrap(request, 0)
            .putSession(session, 0)
            .sequenceNumber(first)
            .messageCount(count);
        return servers.send(server, request, 0, PacketHeaderEncoder.BLOCK_LENGTH);
    }
}
