// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.moldudp64.MessageBlockDecoder;
import io.millrace.event.EventDescriptor;
import java.io.IOException;

/**
 * BinaryFILE: a big-endian length and a message, again and again; length 0 ends the session. Used
 * by one thread.
 */
final class BinaryFileRecords implements CaptureRecords {
    private static final int PREFIX_LENGTH = MessageBlockDecoder.BLOCK_LENGTH;

    private final CaptureInput input;
    private int length;
    private boolean hasEndMarker;
    private long wholeLength;
    private String problem;

    BinaryFileRecords(CaptureInput input) {
        this.input = input;
    }

    @Override
    public boolean next() throws IOException {
        input.advance(length);
        length = 0;
        wholeLength = input.position();
        if (hasEndMarker || !input.require(PREFIX_LENGTH)) {
            problem = input.available() > 0 ? endProblem() : null;
            return false;
        }
        int announced = input.buffer().getShort(input.offset(), BIG_ENDIAN) & 0xFFFF;
        if (!input.require(PREFIX_LENGTH + announced)) {
            problem = "cut inside a message";
            return false;
        }
        input.advance(PREFIX_LENGTH);
        length = announced;
        hasEndMarker = announced == 0;
        return !hasEndMarker || next();
    }

    @Override
    public int offset() {
        return input.offset();
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long timeNs() {
        return EventDescriptor.UNDEFINED;
    }

    @Override
    public int linkType() {
        return LinkType.NULL;
    }

    @Override
    public long wholeLength() {
        return wholeLength;
    }

    @Override
    public String problem() {
        return problem;
    }

    boolean hasEndMarker() {
        return hasEndMarker;
    }

    private String endProblem() {
        return hasEndMarker ? "bytes behind the end of the session" : "cut inside a message length";
    }
}
