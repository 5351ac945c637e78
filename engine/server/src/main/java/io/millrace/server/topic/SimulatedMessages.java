// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.topic;

import io.millrace.feed.TradingDate;
import io.millrace.simulator.FlowSink;

/** Where an engine's simulated messages come from. Owned by the thread that asks. */
public interface SimulatedMessages {
    /** The day that the messages belong to. */
    TradingDate date();

    /** When the first of them is told, ns since the Unix epoch. */
    long firstTimeNs();

    /**
     * Hands on what is due, a few hundred messages at most.
     *
     * @return number of steps done, 0 when nothing is due yet
     */
    int handOn(FlowSink sink);

    /** True when nothing more comes. */
    boolean isDone();
}
