// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

/** Where the inbound events of a run come from, and so whether anything may be added to them. */
public enum RunMode {
    /**
     * From feeds, files or an embedder: start, stop and commands enter as events too, strategies
     * are measured.
     */
    LIVE,
    /** From a journal that already holds all of that: nothing is added, nothing is measured. */
    REPLAY
}
