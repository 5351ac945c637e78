// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/**
 * A stage that is told of events some places before they come, to bring the memory they need near.
 */
public interface LookAheadStage extends EventStage {
    /** Sees an event early; may touch memory, must not change any state that can be observed. */
    void onAhead(EventView event);
}
