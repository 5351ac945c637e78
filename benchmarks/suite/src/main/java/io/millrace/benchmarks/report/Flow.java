// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import io.millrace.simulator.OrderFlowContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A day of simulated order flow that contenders read from memory. Immutable.
 *
 * @param symbols       securities
 * @param liveOrders    orders in the books once they are filled
 * @param messages      messages of the day
 * @param chunkMessages messages of the parts that rounds consist of
 */
record Flow(int symbols, int liveOrders, long messages, int chunkMessages) {
    private static final long SEED = 20_260_105;

    /** Parts until the market is open and the books are full. */
    int fillChunks() {
        long fill = 4L * symbols + liveOrders * 130L / 100;
        return Math.toIntExact((fill + chunkMessages - 1) / chunkMessages) + 1;
    }

    /** Rounds of so many parts that fit between the filling and the close. */
    int rounds(int chunks) {
        long open = messages * 95 / 100 - (long) fillChunks() * chunkMessages;
        return Math.toIntExact(open / ((long) chunks * chunkMessages));
    }

    /** The file of this flow, written when it is missing. */
    Path file(Workplace workplace) {
        Path path = workplace.scratch().resolve(String.format("flow-s%d-l%d-m%d.itch", symbols,
            liveOrders, messages));
        if (!Files.exists(path)) {
            FlowFile.write(path, new OrderFlowContext().seed(SEED).symbols(symbols)
                .liveOrders(liveOrders).messages(messages));
        }
        return path;
    }

    /** Options of a contender that reads this flow. */
    Map<String, String> options(Workplace workplace, int chunksPerRound) {
        return Map.of("file", file(workplace).toString(), "chunk", String.valueOf(chunkMessages),
            "fill", String.valueOf(fillChunks()), "take", String.valueOf(chunksPerRound),
            "live", String.valueOf(liveOrders), "symbols", String.valueOf(symbols));
    }
}
