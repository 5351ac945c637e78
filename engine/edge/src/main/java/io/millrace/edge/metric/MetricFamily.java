// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.metric;

import java.util.Locale;

/**
 * A metric's name, type and one sentence about it.
 *
 * @param name in the field's conventions: base units, counters end in _total
 * @param type what its samples are
 * @param help one sentence
 */
record MetricFamily(String name, Type type, String help) {
    /** The types of the exposition format that are used here. */
    enum Type {
        COUNTER, GAUGE, SUMMARY, HISTOGRAM, UNTYPED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
