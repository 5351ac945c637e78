// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The values in force, one for each row of {@link ConfigOptions} and for each key that one of
 * several feeds has itself, all checked. Immutable.
 */
public final class Configuration {
    private final Map<String, String> values;
    private final String feedName;

    Configuration(Map<String, String> values) {
        this(values, "");
    }

    private Configuration(Map<String, String> values, String feedName) {
        this.values = Map.copyOf(values);
        this.feedName = feedName;
    }

    /**
     * The values that were in force when a text was written that has one {@code key: value} a line,
     * as {@link #all()} is printed; an option that it does not know has its default.
     */
    public static Configuration ofText(String text) {
        Map<String, String> values = new HashMap<>();
        ConfigOptions.ALL.forEach(option -> values.put(option.key(), option.defaultValue()));
        text.lines().map(line -> line.split(": ", 2)).filter(pair -> pair.length == 2)
            .forEach(pair -> values.put(pair[0], pair[1]));
        return new Configuration(values);
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
        return new Configuration(changed, feedName);
    }

    /** Names of the feeds, when each of several has keys of its own; else none. */
    public SortedSet<String> feedNames() {
        return FeedKeys.names(values.keySet());
    }

    /** The values in force for one of several feeds. */
    public Configuration ofFeed(String name) {
        Map<String, String> own = new HashMap<>();
        FeedKeys.apply(name, values, own);
        return new Configuration(own, name);
    }

    /** Name of the feed among several whose values these are; else empty. */
    public String feedName() {
        return feedName;
    }

    /** All keys and values in the order of the keys. */
    public Map<String, String> all() {
        return new TreeMap<>(values);
    }
}
