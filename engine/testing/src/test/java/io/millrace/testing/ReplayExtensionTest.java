// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.instrument.Price;
import io.millrace.instrument.Venue;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.replay.EngineSection;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@ReplayJournal(ReplayExtensionTest.JOURNAL)
class ReplayExtensionTest implements Strategy {
    static final String JOURNAL = "target/replay-journal/2026-01-05";
    static final String SMALL_JOURNAL = "target/replay-journal/small/2026-01-05";

    private static final LocalDate DATE = LocalDate.of(2026, 1, 5);
    private static final long OPEN_NS = 1_767_623_400_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final OrderCounter counter = new OrderCounter();
    private final List<Long> ownOrders = new ArrayList<>();
    private boolean hasStopped;

    @BeforeAll
    static void writeJournals() {
        IoUtil.delete(Path.of("target/replay-journal").toFile(), true);
        writeJournal(Path.of(JOURNAL).getParent(), new EngineContext());
        writeJournal(Path.of(SMALL_JOURNAL).getParent(), new EngineContext().maxOrders(6));
    }

    private static void writeJournal(Path root, EngineContext context) {
        Pipeline pipeline = new Pipeline(context.conclude());
        JournalHead head = JournalHead.of(DATE, "test", "", true, List.of("AAPL", "MSFT"));
        try (Journal journal = Journal.create(root, EngineSection.write(head, context),
                new JournalContext());
            Engine engine = new Engine(pipeline)) {
            engine.reader("journal-in", journal.writer(JournalQueue.INBOUND,
                pipeline.inboundRing().newGatingReader()));
            engine.start();
            for (int i = 0; i < 10; i++) {
                publish(pipeline.inbound(), i + 1, OPEN_NS + i * SECOND_NS);
            }
            engine.drain();
        }
    }

    @Override
    public void onOrderAdded(OrderAddedDecoder order, MarketView market) {
        ownOrders.add(order.orderId());
    }

    @Override
    public void onStop(MarketView market) {
        hasStopped = true;
    }

    @Test
    void shouldReplayToTheTestItselfAndToItsFields(ReplayResult result) {
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), ownOrders);
        assertEquals(10, counter.orders);
        assertTrue(hasStopped);
        assertEquals(12, result.inboundEvents());
        assertTrue(result.derivedEvents() >= 10);
    }

    @Test
    @ReplayJournal(value = JOURNAL, from = "09:30:03", to = "2026-01-05T14:30:06Z")
    void shouldCallStrategiesOnlyBetweenTheTimesAndKnowTheStateBefore(MarketView market) {
        assertEquals(List.of(4L, 5L, 6L, 7L), ownOrders);
        assertEquals(4, market.book(1, Venue.XNAS.id()).bidLevelCount());
        assertEquals(107 * Price.PRICE_UNIT, market.book(1, Venue.XNAS.id()).bestBid());
    }

    @Test
    @ReplayJournal(value = JOURNAL, symbols = "MSFT")
    void shouldReplayTheSymbolsAskedFor(MarketView market, EpochNanoClock clock) {
        assertEquals(List.of(2L, 4L, 6L, 8L, 10L), ownOrders);
        assertEquals(0, market.book(1, Venue.XNAS.id()).bidLevelCount());
        assertEquals(OPEN_NS + 9 * SECOND_NS, clock.nanoTime());
    }

    @Test
    @ReplayJournal(SMALL_JOURNAL)
    void shouldHoldAsManyOrdersAsTheEngineThatWroteTheJournal(MarketView market) {
        assertEquals(2, market.book(1, Venue.XNAS.id()).bidLevelCount());
        assertEquals(1, market.book(2, Venue.XNAS.id()).bidLevelCount());
    }

    @Test
    void shouldFailWithWhatAStrategyThrew() {
        ReplayJournal options = ReplayExtensionTest.class.getAnnotation(ReplayJournal.class);
        JournalRun run = new JournalRun(options);
        List<Strategy> strategies = List.of(new Strategy() {
            @Override
            public void onOrderAdded(OrderAddedDecoder order, MarketView market) {
                throw new IllegalStateException("own mistake");
            }
        });
        AssertionError error = assertThrows(AssertionError.class, () -> run.run(strategies));
        assertTrue(error.getMessage().contains("own mistake"), error.getMessage());
    }

    private static void publish(EventPublisher publisher, long orderId, long timeNs) {
        publisher.receiveTimeNs(timeNs);
        int offset =
            publisher.claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH);
        int instrumentId = orderId % 2 == 1 ? 1 : 2;
        publisher.common(offset, timeNs, instrumentId, Venue.XNAS.id(), 0, EventFlag.LAST, orderId);
        new OrderAddedEncoder().wrap(publisher.buffer(), offset).orderId(orderId)
            .price((100 + orderId) * Price.PRICE_UNIT).size(100 * Price.SIZE_UNIT)
            .attribution("").side(Side.BUY).customer((byte) 0);
        publisher.commit();
    }

    private static final class OrderCounter implements Strategy {
        private int orders;

        @Override
        public void onOrderAdded(OrderAddedDecoder order, MarketView market) {
            orders++;
        }
    }
}
