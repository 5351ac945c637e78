// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

/** What a breaker hears and asks of one feed. Ingress thread. */
public interface WatchedFeed {
    /** Number of lines; they are numbered from 1. */
    int lines();

    /** Name of a line, for reports. */
    String lineName(int line);

    /** Signs of life on a line so far: whole packets of the session, heart-beats too. */
    long packets(int line);

    /** True when the session itself tells when its line goes up and down. */
    boolean tellsOfLines();

    /** Number of the message that comes next. */
    long expectedSequence();

    /** True while something is missing that may still come. */
    boolean isWaiting();

    /** True when the session said that it is over: silence is as it should be. */
    boolean hasEnded();

    /** Does what may bring a silent feed back. */
    void probe();
}
