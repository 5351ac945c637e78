// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.glimpse;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.glimpse.EndOfSnapshotDecoder;
import io.millrace.codec.itch50.AddOrderAttributedDecoder;
import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.soupbintcp.LoginRequestEncoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.snapshot.SnapshotHandler;
import io.millrace.feed.snapshot.SnapshotSource;
import io.millrace.feed.soupbintcp.AsciiNumber;
import io.millrace.feed.soupbintcp.Disconnection;
import io.millrace.feed.soupbintcp.SoupBinTcpClient;
import io.millrace.feed.soupbintcp.SoupBinTcpContext;
import io.millrace.feed.soupbintcp.SoupBinTcpListener;
import io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder;
import io.millrace.feed.soupbintcp.SoupBinTcpState;
import io.millrace.feed.transport.StreamConnection;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Snapshots of an ITCH channel by GLIMPSE: messages of ITCH on a SoupBinTCP session of their own,
 * always from the first one on, up to one that tells the next live number. A message is handed on
 * once the one behind it is seen, so that the last order of an instrument is known: the orders of
 * an instrument follow each other. A stream that ends without its last message is no snapshot.
 * Owned by the ingress thread.
 */
public final class GlimpseSource implements SnapshotSource {
    private static final int NUMBER_OFFSET = EndOfSnapshotDecoder.sequenceNumberEncodingOffset();
    private static final int NUMBER_LENGTH = EndOfSnapshotDecoder.sequenceNumberLength();
    private static final int LOCATE_OFFSET = AddOrderDecoder.stockLocateEncodingOffset();
    private static final int NO_ORDER = -1;

    private final SoupBinTcpClient client;
    private final byte[] activeSession = new byte[LoginRequestEncoder.requestedSessionLength()];
    private final UnsafeBuffer pending =
        new UnsafeBuffer(new byte[SoupBinTcpPacketEncoder.MAX_MESSAGE_LENGTH]);
    private int pendingLength;
    private long pendingSequence;
    private long pendingTimeNs;
    private SnapshotHandler handler;

    /**
     * @param context    of the snapshot server; session and start sequence do not matter
     * @param connection not shared
     * @param publisher  writer of the inbound ring, asked for room
     */
    public GlimpseSource(SoupBinTcpContext context, StreamConnection connection,
                         EventPublisher publisher, ChainClock chainClock) {
        Arrays.fill(activeSession, (byte) ' ');
        client = new SoupBinTcpClient(context, connection, publisher, chainClock, new Packets());
    }

    @Override
    public void start(SnapshotHandler snapshotHandler) {
        handler = snapshotHandler;
        client.start();
    }

    @Override
    public void retry() {
        client.giveUp(Disconnection.GIVEN_UP);
    }

    @Override
    public void stop() {
        pendingLength = 0;
        client.stop();
    }

    @Override
    public int onTime(long nowNs) {
        return client.onTime(nowNs);
    }

    @Override
    public String name() {
        return client.serverName();
    }

    /** The protocol's side. */
    public SoupBinTcpClient client() {
        return client;
    }

    /** A snapshot that is not whole by now never will be. */
    @Override
    public void close() {
        stop();
    }

    private void handOnPending(boolean isLast) {
        int length = pendingLength;
        pendingLength = 0;
        if (length == 0) {
            return;
        }
        if (isLast) {
            handler.onLastSnapshotMessage(pending, 0, length, pendingSequence, pendingTimeNs);
        } else {
            handler.onSnapshotMessage(pending, 0, length, pendingSequence, pendingTimeNs);
        }
    }

    private void keep(DirectBuffer buffer, int offset, int length, long sequence, long timeNs) {
        pending.putBytes(0, buffer, offset, length);
        pendingLength = length;
        pendingSequence = sequence;
        pendingTimeNs = timeNs;
    }

    /** Locate of an order, or {@link #NO_ORDER}. */
    private static int orderLocate(DirectBuffer buffer, int offset, int length) {
        if (length < AddOrderDecoder.BLOCK_LENGTH) {
            return NO_ORDER;
        }
        byte type = buffer.getByte(offset);
        boolean isOrder = type == AddOrderDecoder.TEMPLATE_ID
            || type == AddOrderAttributedDecoder.TEMPLATE_ID;
        return isOrder ? buffer.getShort(offset + LOCATE_OFFSET, BIG_ENDIAN) & 0xFFFF : NO_ORDER;
    }

    /** What the server tells. */
    private final class Packets implements SoupBinTcpListener {
        @Override
        public void onLoginDue() {
            pendingLength = 0;
            handler.onSnapshotAsked();
        }

        @Override
        public byte[] wantedSession() {
            return activeSession;
        }

        @Override
        public long wantedSequence() {
            return 1;
        }

        @Override
        public void onLoginAccepted(byte[] session, long sequence) {
            if (sequence != 1) {
                client.giveUp(Disconnection.BAD_LOGIN_ANSWER);
            }
        }

        @Override
        public void onLoginRejected(byte reason) {
            // The disconnection that follows tells it.
        }

        @Override
        public void onSequenced(DirectBuffer buffer, int offset, int length, long sequence,
                                long receiveTimeNs) {
            if (length == 0) {
                return;
            }
            int held = orderLocate(pending, 0, pendingLength);
            handOnPending(held != NO_ORDER && held != orderLocate(buffer, offset, length));
            if (client.state() != SoupBinTcpState.UP) {
                return;
            }
            if (buffer.getByte(offset) == EndOfSnapshotDecoder.TEMPLATE_ID) {
                onEnd(buffer, offset, length);
            } else {
                keep(buffer, offset, length, sequence, receiveTimeNs);
            }
        }

        @Override
        public void onUnsequenced(DirectBuffer buffer, int offset, int length,
                                  long receiveTimeNs) {
            // No part of a snapshot.
        }

        @Override
        public void onSignOfLife() {
            // The client knows.
        }

        @Override
        public void onEndOfSession() {
            client.giveUp(Disconnection.CLOSED_BY_SERVER);
        }

        @Override
        public void onDisconnected(Disconnection reason, long silenceNs) {
            pendingLength = 0;
            if (client.state() == SoupBinTcpState.REFUSED) {
                handler.onSnapshotRefused();
            } else if (reason != Disconnection.GIVEN_UP) {
                handler.onSnapshotFailed();
            }
        }

        private void onEnd(DirectBuffer buffer, int offset, int length) {
            long next = length < EndOfSnapshotDecoder.BLOCK_LENGTH ? AsciiNumber.INVALID
                : AsciiNumber.parse(buffer, offset + NUMBER_OFFSET, NUMBER_LENGTH);
            if (next < 1) {
                client.giveUp(Disconnection.BAD_TYPE);
            } else {
                handler.onSnapshotEnded(next);
            }
        }
    }
}
