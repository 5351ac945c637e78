// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

/** What a bridge thinks of its outside. The ordinal is the counter's value. */
public enum CircuitState {
    /** The last batch was acknowledged, or none was sent yet. */
    CLOSED,
    /** The outside is away or does not answer; the bridge waits before it tries again. */
    OPEN,
    /** One attempt is being made. */
    HALF_OPEN
}
