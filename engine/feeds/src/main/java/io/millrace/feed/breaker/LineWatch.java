// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import io.millrace.codec.event.LineState;

/** When a line was heard last, and what was told of it. Owned by the ingress thread. */
final class LineWatch {
    /** NULL_VAL while it was neither heard nor told to be silent. */
    private LineState state = LineState.NULL_VAL;
    private long lastHeardNs;

    void begin(long nowNs) {
        lastHeardNs = nowNs;
    }

    void heard(long timeNs) {
        lastHeardNs = timeNs;
    }

    boolean isIn(LineState asked) {
        return state == asked;
    }

    void told(LineState told) {
        state = told;
    }

    long silenceNs(long nowNs) {
        return nowNs - lastHeardNs;
    }
}
