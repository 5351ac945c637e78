// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import io.millrace.codec.event.LineState;
import io.millrace.counter.PublishedCounts;
import io.millrace.feed.LineScorecard;
import java.util.Locale;

/**
 * What became of a breaker. Owned by the ingress thread; others read it once that has ended, and
 * before only what was shown to them.
 */
public final class BreakerCounters {
    private static final int STATE = 0;
    private static final int OPENED = 1;
    private static final int PROBES = 2;
    private static final int FAILED = 3;
    private static final int CLOSED = 4;
    private static final int SILENCES = 5;
    private static final int FIRST_LINE = 6;
    private static final int SHOWN_COUNT = FIRST_LINE + LineScorecard.MAX_LINES;
    private static final BreakerState[] STATES = BreakerState.values();
    private static final LineState[] LINE_STATES = LineState.values();
    private static final double NS_PER_SECOND = 1e9;

    private final PublishedCounts shown = new PublishedCounts(SHOWN_COUNT);
    private BreakerState state = BreakerState.CLOSED;
    private long opened;
    private long probes;
    private long failed;
    private long closed;
    private long silences;
    private long openNs;
    private long longestSilenceNs;

    BreakerCounters() {
        for (int line = 1; line <= LineScorecard.MAX_LINES; line++) {
            onLine(line, LineState.NULL_VAL);
        }
    }

    void onState(BreakerState now) {
        state = now;
        shown.set(STATE, now.ordinal());
        shown.set(OPENED, opened);
        shown.set(PROBES, probes);
        shown.set(FAILED, failed);
        shown.set(CLOSED, closed);
    }

    void onLine(int line, LineState now) {
        shown.set(FIRST_LINE + line - 1, now.ordinal());
    }

    void onLineSilent() {
        silences++;
        shown.set(SILENCES, silences);
    }

    void onOpened() {
        opened++;
    }

    void onProbe() {
        probes++;
    }

    void onFailed() {
        failed++;
    }

    void onClosed(long spanNs) {
        closed++;
        openNs += spanNs;
    }

    void onSilence(long silenceNs) {
        longestSilenceNs = Math.max(longestSilenceNs, silenceNs);
    }

    /** Where the breaker stands. */
    public BreakerState state() {
        return state;
    }

    /** {@link #state()} as shown last. Any thread. */
    public BreakerState shownState() {
        return STATES[(int) shown.get(STATE)];
    }

    /**
     * State of a line as shown last: UP, SILENT, or NULL_VAL while nothing is known of it. Any
     * thread.
     *
     * @param line from 1
     */
    public LineState shownLine(int line) {
        return LINE_STATES[(int) shown.get(FIRST_LINE + line - 1)];
    }

    /** Times that it opened after it was closed. */
    public long opened() {
        return opened;
    }

    /** {@link #opened()} as shown last. Any thread. */
    public long shownOpened() {
        return shown.get(OPENED);
    }

    /** Times that a silent feed was probed. */
    public long probes() {
        return probes;
    }

    /** {@link #probes()} as shown last. Any thread. */
    public long shownProbes() {
        return shown.get(PROBES);
    }

    /** Times that it opened again as too little came while it was half-open. */
    public long failed() {
        return failed;
    }

    /** {@link #failed()} as shown last. Any thread. */
    public long shownFailed() {
        return shown.get(FAILED);
    }

    /** Times that it closed. */
    public long closed() {
        return closed;
    }

    /** {@link #closed()} as shown last. Any thread. */
    public long shownClosed() {
        return shown.get(CLOSED);
    }

    /** Times that a line fell silent. */
    public long silences() {
        return silences;
    }

    /** {@link #silences()} as shown last. Any thread. */
    public long shownSilences() {
        return shown.get(SILENCES);
    }

    /** Time from opening to closing, of all times that it closed. */
    public long openNs() {
        return openNs;
    }

    /** Longest silence of all lines that opened it or kept it open. */
    public long longestSilenceNs() {
        return longestSilenceNs;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, opened %,d, probes %,d, trials failed %,d, closed"
            + " %,d after %.1f s in all, longest silence %.1f s, lines fell silent %,d times",
            state, opened, probes, failed, closed, openNs / NS_PER_SECOND,
            longestSilenceNs / NS_PER_SECOND, silences);
    }
}
