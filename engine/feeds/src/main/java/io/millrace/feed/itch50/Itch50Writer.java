// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.itch50.Timestamp48Decoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
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
 * What the events of all types share: the claim with its common fields, the day's midnight, the
 * meaning of locates and the counting of each message's end. Owned by the ingress thread.
 */
final class Itch50Writer {
    /** Ns of a day: a time of day at or beyond it is none. */
    static final long DAY_NS = 86_400_000_000_000L;

    private static final long TIMESTAMP_MASK = (1L << Timestamp48Decoder.ENCODED_LENGTH * 8) - 1;
    private static final int TIMESTAMP_WORD_OFFSET = SystemEventDecoder.timestampEncodingOffset()
        + Timestamp48Decoder.ENCODED_LENGTH - Long.BYTES;

    private final EventPublisher publisher;
    private final UnsafeBuffer buffer;
    private final FeedChannel channel;
    private final FeedCounters counters;
    private final Itch50Listings listings;
    private final InstrumentDefinedEncoder defined = new InstrumentDefinedEncoder();
    private TradingDate date = TradingDate.unknown();
    private long midnightNs = date.midnightNs();
    private int dateFlags = date.flags();
    private long channelSequence;

    Itch50Writer(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                 InstrumentDirectory directory) {
        this.publisher = publisher;
        this.channel = channel;
        this.counters = counters;
        buffer = publisher.buffer();
        listings = new Itch50Listings(directory);
    }

    void tradingDate(TradingDate tradingDate) {
        date = tradingDate;
        midnightNs = tradingDate.midnightNs();
        dateFlags = tradingDate.flags();
    }

    TradingDate tradingDate() {
        return date;
    }

    void channelSequence(long sequence) {
        channelSequence = sequence;
    }

    Itch50Listings listings() {
        return listings;
    }

    /** Memory of the slots. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Ns since midnight of a message: six bytes, read with the two before them at once. */
    static long timeOfDayNs(DirectBuffer message, int offset) {
        return message.getLong(offset + TIMESTAMP_WORD_OFFSET, BIG_ENDIAN) & TIMESTAMP_MASK;
    }

    /** Ns since the epoch of a time of day, UNDEFINED when a day has no such time. */
    long epochNs(long timeOfDayNs) {
        return timeOfDayNs >= 0 && timeOfDayNs < DAY_NS ? midnightNs + timeOfDayNs
            : EventDescriptor.UNDEFINED;
    }

    /**
     * Claims the event that completes a message. A time that no day has is left out and flagged.
     */
    int claim(int templateId, int blockLength, int instrumentId, long timeOfDayNs) {
        return claim(templateId, blockLength, instrumentId, timeOfDayNs, channel.lastFlag());
    }

    private int claim(int templateId, int blockLength, int instrumentId, long timeOfDayNs,
                      int flags) {
        int offset = publisher.claim(templateId, blockLength);
        long timeNs = epochNs(timeOfDayNs);
        int timeFlags = timeNs == EventDescriptor.UNDEFINED ? EventFlag.BAD_TIME : dateFlags;
        publisher.common(offset, timeNs, instrumentId, channel.venueId(), channel.channelId(),
            channel.flags() | timeFlags | flags, channelSequence);
        return offset;
    }

    /** Claims an event of a message that another event completes. */
    int claimPart(int templateId, int blockLength, int instrumentId, long timeOfDayNs) {
        return claim(templateId, blockLength, instrumentId, timeOfDayNs, 0);
    }

    /**
     * Id behind a locate when the message names no symbol; counts and returns 0 when it is not
     * known.
     */
    int instrumentId(int locate) {
        int instrumentId = listings.instrumentId(locate);
        if (instrumentId == Itch50Listings.UNKNOWN) {
            counters.onUnknownLocate();
        }
        return instrumentId;
    }

    /**
     * Id behind a locate when the message names the symbol too, so that a stream joined behind the
     * directory messages works: the first sight of a locate defines the security. Counts and
     * returns 0 when that is impossible.
     */
    int instrumentId(int locate, DirectBuffer message, int symbolOffset, long timeOfDayNs) {
        int instrumentId = listings.instrumentId(locate);
        return instrumentId != Itch50Listings.UNKNOWN ? instrumentId
            : defineUnseen(locate, message, symbolOffset, timeOfDayNs);
    }

    /** Lets a locate stand for a symbol; counts and returns 0 when that is impossible. */
    int define(int locate, DirectBuffer message, int symbolOffset, int roundLot) {
        if (!SymbolText.isSymbol(message, symbolOffset)) {
            refuse(Malformation.BAD_SYMBOL);
            return Itch50Listings.UNKNOWN;
        }
        int instrumentId = listings.define(locate, message, symbolOffset, roundLot);
        if (instrumentId == Itch50Listings.UNKNOWN) {
            counters.onDirectoryFull();
        }
        return instrumentId;
    }

    /** Counts the message as published. */
    void published() {
        counters.onPublished();
    }

    /** Counts the message as refused. */
    void refuse(Malformation malformation) {
        counters.onMalformedMessage(malformation);
    }

    private int defineUnseen(int locate, DirectBuffer message, int symbolOffset, long timeOfDayNs) {
        int known = listings.known();
        int instrumentId = define(locate, message, symbolOffset, Itch50Listings.DEFAULT_ROUND_LOT);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            publishUnseen(instrumentId, locate, message, symbolOffset, timeOfDayNs);
            defined.definition().clear().newSymbol(listings.known() > known);
        }
        return instrumentId;
    }

    private void publishUnseen(int instrumentId, int locate, DirectBuffer message, int symbolOffset,
                               long timeOfDayNs) {
        int offset = claimPart(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, instrumentId, timeOfDayNs);
        defined.wrap(buffer, offset)
            .previousClosePrice(Price.UNDEFINED)
            .previousCloseSize(Price.UNDEFINED)
            .priceIncrement(Price.UNDEFINED)
            .locate(locate)
            .roundLotSize(Itch50Listings.DEFAULT_ROUND_LOT)
            .etpLeverageFactor(0)
            .unitOfTrade(1)
            .issueSubType("  ")
            .listingMarket((byte) ' ')
            .financialStatus((byte) ' ')
            .issueClassification((byte) ' ')
            .luldTier((byte) ' ')
            .shortSaleThreshold((byte) ' ')
            .ipoFlag((byte) ' ')
            .inverse((byte) ' ')
            .priceScale((short) 4)
            .securityType((byte) ' ');
        SymbolText.put(buffer, offset, message, symbolOffset);
    }
}
