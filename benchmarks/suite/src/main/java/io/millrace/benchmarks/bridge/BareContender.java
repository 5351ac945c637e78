// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import java.util.ArrayList;
import java.util.List;
import org.agrona.LangUtil;

/**
 * The client library without a bridge: batch by batch of events in memory, encoded and sent, each
 * acknowledged before the next. With ready=1 everything is encoded before the clock starts.
 * Options: sink, address, events, batch, ready.
 */
public final class BareContender implements Contender {
    private final Outside<?> outside;
    private final List<List<Market>> batches = new ArrayList<>();
    private final int events;
    private final boolean isReady;

    /** Built by the contender's process. */
    public BareContender(Options options) {
        outside = Outside.of(options);
        events = options.number("events");
        isReady = options.number("ready", 0) == 1;
        int size = options.number("batch");
        for (int from = 0; from < events; from += size) {
            batches.add(batch(from, Math.min(events, from + size)));
        }
    }

    /** As a bridge reads them: those inbound, then those outbound. */
    private static List<Market> batch(int from, int to) {
        List<Market> trades = new ArrayList<>();
        List<Market> quotes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Market market = Market.of(i, EventJournal.timeNs(i));
            (market.isTrade() ? trades : quotes).add(market);
        }
        trades.addAll(quotes);
        return trades;
    }

    @Override
    public void prepare() {
        round(-1, new Figures());
    }

    @Override
    public void round(int index, Figures figures) {
        try {
            run(outside, index, figures);
        } catch (Exception e) {
            LangUtil.rethrowUnchecked(e);
        }
    }

    private <B> void run(Outside<B> to, int index, Figures figures) throws Exception {
        to.open(index);
        List<B> encoded = new ArrayList<>();
        for (List<Market> batch : isReady ? batches : List.<List<Market>>of()) {
            encoded.add(to.encode(batch));
        }
        long startNs = System.nanoTime();
        for (int i = 0; i < batches.size(); i++) {
            to.send(isReady ? encoded.get(i) : to.encode(batches.get(i)));
        }
        figures.speed(events, System.nanoTime() - startNs);
        to.leave();
    }

    @Override
    public long checksum() {
        return 0;
    }
}
