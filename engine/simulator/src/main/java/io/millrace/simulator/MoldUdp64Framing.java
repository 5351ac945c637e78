// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Datagrams as MoldUDP64 packets of one session. Owned by the thread that builds datagrams. */
public final class MoldUdp64Framing implements DatagramFraming {
    private final MoldUdp64PacketEncoder packet;
    private final MoldUdp64PacketEncoder control;

    /** @param session name of the session, at most ten characters */
    public MoldUdp64Framing(String session) {
        packet = new MoldUdp64PacketEncoder(session);
        control = new MoldUdp64PacketEncoder(session);
    }

    @Override
    public void begin(MutableDirectBuffer target, int maxLength, long sequence) {
        packet.begin(target, 0, maxLength, sequence);
    }

    @Override
    public boolean append(DirectBuffer source, int length, long timeNs) {
        return packet.append(source, 0, length);
    }

    @Override
    public int count() {
        return packet.count();
    }

    @Override
    public int length() {
        return packet.length();
    }

    @Override
    public int controlLength() {
        return MoldUdp64PacketEncoder.HEADER_LENGTH;
    }

    @Override
    public void heartbeat(MutableDirectBuffer target, long sequence, long timeNs) {
        control.begin(target, 0, MoldUdp64PacketEncoder.HEADER_LENGTH, sequence);
    }

    @Override
    public void endOfSession(MutableDirectBuffer target, long nextSequence, long timeNs) {
        control.begin(target, 0, MoldUdp64PacketEncoder.HEADER_LENGTH, nextSequence)
            .endOfSession();
    }
}
