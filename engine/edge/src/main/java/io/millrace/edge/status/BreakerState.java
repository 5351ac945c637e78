// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/** State of a feed's circuit breaker. */
public enum BreakerState {
    /** The feed has told nothing of a breaker. */
    NOT_TOLD,
    /** Data flow. */
    CLOSED,
    /** The feed is out: its books are stale. */
    OPEN,
    /** It is tried again. */
    HALF_OPEN
}
