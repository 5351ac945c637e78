// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import static io.millrace.feed.breaker.BreakerState.CLOSED;
import static io.millrace.feed.breaker.BreakerState.HALF_OPEN;
import static io.millrace.feed.breaker.BreakerState.OPEN;

import io.millrace.codec.event.LineState;
import io.millrace.event.EventPublisher;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.LineScorecard;
import io.millrace.feed.transport.RetryDelay;

/**
 * The circuit breaker of one feed. It is closed at first, unless resumed open, and tells so. It
 * tells when a line falls silent and when it is heard again.
 * When all of them were silent for too long it opens: the books of the channel are stale from that
 * event on. It probes the feed after growing waits, is half-open while it listens, and closes when
 * enough came and nothing is missing any more; a trial that hears too little opens it again. The
 * end of a session is no silence. Time is what it is told, on one clock; between two calls that
 * returned 0 nothing has changed. Owned by the ingress thread.
 */
public final class FeedBreaker {
    /** Events of one call at most: of each line, and of the breaker itself. */
    public static final int EVENT_LIMIT = LineScorecard.MAX_LINES + 2;

    private static final int WHOLE_FEED = 0;
    private static final byte NO_CODE = 0;

    private final BreakerContext context;
    private final FeedCounters feed;
    private final WatchedFeed watched;
    private final ChannelEvents events;
    private final BreakerCounters counters = new BreakerCounters();
    private final RetryDelay delay;
    private final LineWatch[] lines;

    private BreakerState state = CLOSED;
    private boolean isOpenAtFirst;
    private boolean hasBegun;
    private long lastHeardNs;
    private long openedNs;
    private long probeAtNs;
    private long trialNs;
    private long trialPackets;
    private long enoughNs;

    /**
     * @param publisher writer of the inbound ring
     * @param channel   whose books an open breaker makes stale
     * @param feed      counters of the session, for what was lost so far
     */
    public FeedBreaker(BreakerContext context, EventPublisher publisher, FeedChannel channel,
                       FeedCounters feed, WatchedFeed watched) {
        this.context = context;
        this.feed = feed;
        this.watched = watched;
        events = new ChannelEvents(publisher, channel);
        delay = new RetryDelay(context.firstProbeNs(), context.longestProbeNs(),
            context.jitterSeed());
        lines = new LineWatch[watched.lines()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new LineWatch();
        }
    }

    /** Begins open, as an earlier life of the engine left it. Before the first call. */
    public void resumeOpen() {
        isOpenAtFirst = true;
    }

    /** A whole packet of the session came on a line; the ring has room. */
    public void onHeard(int line, long timeNs) {
        if (!hasBegun) {
            begin(timeNs);
        }
        long silenceNs = timeNs - lastHeardNs;
        lastHeardNs = timeNs;
        LineWatch watch = lines[line - 1];
        watch.heard(timeNs);
        if (!watch.isIn(LineState.UP) && !watched.tellsOfLines()) {
            change(watch, line, LineState.UP, timeNs);
        }
        if (state != CLOSED) {
            onHeardAgain(silenceNs, timeNs);
        }
    }

    /**
     * Time moves on; the ring has room.
     *
     * @return how much it did
     */
    public int onTime(long nowNs) {
        if (!hasBegun) {
            begin(nowNs);
            return 1;
        }
        int told = watched.tellsOfLines() || watched.hasEnded() ? 0 : tellOfSilence(nowNs);
        return told + switch (state) {
            case CLOSED -> whileClosed(nowNs);
            case OPEN -> whileOpen(nowNs);
            default -> whileHalfOpen(nowNs);
        };
    }

    /** Where it stands and what became of it. */
    public BreakerCounters counters() {
        return counters;
    }

    /** Number of lines of the feed. */
    public int lines() {
        return lines.length;
    }

    /** Name of a line, from 1. */
    public String lineName(int line) {
        return watched.lineName(line);
    }

    private void begin(long nowNs) {
        hasBegun = true;
        lastHeardNs = nowNs;
        for (LineWatch line : lines) {
            line.begin(nowNs);
        }
        if (isOpenAtFirst) {
            openedNs = nowNs;
            counters.onOpened();
            open(nowNs);
        } else {
            change(CLOSED, LineState.BREAKER_CLOSED, nowNs);
        }
    }

    private void onHeardAgain(long silenceNs, long timeNs) {
        counters.onSilence(silenceNs);
        if (state == OPEN) {
            listen(timeNs);
        }
        trialPackets++;
        if (trialPackets == context.closeAfterPackets()) {
            enoughNs = timeNs;
        }
        closeWhenWhole(timeNs);
    }

    private int tellOfSilence(long nowNs) {
        int told = 0;
        for (int i = 0; i < lines.length; i++) {
            LineWatch line = lines[i];
            if (!line.isIn(LineState.SILENT) && line.silenceNs(nowNs) >= context.lineSilenceNs()) {
                counters.onLineSilent();
                change(line, i + 1, LineState.SILENT, nowNs);
                told++;
            }
        }
        return told;
    }

    private int whileClosed(long nowNs) {
        if (nowNs - lastHeardNs < context.openAfterNs() || watched.hasEnded()) {
            return 0;
        }
        openedNs = nowNs;
        counters.onOpened();
        open(nowNs);
        return 1;
    }

    private int whileOpen(long nowNs) {
        if (nowNs - probeAtNs < 0) {
            return 0;
        }
        counters.onProbe();
        watched.probe();
        listen(nowNs);
        return 1;
    }

    private int whileHalfOpen(long nowNs) {
        if (trialPackets >= context.closeAfterPackets()) {
            return closeWhenWhole(nowNs);
        }
        if (nowNs - Math.max(trialNs, lastHeardNs) < context.openAfterNs()) {
            return 0;
        }
        counters.onFailed();
        open(nowNs);
        return 1;
    }

    /** A book may only be good again once its messages came, or were told to be lost. */
    private int closeWhenWhole(long nowNs) {
        if (trialPackets < context.closeAfterPackets()
            || watched.isWaiting() && nowNs - enoughNs < context.closeLimitNs()) {
            return 0;
        }
        delay.reset();
        counters.onClosed(nowNs - openedNs);
        change(CLOSED, LineState.BREAKER_CLOSED, nowNs);
        return 1;
    }

    private void open(long nowNs) {
        counters.onSilence(nowNs - lastHeardNs);
        probeAtNs = nowNs + delay.nextNs();
        change(OPEN, LineState.BREAKER_OPEN, nowNs);
    }

    private void listen(long nowNs) {
        trialNs = nowNs;
        trialPackets = 0;
        change(HALF_OPEN, LineState.BREAKER_HALF_OPEN, nowNs);
    }

    private void change(BreakerState next, LineState told, long nowNs) {
        state = next;
        counters.onState(next);
        long packets = 0;
        for (int line = 1; line <= lines.length; line++) {
            packets += watched.packets(line);
        }
        tell(WHOLE_FEED, told, nowNs - lastHeardNs, packets);
    }

    private void change(LineWatch line, int number, LineState told, long nowNs) {
        line.told(told);
        counters.onLine(number, told);
        tell(number, told, line.silenceNs(nowNs), watched.packets(number));
    }

    private void tell(int line, LineState told, long silenceNs, long packets) {
        events.line(line, told, NO_CODE, watched.expectedSequence(), silenceNs, packets,
            feed.missing());
    }
}
