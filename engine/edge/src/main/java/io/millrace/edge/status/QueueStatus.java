// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * One queue of the journal.
 *
 * @param name            inbound or outbound
 * @param state           what its writer does, in words
 * @param isAppending     true while every event is appended and forced as promised
 * @param sequence        of the last event it holds
 * @param position        byte offset in its file
 * @param eventsPerSecond in the last second
 * @param unjournaled     events that passed while nothing was appended
 * @param behind          events that the reader of latencies and holes has yet to read
 */
public record QueueStatus(String name, String state, boolean isAppending, long sequence,
                          long position, double eventsPerSecond, long unjournaled, long behind) {
}
