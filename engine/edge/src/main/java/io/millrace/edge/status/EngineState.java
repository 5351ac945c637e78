// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/** What an engine does; the counter {@link StatusLabels#ENGINE_STATE} holds the ordinal. */
public enum EngineState {
    /** Nothing was heard of it yet. */
    STARTING,
    /** Its chain moves on. */
    RUNNING,
    /** A stage threw: the chain stopped for good. */
    FAILED,
    /** It ended in order. */
    STOPPED,
    /** It says it runs, and its chain has not moved for seconds; never written, only concluded. */
    STALLED,
    /** What an earlier life left in the journal goes through its chain. */
    REPLAYING;

    private static final EngineState[] VALUES = values();

    static EngineState of(long ordinal) {
        return ordinal >= 0 && ordinal < VALUES.length ? VALUES[(int) ordinal] : STARTING;
    }

    /** In lower case, as pages and probes print it. */
    public String text() {
        return switch (this) {
            case STARTING -> "starting";
            case RUNNING -> "running";
            case FAILED -> "failed";
            case STOPPED -> "stopped";
            case STALLED -> "stalled";
            case REPLAYING -> "replaying";
        };
    }
}
