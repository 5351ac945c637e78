// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

/**
 * A place between two inbound events.
 *
 * @param inboundSequence  sequence of the event before it, 0 at the start of an epoch
 * @param outboundSequence sequence of the last event derived before it, 0 when there is none
 * @param receiveTimeNs    receive time of the event before it, {@link Long#MIN_VALUE} at the start
 */
public record ChainPosition(long inboundSequence, long outboundSequence, long receiveTimeNs) {
    /** Before the first event. */
    public static final ChainPosition START = new ChainPosition(0, 0, Long.MIN_VALUE);
}
