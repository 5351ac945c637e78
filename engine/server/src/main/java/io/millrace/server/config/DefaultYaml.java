// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

/** Prints all options as commented YAML with their defaults; reading it back gives the defaults. */
public final class DefaultYaml {
    private DefaultYaml() {
    }

    /** The YAML text, one section for the first word of the keys. */
    public static String text() {
        StringBuilder text = new StringBuilder(8192)
            .append("# Millrace: all options with their defaults.\n")
            .append("# Each is also a flag (--").append(ConfigOptions.ALL.get(0).key())
            .append(") and an environment variable (")
            .append(ConfigOptions.ALL.get(0).environmentVariable()).append(").\n")
            .append("# A flag beats the environment, that beats this file, this the default.\n");
        String section = "";
        for (ConfigOption option : ConfigOptions.ALL) {
            int dot = option.key().indexOf('.');
            if (!option.key().substring(0, dot).equals(section)) {
                section = option.key().substring(0, dot);
                text.append('\n').append(section).append(":\n");
            }
            text.append("  # ").append(option.about()).append('\n')
                .append("  # Allowed: ").append(option.rule().range()).append(".\n")
                .append("  ").append(option.key().substring(dot + 1)).append(": ")
                .append(quoted(option.defaultValue())).append('\n');
        }
        return text.toString();
    }

    private static String quoted(String value) {
        return value.chars().allMatch(Character::isLetterOrDigit) ? value : '"' + value + '"';
    }
}
