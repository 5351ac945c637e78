// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/**
 * One step of the chain. Called by the chain's one thread for every inbound event in order; it
 * allocates nothing, waits for nothing and knows nothing but events: no clock, no socket, no file.
 * What it derives it publishes outbound.
 */
public interface EventStage {
    /** Takes one inbound event; the view is valid during the call only. */
    void onEvent(EventView event);
}
