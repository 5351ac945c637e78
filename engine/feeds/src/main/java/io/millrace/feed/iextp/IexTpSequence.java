// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.feed.SessionStart;

/**
 * Which session is followed, and what comes next in it. A segment that does not fit, by its stream,
 * session, number or place, is damaged or begins something else: it is believed only when another
 * one goes on from it. Used by one thread.
 */
final class IexTpSequence {
    /** What is to be done with a segment. */
    enum Verdict {
        /** It is taken. */
        FITS,
        /** It is taken, and what was followed before is over. */
        BEGINS,
        /** It is left out until another one goes on from it. */
        SUSPECTED
    }

    private final SessionStart start;
    private final IexTpPosition expected = new IexTpPosition();
    private final IexTpPosition suspectedStart = new IexTpPosition();
    private final IexTpPosition suspectedEnd = new IexTpPosition();
    private boolean isSuspecting;
    private boolean isKnown;
    private boolean isConfirmed;

    IexTpSequence(SessionStart start) {
        this.start = start;
    }

    /** True when a segment is of another stream than the one that two segments have told of. */
    boolean isForeign(IexTpSegment segment) {
        return isConfirmed && !expected.isOfStream(segment);
    }

    /** Judges a segment, and remembers it. */
    Verdict judge(IexTpSegment segment) {
        if (!isKnown) {
            expected.atStart(segment);
            return begin(segment, Verdict.FITS);
        }
        if (expected.leadsTo(segment) || expected.hasPassed(segment)) {
            return take();
        }
        if (isSuspecting && suspectedEnd.leadsTo(segment)) {
            if (expected.isOfSession(segment) && !isBehind(segment.sequence())) {
                return take();
            }
            expected.at(suspectedStart);
            return begin(segment, Verdict.BEGINS);
        }
        if (segment.sequence() <= 1 && segment.streamOffset() == 0) {
            expected.atStart(segment);
            return begin(segment, Verdict.BEGINS);
        }
        return suspect(segment);
    }

    /** Number of the message that comes next; unsigned. */
    long expected() {
        return expected.sequence();
    }

    /** Gives up what is missing before a segment. */
    void skipTo(IexTpSegment segment) {
        expected.atStart(segment);
    }

    /** Goes on behind a segment. */
    void skipPast(IexTpSegment segment) {
        expected.atEnd(segment);
    }

    /** True when messages are missing between the expected number and this one. */
    boolean isBefore(long sequence) {
        return Long.compareUnsigned(expected.sequence(), sequence) < 0;
    }

    /** Blocks at the start of a segment that came before, all of them at most. */
    int seen(IexTpSegment segment) {
        long behind = expected.sequence() - segment.sequence();
        return Long.compareUnsigned(behind, segment.count()) < 0 ? (int) behind : segment.count();
    }

    /** A session is followed from where it is known, or from its first message when asked to. */
    private Verdict begin(IexTpSegment segment, Verdict verdict) {
        isKnown = true;
        isConfirmed = false;
        if (start == SessionStart.FIRST_PACKET) {
            isSuspecting = false;
            return verdict;
        }
        boolean isFarAhead = !isSuspecting && segment.sequence() > 1;
        expected.atSessionStart(segment);
        if (isFarAhead && !expected.leadsTo(segment)) {
            return suspect(segment);
        }
        isSuspecting = false;
        return verdict;
    }

    private Verdict take() {
        isSuspecting = false;
        isConfirmed = true;
        return Verdict.FITS;
    }

    private Verdict suspect(IexTpSegment segment) {
        suspectedStart.atStart(segment);
        suspectedEnd.atEnd(segment);
        isSuspecting = true;
        return Verdict.SUSPECTED;
    }

    private boolean isBehind(long sequence) {
        return Long.compareUnsigned(sequence, expected.sequence()) < 0;
    }
}
