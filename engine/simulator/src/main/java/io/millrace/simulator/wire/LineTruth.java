// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

/** What one line did, counted by its sender; any thread may ask. */
public final class LineTruth {
    private final Tally<LineCount> tally = new Tally<>(LineCount.class);

    LineTruth() {
    }

    /** A count of now. */
    public long of(LineCount count) {
        return tally.of(count);
    }

    /** Datagrams with messages of which nothing was sent. */
    public long dropped() {
        return of(LineCount.LOST) + of(LineCount.BURST_LOST) + of(LineCount.SILENCED);
    }

    /** True when what went to the socket is what the impairments left. */
    public boolean isBalanced() {
        return of(LineCount.WRITTEN) == of(LineCount.OFFERED) - dropped()
            + of(LineCount.DUPLICATED) + of(LineCount.CONTROL);
    }

    /** All counts that are not zero. */
    @Override
    public String toString() {
        return tally.toString();
    }

    void add(LineCount count, long amount) {
        tally.add(count, amount);
    }

    void increment(LineCount count) {
        tally.increment(count);
    }
}
