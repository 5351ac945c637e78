// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.feed.SessionStart;

/**
 * Which session is followed, and how far it surely is. That moves on only to the end of a segment
 * that begins exactly where it stands, or where the segment before on the same line ended: no
 * damaged or forged segment alone moves it. Owned by the ingress thread.
 */
final class IexTpProgress {
    private final SessionStart start;
    private final IexTpPosition sure = new IexTpPosition();
    private final IexTpPosition[] lineEnds;
    private boolean isKnown;
    private boolean isTaken;
    private boolean isConfirmed;

    /** @param lines most lines; they are numbered from 1 */
    IexTpProgress(SessionStart start, int lines) {
        this.start = start;
        lineEnds = new IexTpPosition[lines];
        for (int i = 0; i < lines; i++) {
            lineEnds[i] = new IexTpPosition();
        }
    }

    boolean isKnown() {
        return isKnown;
    }

    int protocolId() {
        return sure.protocolId();
    }

    long channelId() {
        return sure.channelId();
    }

    long sessionId() {
        return sure.sessionId();
    }

    /** True when a segment is of another stream than the one that two segments have told of. */
    boolean isForeign(IexTpSegment segment) {
        return isConfirmed && !sure.isOfStream(segment);
    }

    boolean isOfSession(IexTpSegment segment) {
        return sure.isOfSession(segment);
    }

    /**
     * Follows the session of a segment, from there or from its first message.
     *
     * @return number of the message that is expected first
     */
    long begin(IexTpSegment segment) {
        if (start == SessionStart.FIRST_MESSAGE) {
            sure.atSessionStart(segment);
        } else {
            sure.atStart(segment);
        }
        begin();
        return sure.sequence();
    }

    /** Follows the session of a segment in its midst: where the segment is, the session is. */
    void join(IexTpSegment segment) {
        sure.atStart(segment);
        begin();
    }

    private void begin() {
        isKnown = true;
        isTaken = false;
        isConfirmed = false;
        for (IexTpPosition end : lineEnds) {
            end.at(sure);
        }
    }

    /** True when number and offset of a segment agree with each other and with the session. */
    boolean isPlausible(IexTpSegment segment) {
        return sure.leadsTo(segment) || sure.hasPassed(segment);
    }

    /**
     * True when a segment is the first of the session once more and was sent later than what came
     * since: the session runs anew under its name.
     */
    boolean isAnew(IexTpSegment segment) {
        return segment.isStart() && sure.isOfSession(segment) && !sure.isStart()
            && segment.sendTimeNs() > sure.sendTimeNs();
    }

    /** Two segments agree on where they are: that is where the session is. */
    void correct(IexTpSegment segment) {
        sure.atStart(segment);
    }

    /** Moves on with a segment that was taken. */
    void take(int line, IexTpSegment segment) {
        isConfirmed = isTaken;
        isTaken = true;
        IexTpPosition lineEnd = lineEnds[line - 1];
        if ((sure.isStartOf(segment) || lineEnd.isStartOf(segment))
            && sure.isReachedBy(segment)) {
            sure.atEnd(segment);
        }
        lineEnd.atEnd(segment);
    }
}
