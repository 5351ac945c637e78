// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

/** Takes the ticks: a line of text, a file, a socket. One thread. */
public interface TickSink extends AutoCloseable {
    /** One tick, valid during the call only. */
    void onTick(Tick tick);

    /** After the last tick. */
    @Override
    default void close() {
    }
}
