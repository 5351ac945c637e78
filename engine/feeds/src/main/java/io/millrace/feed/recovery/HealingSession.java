// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.feed.FeedSession;
import io.millrace.feed.history.ChannelHistory;

/** A session that knows what its holes cost and how they ended. Ingress thread. */
public interface HealingSession extends FeedSession {
    /** What holes cost and how they ended. */
    RecoveryCounters recovery();

    /**
     * Goes on where an earlier life of the engine was, and tells the name of its first session so
     * that a later life can. Before the first packet and the start.
     */
    void resume(ChannelHistory past);

    /** Number of the message that comes next; unsigned. */
    long expectedSequence();

    /** True when the session said that it is over and nothing of it is missing at the end. */
    default boolean hasEnded() {
        return false;
    }

    /**
     * Ends with its trading date.
     *
     * @return what the session of the next date takes late packets of this one by; once this has
     *         ended
     */
    LeftSession leave();

    /** Begins a trading date: packets of the session that the last one left are none of its. */
    void follow(LeftSession yesterday);
}
