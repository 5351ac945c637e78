// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.feed.FeedSession;

/** A session that knows what its holes cost and how they ended. Ingress thread. */
public interface HealingSession extends FeedSession {
    /** What holes cost and how they ended. */
    RecoveryCounters recovery();
}
