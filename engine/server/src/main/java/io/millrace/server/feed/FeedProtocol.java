// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.feed;

import io.millrace.codec.iextp.SegmentHeaderDecoder;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.event.EventPublisher;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.FeedRole;
import io.millrace.feed.RoleFilter;
import io.millrace.feed.SessionStart;
import io.millrace.feed.VenueDecoder;
import io.millrace.feed.deep.DeepDecoder;
import io.millrace.feed.iextp.IexTpSession;
import io.millrace.feed.iextp.IexTpSubscription;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.tops.TopsDecoder;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.RequestLine;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import io.millrace.server.json.IexTpFraming;
import io.millrace.server.json.MoldUdp64Framing;
import io.millrace.server.json.PacketFraming;
import io.millrace.server.json.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * The venue protocols that can be read, by the names that people give them: of each its messages,
 * its packets, its decoder and its session. Immutable.
 */
public enum FeedProtocol {
    /** Nasdaq TotalView-ITCH 5.0, alone or within MoldUDP64. */
    ITCH50("itch50", Venue.XNAS),
    /** IEX TOPS 1.6 and 1.5 within IEX-TP. */
    IEX_TOPS("iex-tops", Venue.IEXG),
    /** IEX DEEP 1.0 within IEX-TP. */
    IEX_DEEP("iex-deep", Venue.IEXG);

    /** Trades and their breaks, in all protocols of IEX. */
    private static final String IEX_TRADES = "TB";
    private static final char IEX_DEFINITION = 'D';
    /** Bytes of the length in front of each message, in every session protocol here. */
    private static final int PREFIX_LENGTH = Short.BYTES;

    private final String label;
    private final Venue venue;

    FeedProtocol(String label, Venue venue) {
        this.label = label;
        this.venue = venue;
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(FeedProtocol::label).toList();
    }

    /** The protocol of a name, or null. */
    public static FeedProtocol of(String label) {
        return Arrays.stream(values()).filter(protocol -> protocol.label.equals(label)).findFirst()
            .orElse(null);
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** The venue that speaks it, unless told otherwise. */
    public Venue venue() {
        return venue;
    }

    /** Its wire messages. */
    public Schema schema() {
        return switch (this) {
            case ITCH50 -> Schema.itch50();
            case IEX_TOPS -> Schema.tops16();
            case IEX_DEEP -> Schema.deep10();
        };
    }

    /** What its packets say of themselves. */
    public PacketFraming framing() {
        return switch (this) {
            case ITCH50 -> new MoldUdp64Framing();
            case IEX_TOPS -> new IexTpFraming(TopsDecoder.PROTOCOLS);
            case IEX_DEEP -> new IexTpFraming(DeepDecoder.PROTOCOLS);
        };
    }

    /** Bytes of a packet in front of its first message. */
    public int headLength() {
        return PREFIX_LENGTH + (this == ITCH50 ? PacketHeaderDecoder.BLOCK_LENGTH
            : SegmentHeaderDecoder.BLOCK_LENGTH);
    }

    /** True when books and trades stand in messages of their own, so that a feed can give one. */
    public boolean isSplit() {
        return this != ITCH50;
    }

    /** Messages to events, of what a role asks for. */
    public VenueDecoder decoder(FeedRole role, EventPublisher publisher, FeedChannel channel,
        FeedCounters counters, InstrumentDirectory instruments) {
        VenueDecoder all = decoder(publisher, channel, counters, instruments);
        return role == FeedRole.BOTH ? all
            : new RoleFilter(all, counters, role, IEX_TRADES, IEX_DEFINITION);
    }

    private VenueDecoder decoder(EventPublisher publisher, FeedChannel channel,
        FeedCounters counters, InstrumentDirectory instruments) {
        return switch (this) {
            case ITCH50 -> new Itch50Decoder(publisher, channel, counters, instruments);
            case IEX_TOPS -> new TopsDecoder(publisher, channel, counters, instruments);
            case IEX_DEEP -> new DeepDecoder(publisher, channel, counters, instruments);
        };
    }

    /**
     * Packets to messages.
     *
     * @param recovery how it heals what is missing
     * @param servers  whom it asks for that; closed with the session
     */
    public HealingSession session(EventPublisher publisher, FeedChannel channel,
        FeedCounters counters, SessionStart start, RecoveryContext recovery,
        List<? extends RequestLine> servers, MessageHandler handler) {
        return switch (this) {
            case ITCH50 -> new MoldUdp64Session(publisher, channel, counters, start, recovery,
                servers, handler);
            case IEX_TOPS -> new IexTpSession(publisher, channel, counters,
                new IexTpSubscription(TopsDecoder.PROTOCOLS, start), recovery, servers, handler);
            case IEX_DEEP -> new IexTpSession(publisher, channel, counters,
                new IexTpSubscription(DeepDecoder.PROTOCOLS, start), recovery, servers, handler);
        };
    }
}
