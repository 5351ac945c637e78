// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

/** What a gate does with the live messages. */
public enum SnapshotState {
    /** They go through; no snapshot is wanted. */
    PASSING,
    /** They go through, marked; a server is looked for. */
    SEEKING,
    /** They are held: a server is asked, and its answer may be older than they are. */
    HOLDING,
    /** They are held: a snapshot is read, and the books are withheld. */
    READING,
    /** They are held: a snapshot was cut off, the books are void, another one is looked for. */
    VOID,
    /** What was held goes through, then what comes. */
    DRAINING
}
