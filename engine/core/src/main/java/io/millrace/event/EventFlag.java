// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/** Bits of the flags field of every event, in the order of the schema's set EventFlags. */
public final class EventFlag {
    /** The venue's update is complete with this event; books may be looked at. */
    public static final int LAST = 1;
    /** The event belongs to a snapshot, not to the live flow. */
    public static final int SNAPSHOT = 1 << 1;
    /** The event lies behind an unhealed gap of its channel. */
    public static final int MAYBE_BAD = 1 << 2;
    /** The exchange time's date is not known, or the receive time's clock has just stepped. */
    public static final int BAD_TIME = 1 << 3;
    /** The event was not produced by a real venue. */
    public static final int SIMULATED = 1 << 4;

    private EventFlag() {
    }
}
