// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.lookup;

/**
 * A place that may know the newest values of a security. Asked by one thread at a time; whatever
 * throws means that it is away, and the next question tries it anew.
 */
public interface QuoteTier extends AutoCloseable {
    /** What an answer names as its source. */
    String name();

    /** True when it answers from memory, so that whoever asks need not wait; any thread may. */
    default boolean isAtHand() {
        return false;
    }

    /**
     * The newest values it has of a security, or null when it has none.
     *
     * @throws Exception when it is away
     */
    LatestAnswer find(String symbol) throws Exception;

    /** Leaves it. May be called twice. */
    @Override
    default void close() {
    }
}
