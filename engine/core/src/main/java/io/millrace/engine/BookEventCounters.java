// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookCounters;
import io.millrace.book.BookRefusal;
import io.millrace.counter.Counters;
import java.util.Locale;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Counts what the books refuse, by reason. Made on the control thread; written by the chain's
 * thread.
 */
final class BookEventCounters implements BookCounters {
    private final AtomicCounter[] refusals = new AtomicCounter[BookRefusal.values().length];
    private final AtomicCounter stale;

    BookEventCounters(Counters counters) {
        for (BookRefusal refusal : BookRefusal.values()) {
            String reason = refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
            refusals[refusal.ordinal()] = counters.counter("book.refused." + reason);
        }
        stale = counters.counter("book.stale");
    }

    @Override
    public void onRefused(BookRefusal refusal) {
        refusals[refusal.ordinal()].incrementRelease();
    }

    @Override
    public void onStale() {
        stale.incrementRelease();
    }
}
