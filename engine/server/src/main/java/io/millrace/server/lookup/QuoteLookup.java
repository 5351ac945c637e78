// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.QuoteTier;
import io.millrace.counter.Counters;
import io.millrace.edge.QuoteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The newest values of a security from the first tier that has them: in turn those that are near,
 * then, unless they are not wanted, all stores at once, of which the newest answer wins. One that
 * fails or is late is counted, noted and passed over. Any thread; closed by its owner.
 */
public final class QuoteLookup implements QuoteSource, AutoCloseable {
    /** What is done about a security that no near tier has. */
    enum MissPolicy {
        /** Stores are asked. */
        FALLBACK,
        /** There is no answer. */
        REJECT
    }

    private static final int LONGEST_SYMBOL = 64;

    private final List<LookupTier> near;
    private final List<LookupTier> stores;
    private final MissPolicy onMiss;
    private final EpochNanoClock clock;

    /** @param timeoutMs longest wait for one tier */
    QuoteLookup(List<? extends QuoteTier> near, List<? extends QuoteTier> stores,
        MissPolicy onMiss, long timeoutMs, Counters counters, EpochNanoClock clock) {
        this.near = near.stream().map(tier -> new LookupTier(tier, timeoutMs, counters)).toList();
        this.stores =
            stores.stream().map(tier -> new LookupTier(tier, timeoutMs, counters)).toList();
        this.onMiss = onMiss;
        this.clock = clock;
    }

    /** Where the first one that is asked has it in memory, from there. */
    @Override
    public Reply findAtHand(String symbol) {
        LatestAnswer answer = near.isEmpty() ? null : near.get(0).findAtHand(symbol);
        return answer == null ? null
            : LookupAnswer.of(answer, near.get(0).name(), clock.nanoTime()).reply();
    }

    @Override
    public Reply find(String symbol) {
        return answer(symbol).reply();
    }

    private LookupAnswer answer(String symbol) {
        if (symbol.isBlank() || symbol.length() > LONGEST_SYMBOL) {
            return LookupAnswer.none(symbol, Outcome.NOT_FOUND, "a symbol has 1 to "
                + LONGEST_SYMBOL + " characters");
        }
        List<LookupTier.Outcome> without = new ArrayList<>();
        for (LookupTier tier : near) {
            LookupAnswer answer = newest(List.of(tier), symbol, without);
            if (answer != null) {
                return answer;
            }
        }
        LookupAnswer answer = onMiss == MissPolicy.REJECT ? null
            : newest(stores, symbol, without);
        return answer != null ? answer : none(symbol, without);
    }

    /** Nobody can say that there is none while somebody who may have it is away. */
    private LookupAnswer none(String symbol, List<LookupTier.Outcome> without) {
        if (near.isEmpty() && stores.isEmpty()) {
            return LookupAnswer.none(symbol, Outcome.AWAY, "nobody is there to ask: no engine"
                + " answers, and no bridge to Redis, ClickHouse or Parquet is enabled");
        }
        List<String> reasons = new ArrayList<>();
        without.forEach(tier -> reasons.add(tier.reason()));
        if (onMiss == MissPolicy.REJECT) {
            reasons.add("lookup.on-miss is reject");
        }
        return LookupAnswer.none(symbol, without.stream().anyMatch(LookupTier.Outcome::isAway)
            ? Outcome.AWAY : Outcome.NOT_FOUND, String.join("; ", reasons));
    }

    /** The newest answer of tiers asked at once, or null; those without one are told of. */
    private LookupAnswer newest(List<LookupTier> tiers, String symbol,
        List<LookupTier.Outcome> without) {
        List<Future<LatestAnswer>> asked = tiers.stream().map(tier -> tier.ask(symbol)).toList();
        LatestAnswer newest = null;
        String source = null;
        for (int i = 0; i < asked.size(); i++) {
            LookupTier.Outcome outcome = tiers.get(i).await(asked.get(i));
            if (outcome.answer() == null) {
                without.add(outcome);
            } else if (newest == null || outcome.answer().timeNs() > newest.timeNs()) {
                newest = outcome.answer();
                source = tiers.get(i).name();
            }
        }
        return newest == null ? null : LookupAnswer.of(newest, source, clock.nanoTime());
    }

    /** Returns at once; a tier that is asked still is left to its own time-out. */
    @Override
    public void close() {
        CloseHelper.closeAll(near);
        CloseHelper.closeAll(stores);
    }
}
