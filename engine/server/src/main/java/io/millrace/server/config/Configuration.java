// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The values in force, one for each row of {@link ConfigOptions}, all checked. Immutable. */
public final class Configuration {
    private final Map<String, String> values;

    Configuration(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Value of a key as text. */
    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no option " + key);
        }
        return value;
    }

    /** Value of a key as a whole number. */
    public long number(String key) {
        return Long.parseLong(text(key));
    }

    /** Value of a key as a whole number of int size. */
    public int integer(String key) {
        return Math.toIntExact(number(key));
    }

    /** True when the value of a key is the word true. */
    public boolean isTrue(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** The same with other values for some keys, checked by whoever asks. */
    public Configuration with(Map<String, String> others) {
        Map<String, String> changed = new HashMap<>(values);
        changed.putAll(others);
        return new Configuration(changed);
    }

    /** All keys and values in the order of the keys. */
    public Map<String, String> all() {
        return new TreeMap<>(values);
    }
}
