// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import io.millrace.codec.itch50.IpoQuotingPeriodEncoder;
import io.millrace.codec.itch50.LuldAuctionCollarEncoder;
import io.millrace.codec.itch50.MarketParticipantPositionEncoder;
import io.millrace.codec.itch50.MwcbDeclineLevelEncoder;
import io.millrace.codec.itch50.OperationalHaltEncoder;
import io.millrace.codec.itch50.RegShoRestrictionEncoder;
import io.millrace.codec.itch50.RetailInterestEncoder;
import io.millrace.codec.itch50.StockDirectoryEncoder;
import io.millrace.codec.itch50.StockTradingActionEncoder;

/**
 * Encodes the messages about securities rather than orders, where the {@link ItchWriter} points.
 * Same owner.
 */
final class DirectoryWriter {
    private static final long CENTS_TO_PRICE8 = 1_000_000L;

    private final ItchWriter writer;
    private final Listings listings;
    private final StockDirectoryEncoder directory = new StockDirectoryEncoder();
    private final StockTradingActionEncoder tradingAction = new StockTradingActionEncoder();
    private final RegShoRestrictionEncoder restriction = new RegShoRestrictionEncoder();
    private final MarketParticipantPositionEncoder participant =
        new MarketParticipantPositionEncoder();
    private final MwcbDeclineLevelEncoder declineLevel = new MwcbDeclineLevelEncoder();
    private final IpoQuotingPeriodEncoder ipo = new IpoQuotingPeriodEncoder();
    private final LuldAuctionCollarEncoder collar = new LuldAuctionCollarEncoder();
    private final OperationalHaltEncoder operationalHalt = new OperationalHaltEncoder();
    private final RetailInterestEncoder retail = new RetailInterestEncoder();

    DirectoryWriter(ItchWriter writer, Listings listings) {
        this.writer = writer;
        this.listings = listings;
    }

    int stockDirectory(int locate, boolean isIpo) {
        begin(StockDirectoryEncoder.TEMPLATE_ID, locate,
            StockDirectoryEncoder.stockEncodingOffset());
        directory.wrap(writer.buffer(), writer.offset()).marketCategory((byte) 'Q')
            .financialStatusIndicator((byte) 'N').roundLotSize(listings.roundLot(locate))
            .roundLotsOnly((byte) 'N')
            .issueClassification((byte) 'C').putIssueSubType((byte) 'Z', (byte) ' ')
            .authenticity((byte) 'P')
            .shortSaleThresholdIndicator((byte) 'N').ipoFlag((byte) (isIpo ? 'Y' : 'N'))
            .luldReferencePriceTier((byte) (locate % 4 == 0 ? '1' : '2')).etpFlag((byte) 'N')
            .etpLeverageFactor(0)
            .inverseIndicator((byte) 'N');
        return StockDirectoryEncoder.BLOCK_LENGTH;
    }

    /** @param reason four characters */
    int tradingAction(int locate, char state, String reason) {
        begin(StockTradingActionEncoder.TEMPLATE_ID, locate,
            StockTradingActionEncoder.stockEncodingOffset());
        tradingAction.wrap(writer.buffer(), writer.offset()).tradingState((byte) state)
            .reserved((byte) ' ')
            .putReasonCode((byte) reason.charAt(0), (byte) reason.charAt(1),
            (byte) reason.charAt(2),
                (byte) reason.charAt(3));
        return StockTradingActionEncoder.BLOCK_LENGTH;
    }

    int regShoRestriction(int locate, char action) {
        begin(RegShoRestrictionEncoder.TEMPLATE_ID, locate,
            RegShoRestrictionEncoder.stockEncodingOffset());
        restriction.wrap(writer.buffer(), writer.offset()).regShoAction((byte) action);
        return RegShoRestrictionEncoder.BLOCK_LENGTH;
    }

    /** @param mpid four characters */
    int marketParticipant(int locate, String mpid) {
        begin(MarketParticipantPositionEncoder.TEMPLATE_ID, locate,
            MarketParticipantPositionEncoder.stockEncodingOffset());
        participant.wrap(writer.buffer(), writer.offset())
            .putMpid((byte) mpid.charAt(0), (byte) mpid.charAt(1), (byte) mpid.charAt(2),
            (byte) mpid.charAt(3))
            .primaryMarketMaker((byte) 'Y').marketMakerMode((byte) 'N')
            .marketParticipantState((byte) 'A');
        return MarketParticipantPositionEncoder.BLOCK_LENGTH;
    }

    /** Index levels 7, 13 and 20 % below a close of 6,000 points. */
    int declineLevels() {
        writer.prefix(MwcbDeclineLevelEncoder.TEMPLATE_ID, 0);
        declineLevel.wrap(writer.buffer(), writer.offset()).level1(558_000 * CENTS_TO_PRICE8)
            .level2(522_000 * CENTS_TO_PRICE8).level3(480_000 * CENTS_TO_PRICE8);
        return MwcbDeclineLevelEncoder.BLOCK_LENGTH;
    }

    int ipoQuotingPeriod(int locate, int releaseSecond) {
        begin(IpoQuotingPeriodEncoder.TEMPLATE_ID, locate,
            IpoQuotingPeriodEncoder.stockEncodingOffset());
        ipo.wrap(writer.buffer(), writer.offset()).ipoQuotationReleaseTime(releaseSecond)
            .ipoQuotationReleaseQualifier((byte) 'A').ipoPrice(listings.price(locate));
        return IpoQuotingPeriodEncoder.BLOCK_LENGTH;
    }

    /** A collar of 5 % about a price. */
    int auctionCollar(int locate, int price) {
        begin(LuldAuctionCollarEncoder.TEMPLATE_ID, locate,
            LuldAuctionCollarEncoder.stockEncodingOffset());
        collar.wrap(writer.buffer(), writer.offset()).auctionCollarReferencePrice(price)
            .upperAuctionCollarPrice(price + price / 20).lowerAuctionCollarPrice(price - price / 20)
            .auctionCollarExtension(0);
        return LuldAuctionCollarEncoder.BLOCK_LENGTH;
    }

    /** A halt on the exchange's sister market; the books here do not care. */
    int operationalHalt(int locate, char action) {
        begin(OperationalHaltEncoder.TEMPLATE_ID, locate,
            OperationalHaltEncoder.stockEncodingOffset());
        operationalHalt.wrap(writer.buffer(), writer.offset()).marketCode((byte) 'B')
            .operationalHaltAction((byte) action);
        return OperationalHaltEncoder.BLOCK_LENGTH;
    }

    int retailInterest(int locate, char flag) {
        begin(RetailInterestEncoder.TEMPLATE_ID, locate,
            RetailInterestEncoder.stockEncodingOffset());
        retail.wrap(writer.buffer(), writer.offset()).interestFlag((byte) flag);
        return RetailInterestEncoder.BLOCK_LENGTH;
    }

    private void begin(int type, int locate, int stockOffset) {
        writer.prefix(type, locate);
        writer.stock(stockOffset, listings.stock(locate));
    }
}
