// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/**
 * Where an {@link EventPublisher} stands. Written with every event by the one writing thread, so
 * the fields have cache lines of their own. Owned by that thread.
 */
class PublisherPositions extends PublisherPadding {
    /** Ring sequence of the last event that readers see. */
    long published;
    /** Ring sequence of the last claimed event. */
    long claimed;
    /** Ring sequence of the last slot known to be free. */
    long reserved;
    /** Events that were left to other shards. */
    long elsewhere;
    /** Event sequence less ring sequence. */
    long firstSequence = 1;
    /** Receive time of the events to come. */
    long receiveTimeNs = Long.MIN_VALUE;
}
