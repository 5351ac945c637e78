// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures of IEX through the verbs that read captures. */
@Tag("golden")
class IexVerbsTest {
    private static final String TOPS = "iex-tops-1.6/TOPS16-20170710.pcap.gz";
    private static final String DEEP = "iex-deep-1.0/DEEP10-iexsample-20170425.pcap.gz";
    private static final String LEVEL = "omi/Iex/Deep.IexTp.v1.0/PriceLevelBuyUpdateMessage.pcap";
    private static final String TRADE = "omi/Iex/Tops.IexTp.v1.5/TradeReportMessage.pcap";

    @TempDir
    private Path folder;

    @Test
    void shouldPrintFlagsAsTheNumberTheyAre() {
        CommandRun run = CommandRun.of("decode", "--feed", "iex-tops", file(TRADE));

        assertEquals("""
            {"type":"T","frame":1,"i":0,"sequence":34347,"saleConditionFlags":192,\
            "timestamp":1517059863763350264,"symbol":"ZIEXT","size":100,"price":9998,\
            "tradeId":972306}
            """, run.out());
        assertEquals(0, run.exitCode());
    }

    @Test
    void shouldFindAFileOfAnotherProtocolOnly() {
        CommandRun decode = CommandRun.of("decode", "--feed", "iex-tops", file(LEVEL));
        CommandRun events = CommandRun.of("events", "--feed", "iex-tops", file(LEVEL));

        assertEquals(List.of(1, 1), List.of(decode.exitCode(), events.exitCode()));
        assertTrue(decode.log().contains("1 packets of other protocols"), decode.log());
        assertTrue(events.log().contains("1 foreign"), events.log());
    }

    @Test
    void shouldPrintEventsOfALevel() {
        CommandRun run = CommandRun.of("events", "--feed", "iex-deep", file(LEVEL));

        List<Map<String, Object>> events = run.lines().stream().map(JsonText::object).toList();
        assertEquals(List.of("SessionEvent", "InstrumentDefined", "LevelChanged"),
            events.stream().map(event -> event.get("event")).toList());
        assertEquals(List.of("4", "[last]", "202770000000", "190000000", "BUY",
            "1611692981294956478", "355166"),
            List.of("venueId", "flags", "price", "size", "side", "exchangeTimeNs",
                "channelSequence").stream()
                .map(name -> String.valueOf(events.get(2).get(name))).toList());
        assertEquals(0, run.exitCode());
    }

    @Test
    void shouldImportAndProveADayOfTops() {
        assertEquals(0, importAndProve("iex-tops", TOPS, "2017-07-10"));
    }

    @Test
    void shouldImportAndProveADayOfDeepAndTellItsGaps() {
        assertEquals(1, importAndProve("iex-deep", DEEP, "2017-04-25"));
    }

    /** Returns the exit code of the import. */
    private int importAndProve(String feed, String capture, String date) {
        CommandRun imported = CommandRun.of("import", "--feed", feed, file(capture), "--journal",
            folder.toString());
        assertTrue(imported.out().contains(date), imported.out() + imported.log());
        CommandRun proof = CommandRun.of("replay", folder.resolve(date).toString(), "--prove");
        assertEquals(0, proof.exitCode(), proof.out() + proof.log());
        System.out.print(imported.out() + imported.log() + proof.out());
        return imported.exitCode();
    }

    private static String file(String capture) {
        return Captures.file(capture).toString();
    }
}
