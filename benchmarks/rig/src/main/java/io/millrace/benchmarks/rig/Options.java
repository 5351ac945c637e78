// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a contender is started with: name=value words. Immutable.
 *
 * @param values value by name
 */
public record Options(Map<String, String> values) {
    /** Copies the values. */
    public Options {
        values = Map.copyOf(values);
    }

    /** Reads words of the form name=value. */
    public static Options parse(String... words) {
        Map<String, String> values = new TreeMap<>();
        Arrays.stream(words).forEach(word -> values.put(word.substring(0, word.indexOf('=')),
            word.substring(word.indexOf('=') + 1)));
        return new Options(values);
    }

    /** Value of an option that must be there. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name + " among " + values.keySet());
        }
        return value;
    }

    /** Whole number of an option that must be there. */
    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** Whole number of an option, or another when it is not there. */
    public int number(String name, int otherwise) {
        return values.containsKey(name) ? number(name) : otherwise;
    }
}
