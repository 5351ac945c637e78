// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import io.millrace.codec.moldudp64.MessageBlockDecoder;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Prints every message of a capture in wire order, as the bytes have it: nothing is skipped,
 * repaired or put in order. Packets are MoldUDP64. A packet that is shorter than it says gives the
 * messages it holds whole. One thread.
 */
public final class WireLines {
    private static final int END_OF_SESSION = 0xFFFF;

    private final WireMessageJson json;
    private final WireSummary summary;
    private final PacketHeaderDecoder header = new PacketHeaderDecoder();
    private final MessageBlockDecoder block = new MessageBlockDecoder();
    private final SequenceLedger ledger = new SequenceLedger();

    /**
     * @param json    prints one message
     * @param summary counts what is met
     */
    public WireLines(WireMessageJson json, WireSummary summary) {
        this.json = json;
        this.summary = summary;
    }

    /** Prints a whole capture. */
    public void print(CaptureFile capture) throws IOException {
        ledger.clear();
        while (capture.next()) {
            if (capture.holdsMessages()) {
                printMessage(capture.buffer(), capture.offset(), capture.length(),
                    capture.frame(), 0, capture.frame());
            } else {
                printPacket(capture);
            }
        }
        summary.strayBytes += capture.strayBytes();
        if (capture.isCut()) {
            summary.problem = capture.problem();
        }
    }

    private void printPacket(CaptureFile capture) throws IOException {
        summary.packets++;
        DirectBuffer buffer = capture.buffer();
        int end = capture.offset() + capture.length();
        if (capture.length() < PacketHeaderDecoder.BLOCK_LENGTH) {
            summary.malformedPackets++;
            return;
        }
        header.wrap(buffer, capture.offset(), PacketHeaderDecoder.BLOCK_LENGTH,
            PacketHeaderDecoder.SCHEMA_VERSION);
        long sequence = header.sequenceNumber();
        int count = header.messageCount();
        if (count == 0) {
            summary.heartbeats++;
        } else if (count == END_OF_SESSION) {
            summary.sessionEnds++;
            count = 0;
        }
        int offset = capture.offset() + PacketHeaderDecoder.BLOCK_LENGTH;
        int index = 0;
        for (; index < count && end - offset >= MessageBlockDecoder.BLOCK_LENGTH; index++) {
            int length = block.wrap(buffer, offset, MessageBlockDecoder.BLOCK_LENGTH,
                MessageBlockDecoder.SCHEMA_VERSION).messageLength();
            offset += MessageBlockDecoder.BLOCK_LENGTH;
            if (length > end - offset) {
                break;
            }
            printMessage(buffer, offset, length, capture.frame(), index, sequence + index);
            offset += length;
        }
        if (index < count) {
            summary.malformedPackets++;
        }
        ledger.onPacket(buffer, capture.offset(), sequence, index, summary);
    }

    private void printMessage(DirectBuffer buffer, int offset, int length, long frame, long index,
        long sequence)
        throws IOException {
        if (json.print(buffer, offset, length, frame, index, sequence)) {
            summary.messages++;
        } else if (length > 0 && !json.isKnown(buffer.getByte(offset))) {
            summary.unknownMessages++;
        } else if (length > 0) {
            summary.malformedMessages++;
        }
    }
}
