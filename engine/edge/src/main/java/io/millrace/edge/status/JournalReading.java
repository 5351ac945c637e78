// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import io.millrace.codec.event.LineState;
import java.util.List;
import java.util.Map;

/**
 * What a journal tells about times, holes and lines; whoever knows journals implements it. It reads
 * what was written and touches nothing of the engine's path. Used by the edge's agent alone.
 */
public interface JournalReading extends AutoCloseable {
    /** Without a journal. */
    JournalReading NONE = new JournalReading() {
    };

    /** Reads on for a bounded while; returns the number of events. */
    default int poll() {
        return 0;
    }

    /** Times by point of the way; those of the last interval end with the call. */
    default List<StageTimes> takeStages() {
        return List.of();
    }

    /** The newest holes, open ones first, then the newest first. */
    default List<HoleStatus> holes() {
        return List.of();
    }

    /** Last state told of each line, by feed and line as in {@code SIMA-1.A}. */
    default Map<String, LineState> lines() {
        return Map.of();
    }

    /** Last state told of each breaker, by feed. */
    default Map<String, LineState> breakers() {
        return Map.of();
    }

    /** Sequence of the last event read of a queue. */
    default long sequence(String queue) {
        return 0;
    }

    @Override
    default void close() {
    }
}
