// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookView;
import io.millrace.event.EventView;

/** Stands where the books go. */
final class NoBooks implements BookState {
    private long count;

    @Override
    public BookView book(int instrumentId, int venueId) {
        return null;
    }

    @Override
    public long appliedHash() {
        return count;
    }

    @Override
    public long appliedCount() {
        return count;
    }

    @Override
    public void onAhead(EventView event) {
    }

    @Override
    public void onEvent(EventView event) {
        count++;
    }
}
