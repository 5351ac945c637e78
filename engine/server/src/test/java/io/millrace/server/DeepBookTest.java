// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookView;
import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.CaptureImport;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.instrument.Price;
import io.millrace.instrument.Venue;
import io.millrace.server.DeepFold.Change;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.run.VenueFeed;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;

/**
 * The books of a recorded day of DEEP, at every event of it, against a fold of what an independent
 * program says of the same bytes.
 */
class DeepBookTest {
    private static final String CAPTURE = "iex-deep-1.0/DEEP10-iexsample-20170425.pcap.gz";
    private static final String GOLDEN = "golden/iex-deep10-20170425.tshark-omi.jsonl.gz";
    private static final int LEVEL_CHANGES = 27_568;

    private final DeepFold fold = new DeepFold();
    private final List<String> problems = new ArrayList<>();
    private int compared;

    @Test
    void shouldShowStrategiesWholeUpdatesOnlyAndEndWithTheBooksOfTheFold() throws IOException {
        Path capture = Captures.file(CAPTURE);
        try (BufferedReader golden = new BufferedReader(new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(Captures.file(GOLDEN))),
            StandardCharsets.UTF_8))) {
            Looker looker = new Looker(golden);
            FeedCounters counters = run(capture, looker);
            assertEquals(List.of(), problems.subList(0, Math.min(20, problems.size())));
            assertEquals(List.of(391_999L, 391_999L, 0L, 11L, 11L), List.of(counters.messages(),
                counters.published(), counters.gaps(), counters.sessionChanges(),
                counters.suspiciousPackets()));
            assertEquals(11, looker.restarts);
            assertEquals(LEVEL_CHANGES, looker.changes);
            System.out.printf("DEEP books: executed %d level changes, %d best, %d looks at books,"
                + " %d final levels; %d changes in mid-update, %d of them crossed%n",
                looker.changes, looker.bests, compared, looker.finalLevels, fold.parts(),
                fold.crossed());
            assertTrue(looker.bests > 1_000 && looker.finalLevels > 100);
        }
    }

    private FeedCounters run(Path capture, Looker looker) throws IOException {
        EngineContext context = new EngineContext().maxInstruments(1 << 14).maxVenues(2)
            .strategyBudgetNs(Long.MAX_VALUE).strategy(looker);
        try (Engine engine = new Engine(new Pipeline(context.conclude()))) {
            engine.start();
            VenueFeed feed = new VenueFeed(FeedProtocol.IEX_DEEP, engine.pipeline().inbound(),
                engine.pipeline().instruments(), new FeedChannel(Venue.IEXG, 1, 0));
            CaptureImport agent = feed.importOf(0, null, List.of(capture), new SilentListener());
            try {
                while (true) {
                    agent.doWork();
                }
            } catch (AgentTerminationException end) {
                engine.drain();
            } finally {
                agent.onClose();
            }
            looker.compareAll(engine.pipeline().market());
            return feed.counters();
        }
    }

    /** Compares whatever a strategy can see with the fold, at every event. */
    private final class Looker implements Strategy {
        private final BufferedReader golden;
        private final LevelChangedDecoder level = new LevelChangedDecoder();
        private int changes;
        private int bests;
        private int finalLevels;
        private int restarts;
        private long nextNumber;

        Looker(BufferedReader golden) {
            this.golden = golden;
        }

        @Override
        public void onEvent(EventView event, MarketView market) {
            if (event.templateId() == LevelChangedDecoder.TEMPLATE_ID) {
                onLevelChanged(event, market);
            }
            if (event.templateId() == BookClearedDecoder.TEMPLATE_ID) {
                restart();
            }
            if (event.instrumentId() > 0) {
                look(event.instrumentId(), market);
            }
        }

        @Override
        public void onBbo(BboDecoder bbo, MarketView market) {
            bests++;
            String symbol = market.symbol(bbo.instrumentId());
            check(symbol, fold.whole(symbol).best(), List.of(
                side(bbo.bidPrice(), bbo.bidSize()), side(bbo.askPrice(), bbo.askSize())));
            check(symbol + " whole at its best", true, fold.isWhole(symbol));
        }

        /** Goes on to where the golden begins anew: no change stands before that. */
        private void restart() {
            int before = restarts;
            while (restarts == before) {
                check("change before restart " + restarts, null, change(row()));
            }
        }

        private void onLevelChanged(EventView event, MarketView market) {
            Change change = next();
            level.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
            changes++;
            check("change " + changes, List.of(change.symbol(), change.isBid(), change.price(),
                change.size(), change.isComplete()),
                List.of(market.symbol(event.instrumentId()), level.sideRaw() == 'B', level.price(),
                    level.size(), (event.flags() & EventFlag.LAST) != 0));
            fold.apply(change);
        }

        private void look(int instrumentId, MarketView market) {
            String symbol = market.symbol(instrumentId);
            BookView book = market.book(instrumentId, Venue.IEXG.id());
            compared++;
            check(symbol + " whole", fold.isWhole(symbol), book.isWhole());
            check(symbol, book.isWhole() ? fold.whole(symbol).levels()
                : fold.whole(symbol).best(), levels(book));
        }

        void compareAll(MarketView market) {
            for (String symbol : fold.symbols()) {
                look(market.instrumentId(symbol), market);
                BookView book = market.book(market.instrumentId(symbol), Venue.IEXG.id());
                finalLevels += book.bidLevelCount() + book.askLevelCount();
            }
        }

        private Change next() {
            Change change = null;
            while (change == null) {
                change = change(row());
            }
            return change;
        }

        /** The change that a row is; the fold begins anew where the numbers do. */
        @SuppressWarnings("unchecked")
        private Change change(Map<String, Object> row) {
            List<List<String>> fields = (List<List<String>>) row.get("f");
            if ("msg".equals(row.get("k"))) {
                return Change.of(fields);
            }
            long first = number(fields, "firstmessagesequencenumber");
            if (first < nextNumber) {
                restarts++;
                fold.clear();
            }
            nextNumber = first + number(fields, "messagecount");
            return null;
        }

        private Map<String, Object> row() {
            try {
                return JsonText.object(golden.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static long number(List<List<String>> fields, String name) {
        return fields.stream().filter(field -> field.get(0).equals(name))
            .mapToLong(field -> Long.parseLong(field.get(1))).findFirst().orElseThrow();
    }

    private void check(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual) && problems.size() < 100) {
            problems.add(what + ": " + expected + ", ours " + actual);
        }
    }

    private static List<String> levels(BookView book) {
        DeepFold.Sides sides = new DeepFold.Sides();
        for (int index = 0; index < book.bidLevelCount(); index++) {
            sides.bids.put(book.bidPrice(index), book.bidSize(index));
        }
        for (int index = 0; index < book.askLevelCount(); index++) {
            sides.asks.put(book.askPrice(index), book.askSize(index));
        }
        return sides.levels();
    }

    private static String side(long price, long size) {
        return price == Price.UNDEFINED ? "{}" : "{" + price + "=" + size + "}";
    }

    private static final class SilentListener implements CaptureImportListener {
        @Override
        public void onFile(Path file, TradingDate date) {
            // The events tell the day.
        }

        @Override
        public void onFileEnd(Path file, CaptureFile capture) {
            // The counters tell what was read.
        }
    }
}
