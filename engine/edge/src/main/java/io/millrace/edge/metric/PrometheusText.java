// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.metric;

import io.millrace.edge.metric.MetricFamily.Type;
import java.util.Map;

/** Writes samples in the text format of Prometheus, version 0.0.4. One thread. */
final class PrometheusText {
    private final StringBuilder text = new StringBuilder(16_384);

    /** Begins a metric. */
    PrometheusText family(MetricFamily family) {
        text.append("# HELP ").append(family.name()).append(' ')
            .append(family.help().replace("\\", "\\\\").replace("\n", "\\n")).append('\n')
            .append("# TYPE ").append(family.name()).append(' ').append(family.type().text())
            .append('\n');
        return this;
    }

    /** Begins a metric and writes its only sample. */
    PrometheusText single(String name, Type type, String help, double value) {
        return family(new MetricFamily(name, type, help)).sample(name, Map.of(), value);
    }

    /** A sample of the metric at hand. */
    PrometheusText sample(String name, Map<String, String> labels, double value) {
        text.append(name);
        char separator = '{';
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text.append(separator).append(label.getKey()).append("=\"")
                .append(escape(label.getValue())).append('"');
            separator = ',';
        }
        text.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
        return this;
    }

    /** All that was written. */
    String text() {
        return text.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return isWhole ? Long.toString((long) value) : Double.toString(value);
    }
}
