// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.codec.moldudp64.MessageBlockDecoder;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.CaptureImport;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.FeedSession;
import io.millrace.feed.TradingDate;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.moldudp64.SessionStart;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.RequestLine;
import io.millrace.instrument.InstrumentDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** One ITCH 5.0 feed as it stands in front of the ring: channel, session, decoder. */
public final class Itch50Feed {
    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters counters = new FeedCounters();
    private final Itch50Decoder decoder;

    /**
     * @param publisher   writer of the inbound ring
     * @param instruments gives symbols their ids
     * @param channel     what all events of the feed carry
     */
    public Itch50Feed(EventPublisher publisher, InstrumentDirectory instruments,
        FeedChannel channel) {
        this.publisher = publisher;
        this.channel = channel;
        decoder = new Itch50Decoder(publisher, channel, counters, instruments);
    }

    /**
     * The session of live lines.
     *
     * @param servers whom it asks for what is missing; closed with it
     */
    public MoldUdp64Session liveSession(SessionStart start, RecoveryContext recovery,
        List<? extends RequestLine> servers) {
        return new MoldUdp64Session(publisher, channel, counters, start, recovery, servers,
            decoder);
    }

    /** An agent that reads capture files in place of lines. */
    public CaptureImport importOf(int clockFlags, LocalDate date, List<Path> files,
        CaptureImportListener listener) {
        return new CaptureImport(publisher, new ChainClock(publisher, clockFlags), decoder,
            handler -> session(SessionStart.FIRST_PACKET, handler), date, files, listener);
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
            int framing = capture.holdsMessages() ? 0
                : PacketHeaderDecoder.BLOCK_LENGTH + MessageBlockDecoder.BLOCK_LENGTH;
            return Math.max(date.midnightNs(), decoder.exchangeTimeNs(capture.buffer(),
                capture.offset() + framing, capture.length() - framing));
        }
    }

    /** What came in and what became of it. */
    public FeedCounters counters() {
        return counters;
    }

    /** Messages to events. */
    public Itch50Decoder decoder() {
        return decoder;
    }

    private FeedSession session(SessionStart start, MessageHandler handler) {
        return new MoldUdp64Session(publisher, channel, counters, start, handler);
    }
}
