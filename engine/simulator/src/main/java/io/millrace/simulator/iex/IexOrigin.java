// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

import io.millrace.simulator.MessageSource;
import io.millrace.simulator.SimulatedBooks;

/** The order flow, in ITCH messages, that an IEX venue tells in its own words. One thread. */
public interface IexOrigin extends MessageSource {
    /** The venue's books after the last message. */
    SimulatedBooks books();

    /** True when the next message belongs to the same event as the last. */
    boolean isInEvent();

    /** The session that the last message belongs to, from 1. */
    int session();
}
