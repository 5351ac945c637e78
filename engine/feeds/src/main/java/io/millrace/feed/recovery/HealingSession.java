// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.feed.FeedSession;

/** A session that knows what its holes cost and how they ended. Ingress thread. */
public interface HealingSession extends FeedSession {
    /** What holes cost and how they ended. */
    RecoveryCounters recovery();

    /** Number of the message that comes next; unsigned. */
    long expectedSequence();

    /** True when the session said that it is over and nothing of it is missing at the end. */
    default boolean hasEnded() {
        return false;
    }
}
