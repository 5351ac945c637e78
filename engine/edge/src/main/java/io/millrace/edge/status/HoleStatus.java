// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * A hole in a channel's sequence, as the journal's ledger has it.
 *
 * @param feed     name of the channel
 * @param from     first missing message
 * @param to       first message behind the hole
 * @param openedNs receive time, or {@link #NOT_TOLD}
 * @param closedNs receive time, or {@link #NOT_TOLD} while it is open
 * @param end      OPEN, HEALED, LOST and so on
 * @param cure     what healed it
 * @param line     that brought the last part, 0 for none
 * @param lost     messages that never came
 */
public record HoleStatus(String feed, long from, long to, long openedNs, long closedNs, String end,
                         String cure, int line, long lost) {
    /** Stands for a time that was not told. */
    public static final long NOT_TOLD = Long.MIN_VALUE;
}
