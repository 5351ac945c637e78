// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.DeadLetters;
import io.millrace.bridge.EventBatch;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.MarketRecord.Kind;
import io.millrace.bridge.Position;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Keeps the newest values of each security in Redis: of a batch only the last ones are written, so
 * that a slow server gets fewer and newer values. Each server tells how far it has come. Bridge's
 * thread.
 */
public final class RedisSink implements Sink {
    private static final String NAME = "redis";

    private final RedisContext context;
    private final SymbolDirectory symbols;
    private final DeadLetters deadLetters;
    private final ShardRouter router;
    private final List<RedisShard> shards = new ArrayList<>();
    private final MarketRecord record = new MarketRecord();
    private final AtomicCounter offered;
    private final AtomicCounter written;
    private final AtomicCounter conflated;
    private boolean isConsolidated;

    private RedisSink(RedisContext context, SymbolDirectory symbols, DeadLetters deadLetters) {
        this.context = context;
        this.symbols = symbols;
        this.deadLetters = deadLetters;
        router = new ShardRouter(context.routing(), context.servers().size());
        offered = context.counters().counter("bridge.redis.offered");
        written = context.counters().counter("bridge.redis.written");
        conflated = context.counters().counter("bridge.redis.conflated");
    }

    /**
     * Makes the sink of a bridge.
     *
     * @param context concluded here
     */
    public static Bridge.SinkFactory factory(RedisContext context) {
        context.conclude();
        return Bridge.SinkFactory.of(NAME,
            (symbols, deadLetters) -> new RedisSink(context, symbols, deadLetters));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isRangeKept() {
        return false;
    }

    /** The servers have come as far as the last of them. */
    @Override
    public Position open(Position known) {
        for (String server : context.servers()) {
            shards.add(new RedisShard(context, server));
        }
        Position least = shards.get(0).position();
        for (RedisShard shard : shards) {
            Position told = shard.position();
            least = told == null || least == null ? null
                : told.compareTo(least) < 0 ? told : least;
        }
        return least;
    }

    @Override
    public void send(EventBatch batch) throws IOException {
        long values = 0;
        for (int i = 0; i < batch.count(); i++) {
            values += apply(batch, i);
        }
        long count = 0;
        for (RedisShard shard : shards) {
            count += shard.write(batch);
        }
        offered.getAndAddRelease(values);
        written.getAndAddRelease(count);
        conflated.getAndAddRelease(values - count);
    }

    private int apply(EventBatch batch, int index) {
        Kind kind = record.wrap(batch, index);
        isConsolidated |= kind == Kind.NBBO;
        boolean isQuote = kind == Kind.NBBO || kind == Kind.BBO && !isConsolidated;
        if (!isQuote && kind != Kind.TRADE) {
            return 0;
        }
        String symbol = symbols.symbol(batch.event(index).instrumentId());
        if (symbol == null) {
            deadLetters.add(batch.to().epoch(), batch.queue(index), batch.event(index), NAME,
                "security " + batch.event(index).instrumentId() + " has no symbol");
            return 0;
        }
        RedisShard shard = shards.get(router.shard(symbol));
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
        shards.clear();
    }
}
