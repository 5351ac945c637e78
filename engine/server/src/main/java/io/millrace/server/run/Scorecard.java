// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.feed.LineCounters;
import io.millrace.feed.LineScorecard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of a channel side by side, as text. Control thread, after ingress ended. */
final class Scorecard {
    private static final double NS_PER_US = 1_000;
    private static final double PERCENT = 100;

    private Scorecard() {
    }

    /** One line of text for each line of the channel that had packets. */
    static List<String> text(LineScorecard lines) {
        long won = 0;
        for (int i = 1; i <= LineScorecard.MAX_LINES; i++) {
            won += lines.line(i).won();
        }
        List<String> text = new ArrayList<>();
        for (int i = 1; i <= LineScorecard.MAX_LINES; i++) {
            if (lines.line(i).packets() > 0) {
                text.add(text(i, lines.line(i), Math.max(1, won)));
            }
        }
        return text;
    }

    private static String text(int number, LineCounters line, long won) {
        return String.format(Locale.ROOT, "line %c      %,d packets, %,d messages, first with %,d"
            + " (%.1f %%), ahead in %,d packets by %.1f us on average (half within %.1f, 99 %%"
            + " within %.1f, at most %.1f), lost %,d, repeated %,d, late %,d by at most %,d",
            'A' + number - 1, line.packets(), line.messages(), line.won(),
            PERCENT * line.won() / won, line.leadCount(),
            line.leadNs() / NS_PER_US / Math.max(1, line.leadCount()),
            line.leadNsAt(0.5) / NS_PER_US, line.leadNsAt(0.99) / NS_PER_US,
            line.longestLeadNs() / NS_PER_US, line.lost(), line.repeated(), line.late(),
            line.reorderDepth());
    }
}
