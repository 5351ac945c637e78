// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;

/**
 * Shows a capture file message by message as the wire had it: BinaryFILE, or MoldUDP64 datagrams of
 * any number of sessions on any ports. Nothing is put in order or left out; what is missing or
 * repeated in each session is counted. Used by one thread.
 */
public final class MoldUdp64CaptureReader {
    /** Sessions whose numbers are followed; those of later ones are not. */
    public static final int MAX_SESSIONS = 256;

    private final FeedCounters counters;
    private final MoldUdp64Packet packet = new MoldUdp64Packet();
    private final MoldUdp64Sequence[] sequences = new MoldUdp64Sequence[MAX_SESSIONS];
    private int sessionCount;

    /** @param counters messages are counted as published: each is handed on */
    public MoldUdp64CaptureReader(FeedCounters counters) {
        this.counters = counters;
    }

    /** Reads a file to its end. */
    public void read(CaptureFile capture, CaptureMessageHandler handler) throws IOException {
        while (capture.next()) {
            if (capture.holdsMessages()) {
                count();
                handler.onMessage(capture.buffer(), capture.offset(), capture.length(),
                    capture.frame(), 0, capture.frame(), capture.timeNs());
            } else {
                readPacket(capture, handler);
            }
        }
    }

    private void count() {
        counters.onMessage();
        counters.onPublished();
    }

    private void readPacket(CaptureFile capture, CaptureMessageHandler handler) {
        counters.onPacket();
        Malformation malformation = packet.wrap(capture.buffer(), capture.offset(),
            capture.length());
        if (malformation != null) {
            counters.onMalformedPacket(malformation);
            return;
        }
        countKind();
        follow();
        int block = packet.firstBlock();
        for (int i = 0; i < packet.count(); i++) {
            int length = packet.messageLength(block);
            int message = block + MoldUdp64Packet.PREFIX_LENGTH;
            if (length > 0) {
                count();
                handler.onMessage(capture.buffer(), message, length, capture.frame(), i,
                    packet.sequence() + i, capture.timeNs());
            } else {
                counters.onEmptyMessage();
            }
            block = message + length;
        }
    }

    private void countKind() {
        if (packet.isEndOfSession()) {
            counters.onEndOfSession();
        } else if (packet.count() == 0) {
            counters.onHeartbeat();
        }
        counters.onStrayBytes(packet.strayBytes());
    }

    private void follow() {
        MoldUdp64Sequence sequence = sequence();
        if (sequence == null) {
            return;
        }
        if (sequence.isBefore(packet.sequence())) {
            counters.onGap(sequence.expected(), packet.sequence());
            sequence.expected(packet.sequence());
        }
        int seen = packet.count() == 0 ? 0 : sequence.seen(packet.sequence(), packet.count());
        counters.onDuplicates(seen);
        if (seen < packet.count()) {
            sequence.expected(packet.sequence() + packet.count());
        }
    }

    private MoldUdp64Sequence sequence() {
        for (int i = 0; i < sessionCount; i++) {
            if (sequences[i].isOf(packet)) {
                return sequences[i];
            }
        }
        if (sessionCount == MAX_SESSIONS) {
            return null;
        }
        MoldUdp64Sequence added = new MoldUdp64Sequence(SessionStart.FIRST_PACKET);
        added.adopt(packet);
        sequences[sessionCount++] = added;
        return added;
    }
}
