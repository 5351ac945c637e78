// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.transport.PacketReceiver;
import java.io.IOException;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * The multicast lines of one session as a breaker sees them. A probe leaves each group and joins it
 * again, so that host and switches learn anew who listens. Owned by the ingress thread.
 */
public final class MulticastFeed implements WatchedFeed {
    private final int lines;
    private final PacketReceiver[] receivers;
    private final HealingSession session;
    private final FeedCounters counters;
    private final ErrorHandler errors;

    /**
     * @param lines     how many there are
     * @param receivers of each; none when packets come from a recording, which nothing brings back
     * @param session   of all of them
     * @param errors    told when a group cannot be joined again
     */
    public MulticastFeed(int lines, List<? extends PacketReceiver> receivers,
                         HealingSession session, FeedCounters counters, ErrorHandler errors) {
        this.lines = lines;
        this.receivers = receivers.toArray(PacketReceiver[]::new);
        this.session = session;
        this.counters = counters;
        this.errors = errors;
    }

    @Override
    public int lines() {
        return lines;
    }

    @Override
    public String lineName(int line) {
        return line <= receivers.length ? receivers[line - 1].name() : "recorded line " + line;
    }

    @Override
    public long packets(int line) {
        return counters.lines().line(line).packets();
    }

    @Override
    public boolean tellsOfLines() {
        return false;
    }

    @Override
    public long expectedSequence() {
        return session.expectedSequence();
    }

    @Override
    public boolean isWaiting() {
        return session.isWaiting();
    }

    @Override
    public boolean hasEnded() {
        return session.hasEnded();
    }

    @Override
    public void probe() {
        for (PacketReceiver receiver : receivers) {
            try {
                receiver.rejoin();
            } catch (IOException failure) {
                errors.onError(failure);
            }
        }
    }
}
