// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

/** Which sequence a session expects first. */
public enum SessionStart {
    /**
     * Number 1: whatever the first packet is ahead of it is a gap. Live, and captures of a whole
     * day.
     */
    FIRST_MESSAGE,
    /** The first packet's own number: what came before is not wanted. Captures cut out of a day. */
    FIRST_PACKET
}
