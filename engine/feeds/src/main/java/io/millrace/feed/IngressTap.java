// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import org.agrona.DirectBuffer;

/**
 * Hears all that the ingress thread works on, in the order in which it does: with this, the time it
 * is told included, the same events can be made again. Neither waits nor allocates. Ingress
 * thread.
 */
public interface IngressTap {
    /** In place of a line: time moves on, and nothing else happens. */
    int CHAIN_TIME = -1;

    /** Hears nothing. */
    IngressTap NONE = new IngressTap() {
    };

    /**
     * A datagram is about to be taken.
     *
     * @param line position of the line among those of the ingress agent, from 0
     */
    default void onPacket(int line, DirectBuffer buffer, int offset, int length, long timeNs) {
    }

    /** A datagram is discarded before it is decoded, for the inbound ring has no room. */
    default void onDiscarded(int line, DirectBuffer buffer, int offset, int length, long timeNs) {
    }

    /** A request server's answer is about to be taken. */
    default void onAnswer(int server, DirectBuffer buffer, int offset, int length, long timeNs) {
    }

    /**
     * Time did something: it made events, or a session asked, took an answer or gave up.
     *
     * @param line a line of that session, or {@link #CHAIN_TIME}
     */
    default void onTime(int line, long timeNs) {
    }
}
