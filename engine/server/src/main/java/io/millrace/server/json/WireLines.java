// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Prints every message of a capture in wire order, as the bytes have it: nothing is skipped,
 * repaired or put in order. A packet that is shorter than it says gives the messages it holds
 * whole. One thread.
 */
public final class WireLines {
    private final WireMessageJson json;
    private final WireSummary summary;
    private final PacketFraming framing;
    private final SequenceLedger ledger = new SequenceLedger();

    /**
     * @param framing reads the packets
     * @param json    prints one message
     * @param summary counts what is met
     */
    public WireLines(PacketFraming framing, WireMessageJson json, WireSummary summary) {
        this.framing = framing;
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
        switch (framing.wrap(capture.buffer(), capture.offset(), capture.length())) {
            case MALFORMED -> summary.malformedPackets++;
            case FOREIGN -> summary.foreignPackets++;
            case HEARTBEAT -> {
                summary.heartbeats++;
                ledger.onPacket(framing, 0, summary);
            }
            case SESSION_END -> {
                summary.sessionEnds++;
                ledger.onPacket(framing, 0, summary);
            }
            case DATA -> printBlocks(capture);
        }
    }

    private void printBlocks(CaptureFile capture) throws IOException {
        int count = framing.count();
        int offset = framing.firstBlock();
        int index = 0;
        for (; index < count && framing.end() - offset >= framing.prefixLength(); index++) {
            int length = framing.messageLength(offset);
            offset += framing.prefixLength();
            if (length > framing.end() - offset) {
                break;
            }
            printMessage(capture.buffer(), offset, length, capture.frame(), index,
                framing.sequence() + index);
            offset += length;
        }
        if (index < count) {
            summary.malformedPackets++;
        }
        ledger.onPacket(framing, index, summary);
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
