// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.codec.event.AuctionInfoEncoder;
import io.millrace.codec.event.AuctionInfoKind;
import io.millrace.codec.event.ImbalanceEncoder;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.tops16.AuctionInformationDecoder;
import io.millrace.codec.tops16.RetailLiquidityIndicatorDecoder;
import io.millrace.codec.tops16.SecurityDirectoryDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.feed.Malformation;
import io.millrace.instrument.Price;

/**
 * Directory, retail and auction messages, as events. A price or time of 0 in them means that there
 * is none. Owned by the ingress thread.
 */
final class IexReferenceEvents {
    private static final long SECOND_NS = 1_000_000_000L;

    private final IexWriter writer;
    private final InstrumentDefinedEncoder defined = new InstrumentDefinedEncoder();
    private final ImbalanceEncoder imbalance = new ImbalanceEncoder();
    private final AuctionInfoEncoder auction = new AuctionInfoEncoder();

    IexReferenceEvents(IexWriter writer) {
        this.writer = writer;
    }

    void onSecurityDirectory(SecurityDirectoryDecoder message) {
        if (!IexWriter.isPrice(message.adjustedPocPrice())) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        int known = writer.known();
        int symbol = message.offset() + SecurityDirectoryDecoder.symbolEncodingOffset();
        int instrumentId = writer.define(message.buffer(), symbol);
        if (instrumentId == IexWriter.UNKNOWN) {
            return;
        }
        int offset = writer.claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, instrumentId, message.timestamp());
        writer.define(defined, offset, message.buffer(), symbol)
            .previousClosePrice(IexWriter.price(message.adjustedPocPrice()))
            .roundLotSize(message.roundLotSize())
            .luldTier(tier(message.luldTier()))
            .definition().clear()
            .newSymbol(writer.known() > known)
            .test(message.securityDirectoryFlags().testSecurity())
            .whenIssued(message.securityDirectoryFlags().whenIssued())
            .etp(message.securityDirectoryFlags().etp());
        writer.published();
    }

    void onRetailLiquidityIndicator(RetailLiquidityIndicatorDecoder message) {
        int instrumentId =
            writer.instrumentId(message.buffer(), message.offset(), message.timestamp());
        if (instrumentId != IexWriter.UNKNOWN) {
            wrapAuction(instrumentId, message.timestamp(), AuctionInfoKind.RETAIL_INTEREST)
                .code(message.retailLiquidityIndicator());
            writer.published();
        }
    }

    void onAuctionInformation(AuctionInformationDecoder message) {
        if (!hasPrices(message)) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        int instrumentId =
            writer.instrumentId(message.buffer(), message.offset(), message.timestamp());
        if (instrumentId != IexWriter.UNKNOWN) {
            if (!writer.isHalfTold()) {
                publishImbalance(message, instrumentId);
            }
            wrapAuction(instrumentId, message.timestamp(), AuctionInfoKind.AUCTION_BOOK)
                .price(IexWriter.price(message.collarReferencePrice()))
                .lowerCollarPrice(IexWriter.price(message.lowerAuctionCollar()))
                .upperCollarPrice(IexWriter.price(message.upperAuctionCollar()))
                .extensionCount((short) (message.extensionNumber() & 0xFF))
                .auctionType(message.auctionType());
            writer.published();
        }
    }

    private void publishImbalance(AuctionInformationDecoder message, int instrumentId) {
        int offset = writer.claimPart(ImbalanceEncoder.TEMPLATE_ID, ImbalanceEncoder.BLOCK_LENGTH,
            instrumentId, message.timestamp());
        long scheduled = message.scheduledAuctionTime();
        imbalance.wrap(writer.buffer(), offset)
            .pairedSize(message.pairedShares() * Price.SIZE_UNIT)
            .imbalanceSize(message.imbalanceShares() * Price.SIZE_UNIT)
            .marketImbalanceSize(Price.UNDEFINED)
            .farPrice(IexWriter.price(message.auctionBookClearingPrice()))
            .nearPrice(IexWriter.price(message.indicativeClearingPrice()))
            .referencePrice(IexWriter.price(message.referencePrice()))
            .auctionTimeNs(scheduled == 0 ? EventDescriptor.UNDEFINED : scheduled * SECOND_NS)
            .direction(message.imbalanceSide())
            .auctionType(message.auctionType())
            .priceVariation((byte) 0)
            .significance((byte) 0);
    }

    private AuctionInfoEncoder wrapAuction(int instrumentId, long timeNs, AuctionInfoKind kind) {
        int offset = writer.claim(AuctionInfoEncoder.TEMPLATE_ID, AuctionInfoEncoder.BLOCK_LENGTH,
            instrumentId, timeNs);
        return auction.wrap(writer.buffer(), offset)
            .price(Price.UNDEFINED)
            .size(Price.UNDEFINED)
            .lowerPrice(Price.UNDEFINED)
            .upperPrice(Price.UNDEFINED)
            .lowerCollarPrice(Price.UNDEFINED)
            .upperCollarPrice(Price.UNDEFINED)
            .indicativePrice(Price.UNDEFINED)
            .timeNs(EventDescriptor.UNDEFINED)
            .kind(kind)
            .side(Side.UNKNOWN);
    }

    private static boolean hasPrices(AuctionInformationDecoder message) {
        return IexWriter.isPrice(message.referencePrice())
            && IexWriter.isPrice(message.indicativeClearingPrice())
            && IexWriter.isPrice(message.auctionBookClearingPrice())
            && IexWriter.isPrice(message.collarReferencePrice())
            && IexWriter.isPrice(message.lowerAuctionCollar())
            && IexWriter.isPrice(message.upperAuctionCollar());
    }

    /** The number as other venues write it; 0 is none. */
    private static byte tier(int number) {
        return (byte) (number >= 1 && number <= 9 ? '0' + number : ' ');
    }
}
