// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.journal.JournalWriter.State;

/**
 * What a writer does about events that its journal cannot take; each queue has its own way. Owned
 * by the writer's thread.
 */
interface WriterHoles {
    /** Returned by {@link #pass}: the event at the front is the first to be appended again. */
    int RESUME = -1;

    /** Called in each duty cycle; returns the state to go on in, mostly the same. */
    State onDuty(State state, long lastSequence);

    /** The writer stopped appending behind an event. */
    void onStopped(State state, long lastSequence);

    /** Greatest cause of events that may be appended. */
    long causeLimit();

    /**
     * The event at the front has a cause above the limit; returns the state to go on in, the same
     * to wait.
     */
    State onUncaused(State state, long cause);

    /**
     * How many events from the front on are to be passed over; 0 to wait, {@link #RESUME} to go
     * on with appending.
     */
    int pass(State state, long first, long available);

    /** Events were passed over; returns the state to go on in, mostly the same. */
    State onPassed(State state);
}
