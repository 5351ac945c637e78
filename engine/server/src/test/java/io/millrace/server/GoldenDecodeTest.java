// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("golden")
class GoldenDecodeTest {
    private static final String OMI = "golden/omi-visible.tshark-omi.jsonl.gz";

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
        Path oracle = Captures.file("golden/" + golden + ".tshark-omi.jsonl.gz");

        assertEquals(messages, compare(capture, GoldenDecode.messages(oracle, null)));
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

        List<List<List<String>>> golden = GoldenDecode.messages(Captures.file(OMI), file);

        assertEquals(messages, compare("omi/" + file, golden));
    }

    private static int compare(String capture, List<List<List<String>>> golden) {
        CommandRun run =
            CommandRun.of("decode", "--feed", "itch50", Captures.file(capture).toString());
        GoldenDecode comparison = new GoldenDecode();
        comparison.compare(golden, run.lines());
        System.out.println("golden " + capture + ": executed " + run.lines().size() + " messages, "
            + comparison.fields() + " fields, " + comparison.differences().size() + " differences");
        assertEquals(List.of(), comparison.differences());
        assertEquals(0, run.exitCode(), run.log());
        return run.lines().size();
    }
}
