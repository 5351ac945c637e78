// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.CaptureImport;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.FeedRole;
import io.millrace.feed.FeedSession;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import io.millrace.feed.breaker.BreakerContext;
import io.millrace.feed.breaker.BreakerSession;
import io.millrace.feed.breaker.FeedBreaker;
import io.millrace.feed.breaker.MulticastFeed;
import io.millrace.feed.breaker.WatchedFeed;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.PacketReceiver;
import io.millrace.feed.transport.RequestLine;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.server.feed.FeedProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.agrona.ErrorHandler;

/** One feed as it stands in front of the ring: channel, session, decoder. */
public final class VenueFeed {
    private final FeedProtocol protocol;
    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters counters = new FeedCounters();
    private final VenueDecoder decoder;

    /**
     * A feed that gives all there is.
     *
     * @param publisher   writer of the inbound ring
     * @param instruments gives symbols their ids
     * @param channel     what all events of the feed carry
     */
    public VenueFeed(FeedProtocol protocol, EventPublisher publisher,
        InstrumentDirectory instruments, FeedChannel channel) {
        this(protocol, FeedRole.BOTH, publisher, instruments, channel);
    }

    /**
     * A feed that gives what its role says.
     *
     * @param publisher   writer of the inbound ring
     * @param instruments gives symbols their ids
     * @param channel     what all events of the feed carry
     */
    VenueFeed(FeedProtocol protocol, FeedRole role, EventPublisher publisher,
        InstrumentDirectory instruments, FeedChannel channel) {
        this.protocol = protocol;
        this.publisher = publisher;
        this.channel = channel;
        decoder = protocol.decoder(role, publisher, channel, counters, instruments);
    }

    /**
     * The session of live lines.
     *
     * @param servers whom it asks for what is missing; closed with it
     * @param handler takes the messages: the decoder, or who lets snapshots in before it
     */
    public HealingSession liveSession(SessionStart start, RecoveryContext recovery,
        List<? extends RequestLine> servers, MessageHandler handler) {
        HealingSession session =
            protocol.session(publisher, channel, counters, start, recovery, servers, handler);
        session.resume(ChannelHistory.none());
        return session;
    }

    /** Tells whether the feed is heard. */
    FeedBreaker breaker(BreakerContext context, WatchedFeed watched) {
        return new FeedBreaker(context, publisher, channel, counters, watched);
    }

    /** The session of live lines with a breaker around it. */
    public BreakerSession watched(BreakerContext context, int lines,
        List<? extends PacketReceiver> receivers, HealingSession session, ErrorHandler errors) {
        return new BreakerSession(session, counters, breaker(context,
            new MulticastFeed(lines, receivers, session, counters, errors)));
    }

    /**
     * All but the session goes on where an earlier life was. Before the start.
     *
     * @param gate that snapshots pass, or null
     */
    public void resume(ChannelHistory past, FeedBreaker breaker, SnapshotGate gate) {
        if (past.isMaybeBad()) {
            channel.markMaybeBad();
        }
        if (past.isDown()) {
            breaker.resumeOpen();
        }
        if (gate != null) {
            gate.resume(past);
        }
    }

    /** An agent that reads capture files in place of lines. */
    public CaptureImport importOf(int clockFlags, LocalDate date, List<Path> files,
        CaptureImportListener listener) {
        return new CaptureImport(publisher, new ChainClock(publisher, clockFlags), decoder,
            this::sessionOfFiles, date, files, listener);
    }

    /** Time of a capture's first message: of its clock if that is near the day, else its own. */
    public long firstTimeNs(Path file, TradingDate date) throws IOException {
        decoder.tradingDate(date);
        try (CaptureFile capture = CaptureFile.open(file)) {
            if (!capture.next()) {
                return date.midnightNs();
            }
            if (date.isNear(capture.timeNs())) {
                return capture.timeNs();
            }
            int head = capture.holdsMessages() ? 0 : protocol.headLength();
            return Math.max(date.midnightNs(), decoder.exchangeTimeNs(capture.buffer(),
                capture.offset() + head, capture.length() - head));
        }
    }

    /** What came in and what became of it. */
    public FeedCounters counters() {
        return counters;
    }

    /** Messages to events. */
    public VenueDecoder decoder() {
        return decoder;
    }

    private FeedSession sessionOfFiles(MessageHandler handler) {
        return liveSession(SessionStart.FIRST_PACKET, RecoveryContext.none(), List.of(), handler);
    }
}
