// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How counters of one kind become samples of one metric. The pattern is a label whose parts in
 * braces are the metric's own labels: {@code feed.{feed}.messages}.
 *
 * @param pattern of the counters' labels
 * @param family  name of the metric
 * @param suffix  that the samples of a summary have behind the name
 * @param scale   by which a value becomes one in base units
 */
record MetricRule(String pattern, String family, String suffix, double scale) {
    private static final char OPENING = '{';

    /** The metric's labels when a counter's label fits the pattern, else null. */
    Map<String, String> match(String label) {
        String[] wanted = pattern.split("\\.");
        String[] parts = label.split("\\.");
        if (parts.length != wanted.length) {
            return null;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (wanted[i].charAt(0) == OPENING) {
                labels.put(wanted[i].substring(1, wanted[i].length() - 1), parts[i]);
            } else if (!wanted[i].equals(parts[i])) {
                return null;
            }
        }
        return labels;
    }
}
