// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * The log of distinct errors in short.
 *
 * @param distinct     different errors
 * @param total        how often any came
 * @param latest       first line of the one that came last
 * @param latestTimeMs when it came, ms since the Unix epoch
 */
public record ErrorSummary(int distinct, long total, String latest, long latestTimeMs) {
    /** No error. */
    public static final ErrorSummary NONE = new ErrorSummary(0, 0, "", 0);

    private static final int LATEST_LENGTH = 300;

    /** The same with one more of the log's rows. */
    ErrorSummary plus(int count, long lastTimeMs, String text) {
        boolean isLatest = lastTimeMs >= latestTimeMs;
        return new ErrorSummary(distinct + 1, total + count, isLatest ? firstLine(text) : latest,
            Math.max(lastTimeMs, latestTimeMs));
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= LATEST_LENGTH ? line : line.substring(0, LATEST_LENGTH);
    }
}
