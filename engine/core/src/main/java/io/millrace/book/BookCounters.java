// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

/** What the books tell about themselves while they run; called on the chain's thread only. */
public interface BookCounters {
    /** An event was refused. */
    void onRefused(BookRefusal refusal);

    /** A book that was trusted became stale. */
    void onStale();
}
