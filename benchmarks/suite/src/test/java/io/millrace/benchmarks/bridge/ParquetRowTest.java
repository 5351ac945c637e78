// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contenders of the bridges' rows, small, to the outside that needs no server. */
class ParquetRowTest {
    @TempDir
    private Path folder;

    private Options options() {
        return Options.parse("sink=parquet", "address=", "events=3000", "batch=1000", "rate=2000",
            "seconds=1", "folder=" + folder);
    }

    @Test
    void shouldRunEachContenderTwice() {
        for (Contender contender : List.of(new BridgeContender(options()),
            new BareContender(options()), new LagContender(options()))) {
            contender.prepare();
            Figures figures = new Figures();
            contender.round(0, figures);
            contender.close();
            assertTrue(figures.values().values().stream().allMatch(value -> value > 0),
                figures::format);
        }
    }

    @Test
    void shouldFindInABatchWhatABridgeReadsIntoOne() {
        Market first = Market.of(0, EventJournal.timeNs(0));
        Market second = Market.of(1, EventJournal.timeNs(1));
        assertEquals(List.of("inbound", "outbound"), List.of(first.queue(), second.queue()));
        assertEquals(List.of(1L, 1L), List.of(first.sequence(), second.sequence()));
    }
}
