// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

/**
 * A file that counts: rows of one table from one queue of one journal.
 *
 * @param path          below the root of all files
 * @param table         name of the table
 * @param rows          how many, at least 1
 * @param firstSequence of its rows
 * @param lastSequence  of its rows
 * @param minTimeNs     earliest time of receipt
 * @param maxTimeNs     latest time of receipt
 * @param hasNbbo       true when quotes across venues are among its rows
 */
public record TableFile(String path, String table, long rows, long firstSequence,
    long lastSequence, long minTimeNs, long maxTimeNs, boolean hasNbbo) {
}
