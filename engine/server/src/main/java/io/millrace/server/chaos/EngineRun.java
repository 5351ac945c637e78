// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.IngressAgent;
import io.millrace.feed.TradingDate;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import io.millrace.server.chaos.wire.VirtualTime;
import io.millrace.simulator.SeededRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/** One life of the engine, from its start to its end. One thread. */
final class EngineRun implements AutoCloseable {
    private static final int MAX_INSTRUMENTS = 256;
    private static final int MAX_ORDERS = 1 << 12;

    private final Verdict verdict;
    private final Pipeline pipeline;
    private final Engine engine;
    private final RehearsedJournal journal;
    private final InboundWatch inboundWatch;
    private final OutboundWatch outboundWatch;
    private final List<RehearsedFeed> feeds = new ArrayList<>();
    private final long foundInbound;
    private final long foundOutbound;
    private Agent[] duties = {};
    private long watchedOutbound;
    private long journaledCause;

    /** @param root with the epoch of the life before, or empty */
    EngineRun(ChaosPlan plan, RehearsedMachine machine, List<RehearsedVenue> venues, Path root,
        Verdict verdict) {
        this.verdict = verdict;
        VirtualTime time = machine.time();
        pipeline = new Pipeline(options(plan, time).conclude());
        ChainClock chainClock = new ChainClock(pipeline.inbound(), EventFlag.SIMULATED);
        for (RehearsedVenue venue : venues) {
            feeds.add(new RehearsedFeed(venue, pipeline, chainClock, plan, verdict));
        }
        IngressAgent ingress = new IngressAgent(pipeline.inbound(), chainClock, time.wall(),
            plan.overflowWaitNs, feeds.stream().flatMap(feed -> feed.lines().stream()).toList(),
            List.copyOf(feeds.stream().map(RehearsedFeed::gate).toList()))
            .timer(time.ticking());
        engine = new Engine(pipeline).ingress(ingress);
        inboundWatch = new InboundWatch(verdict,
            feeds.stream().map(RehearsedFeed::watch).toArray(ChannelWatch[]::new),
            machine.published());
        journal = new RehearsedJournal(plan, machine, pipeline, root, verdict);
        try {
            journal.catchUp(engine, inboundWatch::onJournaled, this::onPast);
        } catch (RuntimeException | Error thrown) {
            journal.close();
            throw thrown;
        }
        outboundWatch = new OutboundWatch(pipeline.outboundRing().newGatingReader(),
            journal.outbound().sequence(), verdict);
        foundInbound = journal.inbound().sequence();
        foundOutbound = journal.outbound().sequence();
        watchedOutbound = foundOutbound;
    }

    void start() {
        feeds.forEach(RehearsedFeed::resume);
        inboundWatch.read(pipeline.inboundRing().newGatingReader());
        engine.reader("journal-in", journal.inbound()).reader("journal-out", journal.outbound())
            .reader(inboundWatch.roleName(), inboundWatch)
            .reader(outboundWatch.roleName(), outboundWatch);
        engine.start();
        duties = engine.duties().toArray(Agent[]::new);
        check();
    }

    /** Number of agents that can be run on their own: ingress, chain, both journals. */
    int agents() {
        return duties.length - 2;
    }

    /** One duty cycle of one agent, and a look at what it did. */
    int run(int agent) {
        int workCount = 0;
        try {
            workCount = duties[agent].doWork();
        } catch (Exception thrown) {
            verdict.check();
            LangUtil.rethrowUnchecked(thrown);
        }
        check();
        return workCount;
    }

    /** What the control thread does now and then. */
    void control() {
        journal.control();
        check();
    }

    /** Everything that was published goes through chain, journals and watches. */
    void drain() {
        int workCount;
        do {
            workCount = 0;
            for (int agent = 1; agent < agents(); agent++) {
                workCount += run(agent);
            }
        } while (workCount > 0);
    }

    RehearsedJournal journal() {
        return journal;
    }

    List<RehearsedFeed> feeds() {
        return feeds;
    }

    /** Books against themselves and against the venues'. */
    void checkBooks() {
        drain();
        try {
            pipeline.checkInvariants();
        } catch (IllegalStateException broken) {
            verdict.fail("level-is-sum-of-orders", "books without a contradiction",
                broken.getMessage());
        }
        for (RehearsedFeed feed : feeds) {
            feed.checkBooks();
        }
    }

    long inboundCount() {
        return inboundWatch.lastSequence();
    }

    long fingerprint() {
        return outboundWatch.fingerprint();
    }

    long chainTimeNs() {
        return inboundWatch.lastTimeNs();
    }

    /** Last event that the inbound journal held at the start. */
    long foundInbound() {
        return foundInbound;
    }

    /** Last event that the outbound journal held when all was derived again. */
    long foundOutbound() {
        return foundOutbound;
    }

    /**
     * Ends without any order, and leaves its files behind at another place.
     *
     * @param tearing decides what a power loss takes; null when there is none
     * @return true when something was taken
     */
    boolean leave(Path place, SeededRandom tearing) {
        long inbound = position(JournalQueue.INBOUND);
        long outbound = position(JournalQueue.OUTBOUND);
        Path epoch = place.resolve(journal.directory().getFileName());
        EpochImage.copy(journal.directory(), epoch, Math.max(inbound, outbound));
        close();
        if (tearing == null) {
            return false;
        }
        if (tearing.oneIn(2)) {
            EpochImage.tear(epoch, JournalQueue.INBOUND, inbound, tearing);
            EpochImage.delete(JournalQueue.OUTBOUND.directory(epoch));
        } else {
            EpochImage.tear(epoch, JournalQueue.OUTBOUND, outbound, tearing);
        }
        return true;
    }

    /** Stops in order; returns the directory of the journal. */
    Path stop() {
        engine.close();
        journal.control();
        verdict.check();
        watch();
        for (RehearsedFeed feed : feeds) {
            feed.watch().ledger().finish();
        }
        verdict.equal("inbound-journal-holds-all", inboundWatch.lastSequence(),
            journal.inbound().sequence());
        verdict.equal("outbound-journal-holds-all", outboundWatch.lastSequence(),
            journal.outbound().sequence());
        journal.keepState();
        journal.close();
        pipeline.counters().forEachError((count, first, last, text) ->
            verdict.holds("nothing-is-thrown", text.contains(RehearsedDisk.NO_SPACE),
                "no error: " + text, count));
        return journal.directory();
    }

    /** Gives the files back, whatever state the engine is in. */
    @Override
    public void close() {
        journal.close();
    }

    private void check() {
        watch();
        verdict.check();
        if (pipeline.chain().failure() != null) {
            verdict.fail("chain-goes-on", "no failure", pipeline.chain().failure().toString());
        }
        if (watchedOutbound != journal.outbound().sequence()) {
            watchedOutbound = journal.outbound().sequence();
            journaledCause = outboundWatch.causeOf(watchedOutbound);
        }
        journal.check(inboundWatch.lastSequence(), journaledCause);
        for (RehearsedFeed feed : feeds) {
            feed.checkBounds();
        }
    }

    private void watch() {
        inboundWatch.doWork();
        outboundWatch.doWork();
    }

    private long position(JournalQueue queue) {
        return pipeline.counters().value(JournalWriter.label(queue, "position"));
    }

    private void onPast(EventView event) {
        if (event.venueId() != 0) {
            feeds.get(event.channelId()).onPast(event);
        }
    }

    private static EngineContext options(ChaosPlan plan, VirtualTime time) {
        EngineContext context = new EngineContext().clock(time.wall())
            .inboundCapacity(plan.inboundCapacity).outboundCapacity(plan.outboundCapacity)
            .commandCapacity(1 << 12).batchLimit(plan.batchLimit)
            .maxInstruments(MAX_INSTRUMENTS).maxOrders(MAX_ORDERS).maxVenues(plan.venues)
            .fingerprintInterval(plan.fingerprintInterval)
            .tradingDate(TradingDate.of(ChaosPlan.DATE).number());
        return plan.hasLevelUpdates ? context.levelUpdates("*") : context;
    }
}
