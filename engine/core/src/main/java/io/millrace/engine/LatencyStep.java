// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

/**
 * The steps of an event's way whose time is measured, per batch, on the oldest event of the batch.
 */
public enum LatencyStep {
    /** From receipt to the inbound ring. */
    RECEIVE_TO_RING,
    /** From the inbound ring to the chain. */
    RING_TO_CHAIN,
    /** All stages over the whole batch. */
    CHAIN,
    /** From receipt until the batch had left the chain. */
    RECEIVE_TO_END
}
