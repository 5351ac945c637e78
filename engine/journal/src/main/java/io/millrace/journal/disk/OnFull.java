// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.disk;

/** What an engine does when its journal's disk is full. */
public enum OnFull {
    /** Appending stops, all else goes on; behind a declared hole it begins again. */
    DEGRADE,
    /** The engine stops in order; what was appended is whole. */
    HALT
}
