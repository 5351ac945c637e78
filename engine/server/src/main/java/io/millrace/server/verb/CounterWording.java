// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.edge.status.EngineState;
import io.millrace.edge.status.StatusLabels;
import io.millrace.feed.breaker.BreakerState;
import io.millrace.journal.JournalWriter;
import java.util.Locale;

/** Values of counters as people read them: states by name, all else as numbers. */
final class CounterWording {
    private static final JournalWriter.State[] JOURNAL = JournalWriter.State.values();

    private CounterWording() {
    }

    /** Text of a value, by the counter's label. */
    static String of(String label, long value) {
        if (label.equals(StatusLabels.ENGINE_STATE)) {
            return name(EngineState.values(), value);
        }
        if (label.startsWith("journal.") && label.endsWith(".state")) {
            return value < 0 || value >= JOURNAL.length ? Long.toString(value)
                : JOURNAL[(int) value].text();
        }
        if (label.startsWith("feed.") && label.endsWith(".breaker")) {
            return name(BreakerState.values(), value);
        }
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String name(Enum<?>[] states, long ordinal) {
        return ordinal < 0 || ordinal >= states.length ? Long.toString(ordinal)
            : states[(int) ordinal].name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
