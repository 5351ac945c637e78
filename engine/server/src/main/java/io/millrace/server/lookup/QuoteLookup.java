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
        STORE,
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

    @Override
    public Reply find(String symbol) {
        LookupAnswer answer = answer(symbol);
        return new Reply(answer.isFound(), answer.json());
    }

    LookupAnswer answer(String symbol) {
        if (symbol.isBlank() || symbol.length() > LONGEST_SYMBOL) {
            return LookupAnswer.none(symbol, "a symbol has 1 to " + LONGEST_SYMBOL
                + " characters");
        }
        List<String> reasons = new ArrayList<>();
        for (LookupTier tier : near) {
            LookupAnswer answer = newest(List.of(tier), symbol, reasons);
            if (answer != null) {
                return answer;
            }
        }
        if (onMiss == MissPolicy.REJECT) {
            reasons.add("lookup.on-miss is reject");
        } else {
            LookupAnswer answer = newest(stores, symbol, reasons);
            if (answer != null) {
                return answer;
            }
        }
        return LookupAnswer.none(symbol, reasons.isEmpty() ? "nobody is there to ask: no engine"
            + " answers, and no bridge to Redis, ClickHouse or Parquet is enabled"
            : String.join("; ", reasons));
    }

    /** The newest answer of tiers asked at once, or null; why each had none goes to the reasons. */
    private LookupAnswer newest(List<LookupTier> tiers, String symbol, List<String> reasons) {
        List<Future<LatestAnswer>> asked = tiers.stream().map(tier -> tier.ask(symbol)).toList();
        LatestAnswer newest = null;
        String source = null;
        for (int i = 0; i < asked.size(); i++) {
            LookupTier.Outcome outcome = tiers.get(i).await(asked.get(i));
            if (outcome.answer() == null) {
                reasons.add(outcome.reason());
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
