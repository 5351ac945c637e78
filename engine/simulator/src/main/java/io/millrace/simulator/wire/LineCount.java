// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

/**
 * What a line counts. Once it has sent everything, WRITTEN = OFFERED - LOST - BURST_LOST -
 * SILENCED + DUPLICATED + CONTROL.
 */
public enum LineCount {
    /** Datagrams with messages that the venue gave to the line. */
    OFFERED,
    /** Of these, lost one by one. */
    LOST,
    /** Of these, lost in a burst. */
    BURST_LOST,
    /** Of these, lost in a silence. */
    SILENCED,
    /** Datagrams written once more. */
    DUPLICATED,
    /** Datagrams held back until others had overtaken them. */
    REORDERED,
    /** Datagrams written with changed bytes. */
    CORRUPTED,
    /** Heart-beats and ends of session written. */
    CONTROL,
    /** Heart-beats and ends of session lost in a silence. */
    CONTROL_SILENCED,
    /** Datagrams that went to the socket. */
    WRITTEN,
    /** Datagrams that the single receiver's host said nobody takes; always 0 of multicast. */
    UNHEARD,
    /** Messages in the datagrams offered. */
    MESSAGES_OFFERED,
    /** Messages in the datagrams that were lost. */
    MESSAGES_LOST
}
