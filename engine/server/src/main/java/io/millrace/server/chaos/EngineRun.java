// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.feed.IngressAgent;
import io.millrace.feed.TradingDate;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.replay.EngineSection;
import io.millrace.server.chaos.wire.VirtualTime;
import io.millrace.server.run.EngineJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/** One life of the engine, from its start to its end. One thread. */
final class EngineRun implements AutoCloseable {
    private static final int MAX_INSTRUMENTS = 16;
    private static final int MAX_ORDERS = 1 << 12;

    private final Verdict verdict;
    private final Pipeline pipeline;
    private final Engine engine;
    private final Journal journal;
    private final JournalWriter inboundJournal;
    private final JournalWriter outboundJournal;
    private final InboundWatch inboundWatch;
    private final OutboundWatch outboundWatch;
    private final List<RehearsedFeed> feeds = new ArrayList<>();
    private Agent[] duties = {};
    private long lastJournaled;

    EngineRun(ChaosPlan plan, VirtualTime time, List<RehearsedVenue> venues, Path root,
        Verdict verdict) {
        this.verdict = verdict;
        pipeline = new Pipeline(options(plan, time).conclude());
        ChainClock chainClock = new ChainClock(pipeline.inbound(), EventFlag.SIMULATED);
        for (RehearsedVenue venue : venues) {
            feeds.add(new RehearsedFeed(venue, pipeline, chainClock, plan, verdict));
        }
        IngressAgent ingress = new IngressAgent(pipeline.inbound(), chainClock, time.wall(),
            plan.overflowWaitNs, feeds.stream().flatMap(feed -> feed.lines().stream()).toList(),
            List.copyOf(feeds.stream().map(RehearsedFeed::gate).toList()))
            .timer(time.ticking());
        journal = Journal.create(root, EngineSection.write(JournalHead.of(ChaosPlan.DATE,
            EngineJournal.BUILD, "chaos.seed: " + plan.seed + '\n', true, List.of()),
            pipeline.context()), journalOptions(plan, time));
        inboundJournal = journal.writer(JournalQueue.INBOUND,
            pipeline.inboundRing().newGatingReader());
        outboundJournal = journal.writer(JournalQueue.OUTBOUND,
            pipeline.outboundRing().newGatingReader());
        inboundWatch = new InboundWatch(pipeline.inboundRing().newGatingReader(), verdict,
            feeds.stream().map(RehearsedFeed::watch).toArray(ChannelWatch[]::new));
        outboundWatch = new OutboundWatch(pipeline.outboundRing().newGatingReader(), verdict);
        engine = new Engine(pipeline).ingress(ingress)
            .reader("journal-in", inboundJournal).reader("journal-out", outboundJournal)
            .reader(inboundWatch.roleName(), inboundWatch)
            .reader(outboundWatch.roleName(), outboundWatch);
    }

    void start() {
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

    /** Stops in order; returns the directory of the journal. */
    Path stop() {
        engine.close();
        verdict.check();
        watch();
        for (RehearsedFeed feed : feeds) {
            feed.watch().ledger().finish();
        }
        verdict.equal("inbound-journal-holds-all", inboundWatch.lastSequence(),
            inboundJournal.sequence());
        verdict.equal("outbound-journal-holds-all", outboundWatch.lastSequence(),
            outboundJournal.sequence());
        journal.close();
        pipeline.counters().forEachError((count, first, last, text) ->
            verdict.fail("nothing-is-thrown", "no error", text));
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
        checkJournals();
        for (RehearsedFeed feed : feeds) {
            feed.checkBounds();
        }
    }

    private void watch() {
        inboundWatch.doWork();
        outboundWatch.doWork();
    }

    private void checkJournals() {
        long journaled = inboundJournal.sequence();
        verdict.holds("journal-counter-never-decreases", journaled >= lastJournaled,
            "at least " + lastJournaled, journaled);
        lastJournaled = journaled;
        verdict.holds("journal-holds-what-was-published", journaled <= inboundWatch.lastSequence(),
            "at most " + inboundWatch.lastSequence(), journaled);
        long cause = outboundWatch.causeOf(outboundJournal.sequence());
        verdict.holds("outbound-never-ahead-of-its-cause", cause <= journaled,
            "at most " + journaled, cause);
        if (!inboundJournal.state().equals(JournalWriter.State.APPENDING)) {
            verdict.fail("journal-appends", "APPENDING", inboundJournal.state().name());
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

    private JournalContext journalOptions(ChaosPlan plan, VirtualTime time) {
        return new JournalContext().sync(JournalSync.NONE).excerptEvents(plan.excerptEvents)
            .minimumFreeMb(0).clock(time.wall()).counters(pipeline.counters());
    }
}
