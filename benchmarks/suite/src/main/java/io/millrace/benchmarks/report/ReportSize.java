// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

/**
 * How large a report is. Immutable.
 *
 * @param rounds         rounds that count, of every row
 * @param decodeMessages messages of the decode row
 * @param dayMessages    messages of the day behind the book and line rows
 * @param chunkMessages  messages of the parts that rounds consist of
 * @param symbols        securities of that day
 * @param liveOrders     live orders of that day
 * @param growth         factor between the small and the large growth flows' live orders, 10k x
 *     this
 * @param journalBytes   bytes a journal run writes
 * @param hops           round trips of the hop row
 * @param ringEvents     events of the ring rate row
 * @param lineSeconds    least time of a run of the line rows
 */
record ReportSize(int rounds, int decodeMessages, long dayMessages, int chunkMessages, int symbols,
                  int liveOrders, int growth, long journalBytes, int hops, int ringEvents,
                  int lineSeconds) {
    /** The size the bars are judged at. */
    static ReportSize full(int rounds) {
        return new ReportSize(rounds, 39 << 19, 100_000_000L, 1 << 19, 8_000, 1_000_000, 400,
            10_000_000_000L, 1_000_000, 50_000_000, 10);
    }

    /** A size that shows that everything runs. */
    static ReportSize quick(int rounds) {
        return new ReportSize(rounds, 1 << 20, 8_000_000L, 1 << 16, 1_000, 100_000, 40,
            200_000_000L, 100_000, 5_000_000, 1);
    }

    /** Messages of the flow of the wire rows: as many as their fastest point takes, and more. */
    long wireMessages() {
        return (lineSeconds + 4) * 2_500_000L;
    }

    /** Events that a bridge copies in a round. */
    int bridgeEvents() {
        return lineSeconds > 1 ? 256_000 : 32_000;
    }

    /** The day behind most rows. */
    Flow day() {
        return new Flow(symbols, liveOrders, dayMessages, chunkMessages);
    }
}
