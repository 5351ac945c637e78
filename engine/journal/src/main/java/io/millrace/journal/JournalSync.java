// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

/**
 * When the journal is forced to the device. A killed process loses nothing that was appended in any
 * mode; the modes differ in what a power loss takes.
 */
public enum JournalSync {
    /** The kernel writes back when it likes: up to about 30 seconds can be lost. */
    NONE,
    /** A thread of its own forces every syncIntervalMs: at most that and one force can be lost. */
    INTERVAL,
    /** Each excerpt is forced before its sequence is published: nothing published can be lost. */
    BATCH
}
