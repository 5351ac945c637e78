// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.cache;

import io.millrace.bridge.EventBatch;
import io.millrace.bridge.Position;
import io.millrace.journal.JournalQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One cache, what it holds of its securities, and how far it has come. Bridge's thread.
 */
final class CacheShard implements AutoCloseable {
    private final QuoteCache cache;
    private final Map<String, LatestQuote> latest = new HashMap<>();
    /** Each of them once, by its mark. */
    private final List<LatestQuote> changed = new ArrayList<>();
    private Position position;

    CacheShard(QuoteCache cache) {
        this.cache = cache;
    }

    /** Connects; how far the cache has come, or null. */
    Position open() throws Exception {
        position = cache.open();
        return position;
    }

    /** True when an event is in what this cache has taken already. */
    boolean holds(EventBatch batch, int index) {
        JournalQueue queue = batch.queue(index);
        return isOfSameJournal(batch.to())
            && batch.event(index).sequence() <= position.sequence(queue);
    }

    private boolean isOfSameJournal(Position other) {
        return position != null && position.epoch().equals(other.epoch())
            && position.birthNs() == other.birthNs();
    }

    /** The values of a security, to be changed. */
    LatestQuote change(String symbol) throws Exception {
        LatestQuote quote = latest.get(symbol);
        if (quote == null) {
            quote = new LatestQuote(symbol, cache.latest(symbol));
            latest.put(symbol, quote);
        }
        if (!quote.isChanged()) {
            quote.changed(true);
            changed.add(quote);
        }
        return quote;
    }

    /** Number of securities that were changed and are not written yet. */
    int changedCount() {
        return changed.size();
    }

    /** Writes what was changed; returns the number of securities left out. */
    int write(EventBatch batch) throws Exception {
        Position to = batch.to();
        if (isOfSameJournal(to)) {
            for (JournalQueue queue : JournalQueue.values()) {
                to = to.with(queue, Math.max(to.sequence(queue), position.sequence(queue)));
            }
        }
        int leftOut = cache.write(changed, to);
        position = to;
        changed.forEach(quote -> quote.changed(false));
        changed.clear();
        return leftOut;
    }

    @Override
    public void close() {
        cache.close();
        latest.clear();
        changed.clear();
        position = null;
    }
}
