// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.codec.event.ImbalanceDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.tops16.SecurityDirectoryDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.SymbolText;
import io.millrace.feed.TradingDate;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Price;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the events of all types share: the claim with its common fields, the meaning of symbols,
 * which instruments are in the middle of an update, and the counting of each message's end. Owned
 * by the ingress thread.
 */
public final class IexWriter {
    /** Id of a symbol that cannot be told. */
    public static final int UNKNOWN = InstrumentDirectory.NOT_FOUND;

    private static final int SYMBOL_OFFSET = SecurityDirectoryDecoder.symbolEncodingOffset();
    private static final int DEFAULT_ROUND_LOT = 100;
    private static final long NONE = -1;
    private static final long MAX_PRICE4 = Long.MAX_VALUE / Price.FROM_PRICE4;

    private final EventPublisher publisher;
    private final UnsafeBuffer buffer;
    private final FeedChannel channel;
    private final FeedCounters counters;
    private final InstrumentDirectory directory;
    private final InstrumentSet defined;
    private final InstrumentSet updating;
    private final InstrumentDefinedEncoder definition = new InstrumentDefinedEncoder();
    private TradingDate date = TradingDate.unknown();
    private long channelSequence;
    /** Message that an earlier life told half of. */
    private long halfTold = NONE;

    /**
     * @param publisher writer of the inbound ring
     * @param directory gives symbols their permanent ids
     */
    public IexWriter(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                     InstrumentDirectory directory) {
        this.publisher = publisher;
        this.channel = channel;
        this.counters = counters;
        this.directory = directory;
        buffer = publisher.buffer();
        defined = new InstrumentSet(directory);
        updating = new InstrumentSet(directory);
    }

    void tradingDate(TradingDate tradingDate) {
        date = tradingDate;
    }

    TradingDate tradingDate() {
        return date;
    }

    void channelSequence(long sequence) {
        channelSequence = sequence;
    }

    /**
     * Learns again what is defined and which updates go on.
     *
     * @return false when the event is one of two of its message
     */
    boolean recall(EventView event) {
        int id = event.instrumentId();
        boolean isWhole = (event.flags() & (EventFlag.LAST | EventFlag.SNAPSHOT)) != 0;
        switch (event.templateId()) {
            case InstrumentDefinedDecoder.TEMPLATE_ID -> {
                isWhole |= updating.contains(id);
                defined.add(id);
            }
            case LevelChangedDecoder.TEMPLATE_ID -> {
                if (isWhole) {
                    updating.remove(id);
                } else {
                    updating.add(id);
                }
                isWhole = true;
            }
            case ImbalanceDecoder.TEMPLATE_ID -> { }
            default -> isWhole = true;
        }
        halfTold = isWhole ? NONE : event.originSequence();
        return isWhole;
    }

    /** True when an earlier life told the first of the two events of the message at hand. */
    boolean isHalfTold() {
        return channelSequence == halfTold;
    }

    /** Another session: nothing is defined, and no update is in progress. */
    void clear() {
        halfTold = NONE;
        defined.clear();
        updating.clear();
    }

    /** Memory of the slots. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * From now on events of an instrument are parts of an update that goes on. A snapshot has no
     * such parts: it shows what was once whole.
     */
    public void beginUpdate(int instrumentId) {
        if ((channel.flags() & EventFlag.SNAPSHOT) == 0) {
            updating.add(instrumentId);
        } else {
            updating.remove(instrumentId);
        }
    }

    /** The next event of an instrument is the last of its update. */
    public void endUpdate(int instrumentId) {
        updating.remove(instrumentId);
    }

    /**
     * Claims the event that completes a message; it is the last one of its update unless that goes
     * on. A time that cannot be believed is left out and flagged.
     */
    public int claim(int templateId, int blockLength, int instrumentId, long timeNs) {
        int last = updating.contains(instrumentId) ? 0 : channel.lastFlag();
        return claim(templateId, blockLength, instrumentId, timeNs, last | channel.flags());
    }

    /**
     * The same for an event that tells all there is of its instrument: what was lost before does
     * not matter to it.
     */
    public int claimComplete(int templateId, int blockLength, int instrumentId, long timeNs) {
        return claim(templateId, blockLength, instrumentId, timeNs,
            channel.lastFlag() | channel.flags() & ~EventFlag.MAYBE_BAD);
    }

    /** Claims an event of a message that another event completes. */
    int claimPart(int templateId, int blockLength, int instrumentId, long timeNs) {
        return claim(templateId, blockLength, instrumentId, timeNs, channel.flags());
    }

    private int claim(int templateId, int blockLength, int instrumentId, long timeNs, int flags) {
        int offset = publisher.claim(templateId, blockLength);
        boolean isBelieved = TradingDate.isBelieved(timeNs);
        publisher.common(offset, isBelieved ? timeNs : EventDescriptor.UNDEFINED, instrumentId,
            channel.venueId(), channel.channelId(),
            isBelieved ? flags : flags | EventFlag.BAD_TIME, channelSequence);
        return offset;
    }

    /**
     * Id behind the symbol of a message, so that a stream joined behind the directory messages
     * works: the first sight of a symbol defines the security. Counts and returns
     * {@link #UNKNOWN} when that is impossible.
     */
    public int instrumentId(DirectBuffer message, int messageOffset, long timeNs) {
        int symbol = messageOffset + SYMBOL_OFFSET;
        int instrumentId = directory.find(message, symbol, SymbolText.LENGTH);
        return defined.contains(instrumentId) ? instrumentId
            : defineUnseen(message, symbol, timeNs);
    }

    /** Gives the symbol of a message its id; counts and returns 0 when that is impossible. */
    int define(DirectBuffer message, int symbolOffset) {
        if (!SymbolText.isSymbol(message, symbolOffset)) {
            refuse(Malformation.BAD_SYMBOL);
            return UNKNOWN;
        }
        int instrumentId = directory.findOrAdd(message, symbolOffset, SymbolText.LENGTH);
        if (instrumentId == UNKNOWN) {
            counters.onDirectoryFull();
        } else {
            defined.add(instrumentId);
        }
        return instrumentId;
    }

    /** Number of securities that the directory knows; it grows by one when a new one is defined. */
    int known() {
        return directory.count();
    }

    /** Counts the message as published. */
    public void published() {
        counters.onPublished();
    }

    /** Counts the message as refused. */
    public void refuse(Malformation malformation) {
        counters.onMalformedMessage(malformation);
    }

    /** True when a wire price is one that fits our units. */
    public static boolean isPrice(long price4) {
        return price4 >= 0 && price4 <= MAX_PRICE4;
    }

    /** A wire price that fits; 0 means that there is none. */
    static long price(long price4) {
        return price4 == 0 ? Price.UNDEFINED : price4 * Price.FROM_PRICE4;
    }

    private int defineUnseen(DirectBuffer message, int symbolOffset, long timeNs) {
        int known = known();
        int instrumentId = define(message, symbolOffset);
        if (instrumentId != UNKNOWN) {
            int offset = claimPart(InstrumentDefinedEncoder.TEMPLATE_ID,
                InstrumentDefinedEncoder.BLOCK_LENGTH, instrumentId, timeNs);
            define(definition, offset, message, symbolOffset)
                .previousClosePrice(Price.UNDEFINED)
                .roundLotSize(DEFAULT_ROUND_LOT)
                .definition().clear().newSymbol(known() > known);
        }
        return instrumentId;
    }

    /** Writes what this venue tells of no security, and the symbol. */
    InstrumentDefinedEncoder define(InstrumentDefinedEncoder encoder, int offset,
                                    DirectBuffer message, int symbolOffset) {
        SymbolText.put(buffer, offset, message, symbolOffset);
        return encoder.wrap(buffer, offset)
            .previousCloseSize(Price.UNDEFINED)
            .priceIncrement(Price.UNDEFINED)
            .locate(0)
            .etpLeverageFactor(0)
            .unitOfTrade(1)
            .putIssueSubType((byte) ' ', (byte) ' ')
            .listingMarket((byte) ' ')
            .financialStatus((byte) ' ')
            .issueClassification((byte) ' ')
            .luldTier((byte) ' ')
            .shortSaleThreshold((byte) ' ')
            .ipoFlag((byte) ' ')
            .inverse((byte) ' ')
            .priceScale((short) 4)
            .securityType((byte) ' ');
    }
}
