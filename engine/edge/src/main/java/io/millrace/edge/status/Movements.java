// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import java.util.HashMap;
import java.util.Map;

/** When each counter last changed. Used by the edge's agent. */
final class Movements {
    private final Map<String, Movement> byLabel = new HashMap<>();

    /** A value and since when it stands. */
    private record Movement(long value, long sinceNs) {
    }

    /** Ns since the counter had another value, or since it was first asked for. */
    long stillNs(String label, long value, long nowNs) {
        Movement last = byLabel.get(label);
        if (last == null || last.value() != value || last.sinceNs() > nowNs) {
            byLabel.put(label, new Movement(value, nowNs));
            return 0;
        }
        return nowNs - last.sinceNs();
    }
}
