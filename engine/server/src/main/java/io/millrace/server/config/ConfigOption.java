// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import java.util.Locale;

/**
 * One row of the table of options: the same row is a configuration key, a command line flag and an
 * environment variable.
 *
 * @param key          lower case, dotted, with the unit in its name
 * @param defaultValue value when nothing else is said
 * @param rule         values that are allowed
 * @param about        one sentence for help, documentation and the printed defaults
 */
public record ConfigOption(String key, String defaultValue, ValueRule rule, String about) {
    /** The environment variable that sets this option. */
    public String environmentVariable() {
        return ConfigOptions.ENVIRONMENT_PREFIX
            + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The command line flag that sets this option. */
    public String flag() {
        return "--" + key;
    }

    /** What is wrong with a value that came from somewhere, or null when the rule accepts it. */
    String problem(String value, String origin) {
        if (rule.accepts(value)) {
            return null;
        }
        return key + ": '" + value + "' (" + origin + ") is not " + rule.range()
            + "; the default is '"
            + defaultValue + "'";
    }
}
