// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.codec.iextp.GapFillRangeEncoder;
import io.millrace.codec.iextp.GapFillRequestEncoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.RequestType;
import io.millrace.feed.recovery.RequestSender;
import io.millrace.feed.recovery.RequestServers;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gap fill requests of one range each, in the name of the session now followed. Owned by the
 * ingress thread.
 */
final class IexTpRequests implements RequestSender {
    /** Messages that the venue gives at most in answer to one request. */
    static final int MAX_MESSAGES = 1_000;
    static final int LENGTH = GapFillRequestEncoder.BLOCK_LENGTH + GapFillRangeEncoder.BLOCK_LENGTH;

    private final RequestServers servers;
    private final UnsafeBuffer request = new UnsafeBuffer(new byte[LENGTH]);
    private final GapFillRequestEncoder header = new GapFillRequestEncoder();
    private final GapFillRangeEncoder range = new GapFillRangeEncoder();

    IexTpRequests(RequestServers servers) {
        this.servers = servers;
        range.wrap(request, GapFillRequestEncoder.BLOCK_LENGTH);
    }

    /** Follows the session of a segment of a known protocol. */
    void session(IexTpSegment segment) {
        header.wrap(request, 0)
            .version((short) IexTpSegment.VERSION)
            .requestType(RequestType.SEQUENCED_MESSAGES)
            .messageProtocolId(MessageProtocol.get(segment.protocolId()))
            .channelId(segment.channelId())
            .sessionId(segment.sessionId())
            .rangeCount(1);
    }

    @Override
    public int servers() {
        return servers.count();
    }

    @Override
    public boolean request(int server, long first, int count) {
        range.first(first).last(first + Math.min(count, MAX_MESSAGES) - 1);
        return servers.send(server, request, 0, LENGTH);
    }
}
