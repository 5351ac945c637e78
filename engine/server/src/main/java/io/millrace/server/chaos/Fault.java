// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import java.util.Locale;

/** What can go wrong in a rehearsal; a seed decides which of those allowed do, and how badly. */
public enum Fault {
    /** Datagrams of a line are lost one by one and in bursts. */
    LOSS,
    /** Datagrams of a line come twice. */
    DUPLICATION,
    /** Datagrams overtake others. */
    REORDERING,
    /** Bytes of datagrams change on their way. */
    CORRUPTION,
    /** One line or all of them carry nothing for a while. */
    SILENCE,
    /** The request server does not hear, is slow, or answers in part. */
    REQUESTS,
    /** Connections for snapshots are refused, cut, or deliver byte by byte. */
    SNAPSHOTS,
    /** The venue begins another session. */
    SESSION,
    /** The wall clock steps forward or back. */
    CLOCK,
    /** Threads do not get the processor for a while. */
    STALL,
    /** The process is killed and started again on what it left. */
    CRASH,
    /** A power loss takes some of the end of a journal, unless that declares a hole. */
    TEAR,
    /** The journal's disk is full for a while; a start waits until it is not. */
    DISK;

    /** The word for it on a command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
