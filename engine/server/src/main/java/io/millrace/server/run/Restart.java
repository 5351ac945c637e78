// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.engine.Engine;
import io.millrace.event.EventView;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.journal.EpochLock;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.TornTail;
import io.millrace.journal.UncausedTail;
import io.millrace.journal.replay.JournalResumption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;

/**
 * What earlier lives of an epoch left, and what became of it: torn tails are cut, the journal is
 * replayed through the chain that goes on with it, and each session learns where it was. Control
 * thread, before the engine starts.
 */
public final class Restart {
    private final List<LiveFeed> feeds;
    private final LiveFeed[] feedByChannel = new LiveFeed[256];
    private final long cutByteCount;
    private EngineJournal journal;
    private JournalResumption.Result result;

    private Restart(List<LiveFeed> feeds, long cutByteCount) {
        this.feeds = feeds;
        this.cutByteCount = cutByteCount;
        feeds.forEach(feed -> feedByChannel[feed.channel().channelId()] = feed);
    }

    /**
     * Looks at an epoch and cuts what a kill left behind its last event.
     *
     * @return null when nothing was begun there: what a killed start left is removed
     */
    static Restart of(Path epochDirectory, EpochLock lock, List<LiveFeed> feeds) {
        if (!Journal.exists(epochDirectory)) {
            return null;
        }
        if (!Journal.isBegun(epochDirectory)) {
            lock.clear();
            return null;
        }
        return new Restart(feeds, cutTails(epochDirectory));
    }

    /**
     * Cuts what a kill left behind the last event of each queue.
     *
     * @return number of bytes that were cut off
     * @throws JournalException when the outbound queue holds events whose causes are lost
     */
    public static long cutTails(Path epochDirectory) {
        long byteCount = 0;
        for (JournalQueue queue : JournalQueue.values()) {
            TornTail tail = TornTail.find(epochDirectory, queue).orElse(null);
            if (tail != null) {
                byteCount += tail.byteCount();
                tail.cut();
            }
        }
        refuseUncaused(epochDirectory);
        return byteCount;
    }

    /** What is derived again would not be what the journal holds. */
    private static void refuseUncaused(Path epochDirectory) {
        UncausedTail.find(epochDirectory).ifPresent(uncaused -> {
            throw new JournalException(epochDirectory + " cannot be gone on with: " + uncaused
                + ", as after a power loss; cut them off by 'millrace journal repair "
                + epochDirectory + "', and run again");
        });
    }

    /** The journal that goes on. */
    void journal(EngineJournal opened) {
        journal = opened;
    }

    /** Events of the inbound journal. */
    public long eventCount() {
        return journal.foundSequence(JournalQueue.INBOUND);
    }

    /**
     * Brings engine and sessions to where the last life ended.
     *
     * @param goesOn asked often with the number of events so far; false stops in order
     * @return false when it was stopped: the engine must not start
     */
    boolean catchUp(Engine engine, LongPredicate goesOn) {
        result = journal.catchUp(engine, this::onEvent, goesOn);
        if (result.isWhole()) {
            refuseUnnamedSessions();
        }
        return result.isWhole();
    }

    /** Nobody can be asked for what came meanwhile if it is not known of what. */
    private void refuseUnnamedSessions() {
        for (LiveFeed feed : feeds) {
            if (feed.history().next() != 0 && !feed.history().hasSession()) {
                throw new JournalException(journal.directory() + " holds messages of channel "
                    + feed.channel().channelId() + " and names no session: it was imported"
                    + " from files of bare messages, or written by a build before this one; begin"
                    + " another journal");
            }
        }
    }

    /** What a hole of the journal took with it, when nobody kept it, is lost to every channel. */
    private void onEvent(EventView event) {
        if (event.templateId() == JournalGapDecoder.TEMPLATE_ID) {
            feeds.forEach(each -> each.history().onMissing());
        }
        LiveFeed feed = feedByChannel[event.channelId()];
        if (feed != null) {
            feed.history().onEvent(event);
        }
    }

    /** What was found, cut, replayed and appended, in one line; after the catching up. */
    public String text() {
        long replayed = result.inboundCount() - result.knownSequence();
        return String.format(Locale.ROOT, "%,d events found, %,d bytes cut off, %,d replayed behind"
            + " %s in %.2f s (%.1f M/s): %,d events out equal, %,d that were missing appended",
            result.inboundCount(), cutByteCount, replayed, result.knownSequence() == 0 ? "the start"
            : "the checkpoint at " + result.knownSequence(), result.elapsedNs() / 1e9,
            replayed * 1e3 / Math.max(1, result.elapsedNs()), result.comparedCount(),
            result.appendedCount());
    }

    /** Where each session goes on, one line for each that was followed. */
    public List<String> sessions() {
        List<String> lines = new ArrayList<>();
        for (LiveFeed feed : feeds) {
            ChannelHistory past = feed.history();
            if (past.hasSession()) {
                lines.add(String.format(Locale.ROOT, "%s channel %d goes on in session %s at"
                    + " message %s, %d holes open%s%s", feed.name(), feed.channel().channelId(),
                    new String(past.name(), StandardCharsets.US_ASCII).trim(),
                    Long.toUnsignedString(past.next()), past.open().all().size(),
                    past.isMaybeBad() ? ", messages lost" : "",
                    past.isSnapshotOpen() ? ", snapshot to be read anew" : ""));
            }
        }
        return lines;
    }

    /** How far the last life's clock was ahead of this one's, in ns; 0 when it was not. */
    public long aheadNs(long nowNs) {
        return Math.max(0, result.lastTimeNs() - nowNs);
    }
}
