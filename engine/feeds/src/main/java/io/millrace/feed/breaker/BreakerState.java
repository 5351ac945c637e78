// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

/** What a breaker thinks of its feed. */
public enum BreakerState {
    /** It is heard, or was a moment ago. */
    CLOSED,
    /** Nothing came for too long: the books are stale, the next probe is awaited. */
    OPEN,
    /** It was probed, or heard again: enough has to come before the books are trusted. */
    HALF_OPEN
}
