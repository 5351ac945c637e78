// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** MoldUDP64: one range, one reply with as much of it as fits. Owned by the venue's thread. */
final class MoldUdp64Requests implements RequestProtocol {
    private static final int REQUEST_LENGTH = PacketHeaderDecoder.BLOCK_LENGTH;

    private final SessionState session;
    private final int maxMessages;
    private final PacketHeaderDecoder header = new PacketHeaderDecoder();
    private MoldUdp64PacketEncoder packet;
    private int packetOrdinal;
    private long answered;

    MoldUdp64Requests(SessionState session, int maxMessages) {
        this.session = session;
        this.maxMessages = maxMessages;
    }

    @Override
    public int maxRequestLength() {
        return REQUEST_LENGTH;
    }

    @Override
    public RequestCount refusal(DirectBuffer request, int length) {
        answered = 0;
        if (length != REQUEST_LENGTH) {
            return RequestCount.MALFORMED;
        }
        header.wrap(request, 0, REQUEST_LENGTH, 0);
        if (header.messageCount() == 0 || header.sequenceNumber() < 1) {
            return RequestCount.MALFORMED;
        }
        if (!isOfSession()) {
            return RequestCount.WRONG_SESSION;
        }
        return session.has(header.sequenceNumber()) ? null : RequestCount.NOT_AVAILABLE;
    }

    @Override
    public int nextReply(MutableDirectBuffer reply, int maxLength) {
        if (answered > 0) {
            return 0;
        }
        if (packetOrdinal != session.ordinal()) {
            packet = new MoldUdp64PacketEncoder(session.name());
            packetOrdinal = session.ordinal();
        }
        long first = header.sequenceNumber();
        packet.begin(reply, 0, maxLength, first);
        long limit = Math.min(session.nextUnsent(), first + Math.min(wanted(), maxMessages));
        for (long sequence = first; sequence < limit; sequence++) {
            int message = packet.claim(session.store().length(sequence));
            if (message < 0) {
                break;
            }
            session.store().copy(sequence, reply, message);
        }
        answered = packet.count();
        return packet.length();
    }

    @Override
    public long wanted() {
        return header.messageCount();
    }

    @Override
    public long answered() {
        return answered;
    }

    private boolean isOfSession() {
        byte[] name = session.nameBytes();
        for (int i = 0; i < name.length; i++) {
            if (header.session(i) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
