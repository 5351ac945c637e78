// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookView;
import io.millrace.event.LookAheadStage;

/** What the chain asks of its books. */
interface BookState extends LookAheadStage {
    /** The book of an instrument on a venue. */
    BookView book(int instrumentId, int venueId);

    /** Rolling hash over everything applied. */
    long appliedHash();

    /** Number of events applied. */
    long appliedCount();
}
