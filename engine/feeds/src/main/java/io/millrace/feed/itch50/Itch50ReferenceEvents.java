// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.codec.event.AuctionInfoEncoder;
import io.millrace.codec.event.AuctionInfoKind;
import io.millrace.codec.event.BandKind;
import io.millrace.codec.event.ImbalanceEncoder;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.ParticipantPositionEncoder;
import io.millrace.codec.event.PriceBandEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.itch50.DirectListingDecoder;
import io.millrace.codec.itch50.IpoQuotingPeriodDecoder;
import io.millrace.codec.itch50.LuldAuctionCollarDecoder;
import io.millrace.codec.itch50.MarketParticipantPositionDecoder;
import io.millrace.codec.itch50.NetOrderImbalanceDecoder;
import io.millrace.codec.itch50.RetailInterestDecoder;
import io.millrace.codec.itch50.StockDirectoryDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.feed.Malformation;
import io.millrace.feed.SymbolText;
import io.millrace.instrument.Price;

/**
 * Directory, imbalance and auction messages, as events. A price of 0 in them means that there is
 * none. Owned by the ingress thread.
 */
final class Itch50ReferenceEvents {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Itch50Writer writer;
    private final InstrumentDefinedEncoder defined = new InstrumentDefinedEncoder();
    private final PriceBandEncoder band = new PriceBandEncoder();
    private final ImbalanceEncoder imbalance = new ImbalanceEncoder();
    private final ParticipantPositionEncoder position = new ParticipantPositionEncoder();
    private final AuctionInfoEncoder auction = new AuctionInfoEncoder();

    Itch50ReferenceEvents(Itch50Writer writer) {
        this.writer = writer;
    }

    void onStockDirectory(StockDirectoryDecoder message) {
        int known = writer.listings().known();
        int stock = message.offset() + StockDirectoryDecoder.stockEncodingOffset();
        int instrumentId = writer.define(message.stockLocate(), message.buffer(), stock,
            (int) message.roundLotSize());
        if (instrumentId == Itch50Listings.UNKNOWN) {
            return;
        }
        int offset = writer.claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, instrumentId,
            Itch50Writer.timeOfDayNs(message.buffer(), message.offset()));
        defined.wrap(writer.buffer(), offset)
            .previousClosePrice(Price.UNDEFINED)
            .previousCloseSize(Price.UNDEFINED)
            .priceIncrement(Price.UNDEFINED)
            .locate(message.stockLocate())
            .roundLotSize(message.roundLotSize())
            .etpLeverageFactor(message.etpLeverageFactor())
            .unitOfTrade(1)
            .putIssueSubType(message.issueSubType(0), message.issueSubType(1))
            .listingMarket(message.marketCategory())
            .financialStatus(message.financialStatusIndicator())
            .issueClassification(message.issueClassification())
            .luldTier(message.luldReferencePriceTier())
            .shortSaleThreshold(message.shortSaleThresholdIndicator())
            .ipoFlag(message.ipoFlag())
            .inverse(message.inverseIndicator())
            .priceScale((short) 4)
            .priceResolution((short) 0)
            .securityType((byte) ' ');
        SymbolText.put(writer.buffer(), offset, message.buffer(), stock);
        defined.definition().clear()
            .newSymbol(writer.listings().known() > known)
            .test(message.authenticity() == 'T')
            .etp(message.etpFlag() == 'Y')
            .roundLotsOnly(message.roundLotsOnly() == 'Y');
        writer.published();
    }

    void onLuldAuctionCollar(LuldAuctionCollarDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + LuldAuctionCollarDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(PriceBandEncoder.TEMPLATE_ID, PriceBandEncoder.BLOCK_LENGTH,
                instrumentId, timeNs);
            band.wrap(writer.buffer(), offset)
                .referencePrice(price(message.auctionCollarReferencePrice()))
                .upperPrice(price(message.upperAuctionCollarPrice()))
                .lowerPrice(price(message.lowerAuctionCollarPrice()))
                .extensionCount(message.auctionCollarExtension())
                .kind(BandKind.AUCTION_COLLAR)
                .indicator((byte) 0);
            writer.published();
        }
    }

    void onNetOrderImbalance(NetOrderImbalanceDecoder message) {
        long paired = Price.scale(message.pairedShares(), Price.SIZE_UNIT);
        long excess = Price.scale(message.imbalanceShares(), Price.SIZE_UNIT);
        if (paired == Price.UNDEFINED || excess == Price.UNDEFINED) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + NetOrderImbalanceDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(ImbalanceEncoder.TEMPLATE_ID, ImbalanceEncoder.BLOCK_LENGTH,
                instrumentId, timeNs);
            imbalance.wrap(writer.buffer(), offset)
                .pairedSize(paired)
                .imbalanceSize(excess)
                .marketImbalanceSize(Price.UNDEFINED)
                .farPrice(price(message.farPrice()))
                .nearPrice(price(message.nearPrice()))
                .referencePrice(price(message.currentReferencePrice()))
                .auctionTimeNs(EventDescriptor.UNDEFINED)
                .direction(message.imbalanceDirection())
                .auctionType(message.crossType())
                .priceVariation(message.priceVariationIndicator())
                .significance((byte) 0);
            writer.published();
        }
    }

    void onIpoQuotingPeriod(IpoQuotingPeriodDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + IpoQuotingPeriodDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            wrapAuction(instrumentId, timeNs, AuctionInfoKind.IPO_RELEASE)
                .price(price(message.ipoPrice()))
                .timeNs(writer.epochNs(message.ipoQuotationReleaseTime() * SECOND_NS))
                .code(message.ipoQuotationReleaseQualifier());
            writer.published();
        }
    }

    void onRetailInterest(RetailInterestDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + RetailInterestDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            wrapAuction(instrumentId, timeNs, AuctionInfoKind.RETAIL_INTEREST)
                .code(message.interestFlag());
            writer.published();
        }
    }

    void onMarketParticipantPosition(MarketParticipantPositionDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + MarketParticipantPositionDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            int offset = writer.claim(ParticipantPositionEncoder.TEMPLATE_ID,
                ParticipantPositionEncoder.BLOCK_LENGTH, instrumentId, timeNs);
            position.wrap(writer.buffer(), offset)
                .putAttribution(message.mpid(0), message.mpid(1), message.mpid(2), message.mpid(3))
                .primary(message.primaryMarketMaker())
                .mode(message.marketMakerMode())
                .state(message.marketParticipantState());
            writer.published();
        }
    }

    void onDirectListing(DirectListingDecoder message) {
        long timeNs = Itch50Writer.timeOfDayNs(message.buffer(), message.offset());
        int instrumentId = writer.instrumentId(message.stockLocate(), message.buffer(),
            message.offset() + DirectListingDecoder.stockEncodingOffset(), timeNs);
        if (instrumentId != Itch50Listings.UNKNOWN) {
            wrapAuction(instrumentId, timeNs, AuctionInfoKind.DIRECT_LISTING)
                .lowerPrice(price(message.minimumAllowablePrice()))
                .upperPrice(price(message.maximumAllowablePrice()))
                .lowerCollarPrice(price(message.lowerPriceRangeCollar()))
                .upperCollarPrice(price(message.upperPriceRangeCollar()))
                .indicativePrice(price(message.nearExecutionPrice()))
                .timeNs(writer.epochNs(message.nearExecutionTime()))
                .code(message.openEligibilityStatus());
            writer.published();
        }
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

    private static long price(long price4) {
        return price4 == 0 ? Price.UNDEFINED : price4 * Price.FROM_PRICE4;
    }
}
