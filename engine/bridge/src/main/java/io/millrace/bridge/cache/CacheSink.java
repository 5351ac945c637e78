// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.cache;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.DeadLetters;
import io.millrace.bridge.EventBatch;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.MarketRecord.Kind;
import io.millrace.bridge.Position;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.counter.Counters;
import java.util.List;
import java.util.function.ToIntFunction;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Keeps the newest values of each security in a cache: of a batch only the last ones are written,
 * so that a slow one gets fewer and newer values. Each cache tells how far it has come. In the
 * counters {@code bridge.<name>.}: conflated + written + left-out = offered. Bridge's thread.
 */
public final class CacheSink implements Sink {
    private final String name;
    private final SymbolDirectory symbols;
    private final DeadLetters deadLetters;
    private final List<CacheShard> shards;
    private final ToIntFunction<String> router;
    private final MarketRecord record = new MarketRecord();
    private final AtomicCounter offered;
    private final AtomicCounter written;
    private final AtomicCounter conflated;
    private final AtomicCounter leftOut;

    private CacheSink(Outside outside, SymbolDirectory symbols, DeadLetters deadLetters) {
        this.symbols = symbols;
        this.deadLetters = deadLetters;
        name = outside.name;
        router = outside.router;
        shards = outside.caches.stream().map(CacheShard::new).toList();
        String prefix = "bridge." + name + '.';
        offered = outside.counters.counter(prefix + "offered");
        written = outside.counters.counter(prefix + "written");
        conflated = outside.counters.counter(prefix + "conflated");
        leftOut = outside.counters.counter(prefix + "left-out");
    }

    /** What a sink is made of. */
    private record Outside(String name, Counters counters, List<? extends QuoteCache> caches,
        ToIntFunction<String> router) {
    }

    /**
     * Makes the sink of a bridge.
     *
     * @param name   in counters, checkpoints and reports
     * @param caches which share the securities
     * @param router index of the cache that has a symbol
     */
    public static Bridge.SinkFactory factory(String name, Counters counters,
        List<? extends QuoteCache> caches, ToIntFunction<String> router) {
        Outside outside = new Outside(name, counters, caches, router);
        return Bridge.SinkFactory.of(name,
            (symbols, deadLetters) -> new CacheSink(outside, symbols, deadLetters));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isRangeKept() {
        return false;
    }

    /** The caches have come as far as the last of them. */
    @Override
    public Position open(Position known) throws Exception {
        Position least = shards.get(0).open();
        for (CacheShard shard : shards.subList(1, shards.size())) {
            Position told = shard.open();
            least = told == null || least == null ? null
                : told.compareTo(least) < 0 ? told : least;
        }
        return least;
    }

    @Override
    public void send(EventBatch batch) throws Exception {
        long values = 0;
        for (int i = 0; i < batch.count(); i++) {
            values += apply(batch, i);
        }
        long changed = 0;
        long spared = 0;
        for (CacheShard shard : shards) {
            changed += shard.changedCount();
            spared += shard.write(batch);
        }
        offered.getAndAddRelease(values);
        written.getAndAddRelease(changed - spared);
        conflated.getAndAddRelease(values - changed);
        leftOut.getAndAddRelease(spared);
    }

    private int apply(EventBatch batch, int index) throws Exception {
        Kind kind = record.wrap(batch, index);
        boolean isQuote = batch.isBestQuote(index);
        if (!isQuote && kind != Kind.TRADE) {
            return 0;
        }
        String symbol = symbols.symbol(batch.event(index).instrumentId());
        if (symbol == null) {
            deadLetters.add(batch.to().epoch(), batch.queue(index), batch.event(index), name,
                "security " + batch.event(index).instrumentId() + " has no symbol");
            return 0;
        }
        CacheShard shard = shards.get(router.applyAsInt(symbol));
        if (shard.holds(batch, index)) {
            return 0;
        }
        LatestQuote quote = shard.change(symbol);
        if (isQuote) {
            quote.onQuote(record);
        } else {
            quote.onTrade(record);
        }
        quote.onEvent(batch.to().epoch(), batch.queue(index), batch.event(index));
        return 1;
    }

    @Override
    public boolean isAcknowledged() {
        return true;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(shards);
    }
}
