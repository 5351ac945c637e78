// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import static io.millrace.simulator.wire.ImpairmentContext.MILLION;

import io.millrace.simulator.SeededRandom;
import org.agrona.MutableDirectBuffer;

/**
 * Decides what happens to each datagram of a line, from the seed and the datagram's place and
 * planned time alone. Every datagram draws the same five numbers, so that one kind of impairment
 * does not move another. Owned by the line's thread.
 */
final class LineImpairments {
    private final ImpairmentContext context;
    private final SeededRandom random;
    private final SeededRandom details;
    private int burstLeft;
    private boolean isDuplicated;
    private boolean isReordered;
    private boolean isCorrupted;

    LineImpairments(ImpairmentContext context) {
        this.context = context;
        random = new SeededRandom(context.seed());
        details = new SeededRandom(~context.seed());
    }

    /** Why the next datagram is lost, or null when it is sent. */
    LineCount judge(long sinceStartNs) {
        boolean beginsBurst = isDrawn(context.burstPpm());
        boolean isLost = isDrawn(context.lossPpm());
        isDuplicated = isDrawn(context.duplicatePpm());
        isReordered = isDrawn(context.reorderPpm());
        isCorrupted = isDrawn(context.corruptPpm());
        if (burstLeft == 0 && beginsBurst) {
            burstLeft = 1 + details.exponential(context.burstLength() - 1);
        }
        if (burstLeft > 0) {
            burstLeft--;
            return isSilent(sinceStartNs) ? LineCount.SILENCED : LineCount.BURST_LOST;
        }
        if (isSilent(sinceStartNs)) {
            return LineCount.SILENCED;
        }
        return isLost ? LineCount.LOST : null;
    }

    /** True while nothing is sent. */
    boolean isSilent(long sinceStartNs) {
        return sinceStartNs >= context.silenceAtNs()
            && sinceStartNs - context.silenceAtNs() < context.silenceForNs();
    }

    /** True when the datagram judged last is sent twice. */
    boolean isDuplicated() {
        return isDuplicated;
    }

    /** True when the datagram judged last is changed. */
    boolean isCorrupted() {
        return isCorrupted;
    }

    /** How many datagrams overtake the one judged last. */
    int drawDepth() {
        return isReordered ? 1 + details.below(context.reorderDepth()) : 0;
    }

    /** Changes some bytes that follow each other, each to another value. */
    void corrupt(MutableDirectBuffer datagram, int length) {
        int limit = Math.min(length, context.corruptWithin());
        int first = details.below(limit);
        for (int i = 0; i < Math.min(limit, context.corruptBytes()); i++) {
            int index = (first + i) % limit;
            int change = 1 + details.below(255);
            datagram.putByte(index, (byte) (datagram.getByte(index) ^ change));
        }
    }

    private boolean isDrawn(int ppm) {
        return random.below(MILLION) < ppm;
    }
}
