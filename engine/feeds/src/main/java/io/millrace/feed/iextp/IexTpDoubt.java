// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.feed.transport.MulticastReceiver;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one segment that was set aside because nobody should be believed alone with such numbers: it
 * is absurdly far ahead, its offset contradicts its number, or it begins another session. A second
 * segment that goes on from it, or tells the same on another line, confirms it. Owned by the
 * ingress thread.
 */
final class IexTpDoubt {
    private static final int CACHE_LINE = 64;

    private final UnsafeBuffer memory = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(MulticastReceiver.MAX_DATAGRAM_LENGTH, CACHE_LINE));
    private final IexTpSegment segment = new IexTpSegment();
    private final IexTpPosition start = new IexTpPosition();
    private final IexTpPosition end = new IexTpPosition();
    private int line;
    private long receiveTimeNs;
    private boolean isSet;

    /** Sets a segment aside in place of any other. */
    void set(IexTpSegment doubted, int doubtedLine, long doubtedTimeNs) {
        memory.putBytes(0, doubted.buffer(), doubted.offset(), doubted.length());
        segment.wrap(memory, 0, doubted.length());
        start.atStart(segment);
        end.atEnd(segment);
        line = doubtedLine;
        receiveTimeNs = doubtedTimeNs;
        isSet = true;
    }

    void clear() {
        isSet = false;
    }

    boolean isConfirmedBy(IexTpSegment other, int otherLine) {
        return isSet && (end.leadsTo(other) || line != otherLine && start.isStartOf(other));
    }

    IexTpSegment segment() {
        return segment;
    }

    int line() {
        return line;
    }

    long receiveTimeNs() {
        return receiveTimeNs;
    }

    /** Bytes of the segment, 0 when none is set aside. */
    int length() {
        return isSet ? segment.length() : 0;
    }
}
