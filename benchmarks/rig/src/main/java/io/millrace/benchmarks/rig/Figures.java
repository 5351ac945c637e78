// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one round measured, by name with the unit last: nsPerMessage, eventsPerSecond. One thread.
 */
public final class Figures {
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Notes a figure. */
    public Figures put(String name, double value) {
        values.put(name, value);
        return this;
    }

    /** Notes the two faces of one speed: nsPerEvent and eventsPerSecond. */
    public Figures speed(long events, long elapsedNs) {
        return put("nsPerEvent", (double) elapsedNs / events)
            .put("eventsPerSecond", events * 1e9 / elapsedNs)
            .put("seconds", elapsedNs / 1e9);
    }

    /** Value of a figure. */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name + " among " + values.keySet());
        }
        return value;
    }

    /** All figures in the order they were noted. */
    public Map<String, Double> values() {
        return values;
    }

    /** One line for {@link #parse(String)}. */
    public String format() {
        StringBuilder line = new StringBuilder();
        values.forEach((name, value) ->
            line.append(name).append('=').append(value.doubleValue()).append(' '));
        return line.toString().trim();
    }

    /** Reads the line written by {@link #format()}. */
    public static Figures parse(String line) {
        Figures figures = new Figures();
        for (String pair : line.isBlank() ? new String[0] : line.trim().split(" ")) {
            int equals = pair.indexOf('=');
            figures.put(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1)));
        }
        return figures;
    }
}
