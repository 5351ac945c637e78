// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.feed.transport.PacketHandler;
import org.agrona.DirectBuffer;

/**
 * A session protocol: takes packets of any line in any order, hands messages on in sequence. What
 * it waits for, it waits for in the time it is told; it reads no clock. Ingress thread.
 */
public interface FeedSession extends PacketHandler, AutoCloseable {
    /** Greatest number of events that a packet can become, asked before it is taken. */
    int eventLimit(DirectBuffer buffer, int offset, int length);

    /**
     * Takes a packet of one of several lines.
     *
     * @param line number of the line, from 1
     */
    default void onPacket(int line, DirectBuffer buffer, int offset, int length,
                          long receiveTimeNs) {
        onPacket(buffer, offset, length, receiveTimeNs);
    }

    /** Before the first packet: tells what an earlier life of the engine left to be told. */
    default void onStart(long nowNs) {
    }

    /** True while something is held back or missing, so that time and room may change it. */
    default boolean isWaiting() {
        return false;
    }

    /** True while something is missing or held that may still come or go on. */
    default boolean isHealing() {
        return isWaiting();
    }

    /** True when something is held back only because the ring had no room for it. */
    default boolean isReady() {
        return false;
    }

    /**
     * Does what is due while {@link #isWaiting()}: asks again, takes answers, gives up, hands on
     * what is held as far as the ring has room.
     *
     * @return how much was done
     */
    default int onTime(long nowNs) {
        return 0;
    }

    /**
     * No packet comes any more: what is missing is lost, what is held is handed on, however long
     * the ring takes.
     */
    default void onEnd() {
    }

    /** Shows its counts to other threads, after a duty cycle's work. */
    default void show() {
    }

    /** Closes what the session opened, not the lines. */
    @Override
    default void close() {
    }
}
