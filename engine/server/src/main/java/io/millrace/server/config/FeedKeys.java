// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys of one feed among several: `feeds.NAME.source` stands in the place of `feed.source` for the
 * feed of that name, `feeds.NAME.recovery.servers` in the place of `recovery.servers`. What a feed
 * does not say itself is what the file says without a name.
 */
final class FeedKeys {
    private static final Pattern KEY = Pattern.compile("feeds\\.([a-z][a-z0-9-]{0,31})\\.(.+)");
    private static final String FEED = "feed.";
    private static final List<String> OF_A_FEED = List.of("recovery.", "soupbintcp.", "glimpse.",
        "snap.", "breaker.");

    private FeedKeys() {
    }

    /** The option of a key with a feed's name in it, or null. */
    static ConfigOption option(String key) {
        Matcher matcher = KEY.matcher(key);
        ConfigOption base = matcher.matches() ? ConfigOptions.get(baseKey(matcher.group(2))) : null;
        return base == null ? null
            : new ConfigOption(key, base.defaultValue(), base.rule(), base.about());
    }

    /** Names of the feeds that some keys are of. */
    static SortedSet<String> names(Iterable<String> keys) {
        SortedSet<String> names = new TreeSet<>();
        for (String key : keys) {
            Matcher matcher = KEY.matcher(key);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** Puts what the keys of a feed say in the place of what stands without its name. */
    static void apply(String name, Map<String, String> from, Map<String, String> to) {
        from.forEach((key, value) -> {
            Matcher matcher = KEY.matcher(key);
            if (!matcher.matches()) {
                to.putIfAbsent(key, value);
            } else if (matcher.group(1).equals(name)) {
                to.put(baseKey(matcher.group(2)), value);
            }
        });
    }

    private static String baseKey(String rest) {
        boolean hasPrefix = OF_A_FEED.stream().anyMatch(rest::startsWith);
        return hasPrefix ? rest : FEED + rest;
    }
}
