// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("golden")
class GoldenDecodeTest {
    private static final String OMI = "omi-visible";

    @TempDir
    private Path folder;

    private String log;

    @ParameterizedTest
    @CsvSource({
        "nasdaq-itch-5.0/open1000.itch50, nasdaq-itch50-open1000, 1000",
        "nasdaq-itch-5.0/open1000.moldudp64.pcap.gz, nasdaq-itch50-open1000, 1000",
        "nasdaq-itch-5.0/20191230-two-per-type12.itch50, nasdaq-itch50-20191230-two-per-type12, 12",
        "nasdaq-itch-5.0/20191230-two-per-type12.moldudp64.pcap.gz,"
            + " nasdaq-itch50-20191230-two-per-type12, 12",
        "nasdaq-itch-5.0/SYNTHETIC-ritch-reframed12012.itch50.gz,"
            + " nasdaq-itch50-SYNTHETIC-ritch-reframed12012, 12012",
        "nasdaq-itch-5.0/SYNTHETIC-ritch-reframed12012.moldudp64.pcap.gz,"
            + " nasdaq-itch50-SYNTHETIC-ritch-reframed12012, 12012"})
    void shouldDecodeEveryFieldAsTheGoldenDoes(String capture, String golden, int messages)
        throws IOException {
        assertEquals(messages, compare("itch50", capture, golden, null, 0));
    }

    @Test
    void shouldDecodeADayOfTopsAsTheGoldenDoes() throws IOException {
        assertEquals(57_674, compare("iex-tops", "iex-tops-1.6/TOPS16-20170710.pcap.gz",
            "iex-tops16-20170710", null, 0));
    }

    @Test
    void shouldDecodeADayOfDeepAsTheGoldenDoesAndTellItsGapsAndItsCutEnd() throws IOException {
        assertEquals(391_999, compare("iex-deep", "iex-deep-1.0/DEEP10-iexsample-20170425.pcap.gz",
            "iex-deep10-20170425", null, 1));
        assertTrue(log.contains("121314 packets, 7937 heart-beats, 0 session ends, 11 gaps, "),
            log);
        assertTrue(log.contains("cut: "), log);
    }

    @ParameterizedTest
    @CsvSource({
        "iex-deep, Deep.IexTp.v1.0/Heartbeat, 0",
        "iex-deep, Deep.IexTp.v1.0/PriceLevelBuyUpdateMessage, 1",
        "iex-deep, Deep.IexTp.v1.0/PriceLevelSellUpdateMessage, 1",
        "iex-tops, Tops.IexTp.v1.5/AuctionInformationMessage, 1",
        "iex-tops, Tops.IexTp.v1.5/OfficialPriceMessage, 1",
        "iex-tops, Tops.IexTp.v1.5/OperationalHaltStatusMessage, 4",
        "iex-tops, Tops.IexTp.v1.5/QuoteUpdateMessage, 1",
        "iex-tops, Tops.IexTp.v1.5/SecurityDirectoryMessage, 52",
        "iex-tops, Tops.IexTp.v1.5/ShortSalePriceTestStatusMessage, 1",
        "iex-tops, Tops.IexTp.v1.5/SystemEventMessage, 1",
        "iex-tops, Tops.IexTp.v1.5/TradeReportMessage, 1",
        "iex-tops, Tops.IexTp.v1.5/TradingStatusMessage, 1",
        "iex-tops, Tops.IexTp.v1.6/QuoteUpdateMessage, 1"})
    void shouldDecodeSingleSegmentsAsTheGoldenDoes(String feed, String name, int messages)
        throws IOException {
        String file = "Iex/" + name + ".pcap";

        assertEquals(messages, compare(feed, "omi/" + file, OMI, file, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "Nasdaq.Equities.TotalView.Itch.v5.0/AddOrderNoMpidAttributionMessage, 1",
        "Nasdaq.Equities.TotalView.Itch.v5.0/MarketParticipantPositionMessage, 1",
        "Nasdaq.Equities.TotalView.Itch.v5.0/Multiple.Packets, 39",
        "Nasdaq.Equities.TotalView.Itch.v5.0/NetOrderImbalanceIndicatorMessage, 1",
        "Nasdaq.Equities.TotalView.Itch.v5.0/OrderDeleteMessage, 1",
        "Nasdaq.Equities.TotalView.Itch.v5.0/OrderExecutedMessage, 1",
        "Nasdaq.Equities.TotalView.Itch.v5.0/OrderReplaceMessage, 1",
        "Nasdaq.Equities.TotalView.Itch.v5.0/StockTradingActionMessage, 1",
        "Bx.Equities.TotalView.Itch.v5.0/AddOrderNoMpidAttributionMessage, 1",
        "Bx.Equities.TotalView.Itch.v5.0/OrderDeleteMessage, 1",
        "Bx.Equities.TotalView.Itch.v5.0/OrderReplaceMessage, 1"})
    void shouldDecodeSinglePacketsAsTheGoldenDoes(String name, int messages) throws IOException {
        String file = "Nasdaq/" + name + ".pcap";

        assertEquals(messages, compare("itch50", "omi/" + file, OMI, file, 0));
    }

    /** Returns how many messages were compared. */
    private int compare(String feed, String capture, String golden, String part, int exitCode)
        throws IOException {
        Path decoded = folder.resolve("decoded.jsonl");
        Path oracle = Captures.file("golden/" + golden + ".tshark-omi.jsonl.gz");
        CommandRun run = CommandRun.into(decoded, "decode", "--feed", feed,
            Captures.file(capture).toString());
        GoldenDecode comparison = new GoldenDecode(capture.contains(".pcap"));
        comparison.compare(oracle, part, decoded);
        System.out.println("golden " + capture + ": executed " + comparison.messages()
            + " messages, " + comparison.fields() + " fields, " + comparison.differences().size()
            + " differences");
        assertEquals(List.of(), comparison.differences());
        assertEquals(exitCode, run.exitCode(), run.log());
        log = run.log();
        return comparison.messages();
    }
}
