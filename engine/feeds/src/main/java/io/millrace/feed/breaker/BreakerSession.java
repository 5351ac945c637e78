// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.feed.recovery.RecoveryCounters;
import org.agrona.DirectBuffer;

/**
 * A session with a breaker: every packet that the session takes for one of its own is a sign of
 * life, and silence is noticed by the time that the session is told. Who hears all that a session
 * is told can so make the same events again. Owned by the ingress thread.
 */
public final class BreakerSession implements HealingSession {
    private static final int FIRST_LINE = 1;

    private final HealingSession session;
    private final FeedCounters counters;
    private final FeedBreaker breaker;

    /**
     * @param session  takes the packets
     * @param counters of the session
     */
    public BreakerSession(HealingSession session, FeedCounters counters, FeedBreaker breaker) {
        this.session = session;
        this.counters = counters;
        this.breaker = breaker;
    }

    /** The breaker. */
    public FeedBreaker breaker() {
        return breaker;
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        onPacket(FIRST_LINE, buffer, offset, length, receiveTimeNs);
    }

    @Override
    public void onPacket(int line, DirectBuffer buffer, int offset, int length,
                         long receiveTimeNs) {
        long before = counters.lines().line(line).packets();
        session.onPacket(line, buffer, offset, length, receiveTimeNs);
        if (counters.lines().line(line).packets() != before) {
            breaker.onHeard(line, receiveTimeNs);
        }
    }

    @Override
    public int eventLimit(DirectBuffer buffer, int offset, int length) {
        return FeedBreaker.EVENT_LIMIT + session.eventLimit(buffer, offset, length);
    }

    @Override
    public void resume(ChannelHistory past) {
        session.resume(past);
    }

    @Override
    public void onStart(long nowNs) {
        session.onStart(nowNs);
    }

    /** Silence may do something at any time. */
    @Override
    public boolean isWaiting() {
        return true;
    }

    @Override
    public boolean isHealing() {
        return session.isHealing();
    }

    @Override
    public boolean isReady() {
        return session.isReady();
    }

    /** The breaker comes first: it finds the room that was asked for. */
    @Override
    public int onTime(long nowNs) {
        int workCount = breaker.onTime(nowNs);
        return workCount + (session.isWaiting() ? session.onTime(nowNs) : 0);
    }

    @Override
    public void onEnd() {
        session.onEnd();
    }

    @Override
    public void show() {
        session.show();
    }

    @Override
    public RecoveryCounters recovery() {
        return session.recovery();
    }

    @Override
    public LeftSession leave() {
        return session.leave();
    }

    @Override
    public void follow(LeftSession yesterday) {
        session.follow(yesterday);
    }

    @Override
    public long expectedSequence() {
        return session.expectedSequence();
    }

    @Override
    public boolean hasEnded() {
        return session.hasEnded();
    }

    @Override
    public void close() {
        session.close();
    }
}
