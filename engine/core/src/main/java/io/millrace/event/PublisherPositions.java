// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/** Keeps the line in front of the positions free of what other threads read. */
class PublisherPadding {
    private long p01;
    private long p02;
    private long p03;
    private long p04;
    private long p05;
    private long p06;
    private long p07;
    private long p08;
    private long p09;
    private long p10;
    private long p11;
    private long p12;
    private long p13;
    private long p14;
    private long p15;
}

/**
 * Where an {@link EventPublisher} stands. Written with every event by the one writing thread, so the
 * fields have cache lines of their own. Owned by that thread.
 */
class PublisherPositions extends PublisherPadding {
    /** Ring sequence of the last event that readers see. */
    long published;
    /** Ring sequence of the last claimed event. */
    long claimed;
    /** Ring sequence of the last slot known to be free. */
    long reserved;
    /** Event sequence less ring sequence. */
    long firstSequence = 1;
    /** Receive time of the events to come. */
    long receiveTimeNs = Long.MIN_VALUE;
}
