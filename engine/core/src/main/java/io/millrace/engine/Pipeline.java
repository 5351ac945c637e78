// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookContext;
import io.millrace.book.BookStage;
import io.millrace.book.BookView;
import io.millrace.counter.Counters;
import io.millrace.event.CommandQueue;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.StageChain;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Shard;
import io.millrace.sequence.SequenceStage;
import io.millrace.strategy.ChainView;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import io.millrace.strategy.StrategyStage;
import io.millrace.strategy.StrategyWatch;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Which stage follows which: the only wiring in core. It has no threads; an {@link Engine} gives it
 * some, or its caller runs it. The ingress thread owns {@link #inbound()} and
 * {@link #instruments()}, the chain's thread all else.
 */
public final class Pipeline {
    private static final int INGRESS_COMMIT_INTERVAL = 4;
    /** What an event derives at most besides trust and best of each book of its channel. */
    private static final int OTHERS_PER_CAUSE = 16;

    private final EngineContext context;
    private final RingRelief inboundRelief = new RingRelief();
    private final RingRelief outboundRelief = new RingRelief();
    private final EventRing inboundRing;
    private final EventRing outboundRing;
    private final EventPublisher inbound;
    private final CommandQueue commands;
    private final InstrumentDirectory instruments;
    private final BookStage books;
    private final ChainView market;
    private final ChainState state;
    private final ChainAgent chain;

    /** @param context options, {@link EngineContext#conclude() concluded} */
    public Pipeline(EngineContext context) {
        this.context = context;
        commands = new CommandQueue(context.commandCapacity());
        instruments = new InstrumentDirectory(context.maxInstruments(), context.shard());
        inboundRing = new EventRing(context.inboundCapacity());
        inbound = new EventPublisher(inboundRing, inboundRelief, context.clock(),
            INGRESS_COMMIT_INTERVAL, context.shard().equals(Shard.ALL) ? null : instruments);

        outboundRing = new EventRing(context.outboundCapacity());
        EventPublisher outbound = new EventPublisher(outboundRing, outboundRelief, context.clock(),
            context.batchLimit());
        outbound.schemaVersion(context.schemaVersion());
        DerivedEvents derived =
            new DerivedEvents(outbound, 2 * context.maxInstruments() + OTHERS_PER_CAUSE);

        SequenceStage sequence = new SequenceStage(derived);
        BookStage books =
            new BookStage(bookContext(context), derived, new BookEventCounters(context.counters()));
        this.books = books;
        market = new ChainView(books::book, context.maxInstruments());
        StrategyStage strategies = new StrategyStage(context.strategyNames().toArray(new String[0]),
            context.strategies().toArray(new Strategy[0]), market, derived, strategyWatch());
        FingerprintStage fingerprint =
            new FingerprintStage(derived, books, context.fingerprintInterval());

        StageChain stages = new StageChain(books, derived, event -> {
            sequence.onEvent(event);
            books.onEvent(event);
            strategies.onEvent(event);
            fingerprint.onEvent(event);
        });
        EventReader reader = inboundRing.newGatingReader();
        state = new ChainState(context, inbound, reader, outbound,
            new ChainState.Stages(sequence, books, market, strategies, fingerprint));
        chain = new ChainAgent(reader, stages, strategies, state, context);
        inboundRelief.run(List.of(chain));
    }

    /** The one writer of the inbound ring. Ingress thread. */
    public EventPublisher inbound() {
        return inbound;
    }

    /** What came in. */
    public EventRing inboundRing() {
        return inboundRing;
    }

    /** What the chain derived. */
    public EventRing outboundRing() {
        return outboundRing;
    }

    /** The way in for everything that is not market data. Any thread. */
    public CommandQueue commands() {
        return commands;
    }

    /** Permanent ids as ingress gives them. Ingress thread. */
    public InstrumentDirectory instruments() {
        return instruments;
    }

    /** The market as the chain sees it. Chain's thread. */
    public MarketView market() {
        return market;
    }

    /**
     * A book as its events left it, in the middle of an update too: for who asks what was. On the
     * chain's thread, or while it does not run.
     */
    public BookView bareBook(int instrumentId, int venueId) {
        return books.bareBook(instrumentId, venueId);
    }

    /** All that the chain's later output depends on, to save and to restore. */
    public ChainState state() {
        return state;
    }

    /**
     * Throws when the books are not what they always must be; slow. On the chain's thread, or while
     * it does not run.
     */
    public void checkInvariants() {
        books.checkInvariants();
    }

    /** Runs the stages. Chain's thread. */
    public ChainAgent chain() {
        return chain;
    }

    /** Counters and distinct errors of this engine. */
    public Counters counters() {
        return context.counters();
    }

    /** The options. */
    public EngineContext context() {
        return context;
    }

    /**
     * In a replay nothing is measured and nothing is asked for: the journal holds what came of it.
     */
    private StrategyWatch strategyWatch() {
        return new StrategyWatch(SystemNanoClock.INSTANCE, context.strategyBudgetNs(),
            context.strategyOverrunLimit(),
            context.runMode() == RunMode.LIVE ? commands : null,
            counters().counter("strategy.overruns"),
            counters()::onError);
    }

    private static BookContext bookContext(EngineContext context) {
        return new BookContext().maxInstruments(context.maxInstruments())
            .maxOrders(context.maxOrders())
            .maxVenues(context.maxVenues())
            .levelUpdates(context.levelUpdates()).conclude();
    }

    RingRelief inboundRelief() {
        return inboundRelief;
    }

    RingRelief outboundRelief() {
        return outboundRelief;
    }
}
