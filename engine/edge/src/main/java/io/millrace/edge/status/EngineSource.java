// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.status.CountersReader;

/** Where the edge reads about an engine; all of it may be read beside the running engine. */
public interface EngineSource {
    /** The counters, in memory or mapped from a file. */
    CountersReader counters();

    /** Visits the distinct errors; returns their number. */
    int forEachError(ErrorConsumer consumer);

    /** What a writer of the journal does, by its counter's value; 0 is that all is well. */
    String queueState(long state);

    /** What the journal tells. */
    JournalReading journal();
}
