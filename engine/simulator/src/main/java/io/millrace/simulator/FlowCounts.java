// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * How many messages were sent, of which type and about which security. Written by the flow's
 * thread.
 */
public final class FlowCounts {
    private final long[] byType = new long[128];
    private final long[] byLocate;
    private long messages;

    FlowCounts(int symbols) {
        byLocate = new long[symbols + 1];
    }

    /** All messages. */
    public long messages() {
        return messages;
    }

    /** Messages of a type, for example 'A'. */
    public long ofType(char type) {
        return byType[type];
    }

    /** Messages about a security; of locate 0 those about the market as a whole. */
    public long ofLocate(int locate) {
        return byLocate[locate];
    }

    void onMessage(int type, int locate) {
        messages++;
        byType[type]++;
        byLocate[locate]++;
    }
}
