// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import io.millrace.event.EventPublisher;
import io.millrace.feed.IngressTask;

/** A breaker beside a connection: its packets are looked at in every cycle. Ingress thread. */
public final class BreakerTask implements IngressTask {
    private static final int LINE = 1;

    private final EventPublisher publisher;
    private final WatchedFeed watched;
    private final FeedBreaker breaker;
    private long heard;

    /**
     * @param publisher writer of the inbound ring
     * @param watched   the connection
     */
    public BreakerTask(EventPublisher publisher, WatchedFeed watched, FeedBreaker breaker) {
        this.publisher = publisher;
        this.watched = watched;
        this.breaker = breaker;
    }

    @Override
    public int onTime(long nowNs) {
        if (!publisher.hasCapacity(FeedBreaker.EVENT_LIMIT)) {
            return 0;
        }
        long packets = watched.packets(LINE);
        if (packets != heard) {
            heard = packets;
            breaker.onHeard(LINE, nowNs);
        }
        int workCount = breaker.onTime(nowNs);
        if (workCount > 0) {
            publisher.commit();
        }
        return workCount;
    }

    @Override
    public void close() {
        // It has nothing open.
    }
}
