// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.journal.compare.ChannelComparison.Run;
import io.millrace.journal.compare.ChannelComparison.Runs;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one side has alone into runs, of which the first are kept. One thread. */
final class RunList {
    private static final int MOST_RUNS = 20;

    private final List<Run> first = new ArrayList<>();
    private long count;
    private long gapCount;
    private boolean isOpen;
    private Run run;

    void add(int session, long channelSequence, boolean isInGap) {
        count++;
        gapCount += isInGap ? 1 : 0;
        if (isOpen && run.session() == session) {
            run = new Run(session, run.from(), channelSequence, run.count() + 1);
            return;
        }
        end();
        run = new Run(session, channelSequence, channelSequence, 1);
        isOpen = true;
    }

    /** Something else came. */
    void end() {
        if (isOpen && first.size() < MOST_RUNS) {
            first.add(run);
        }
        isOpen = false;
    }

    Runs runs() {
        end();
        return new Runs(count, gapCount, List.copyOf(first));
    }
}
