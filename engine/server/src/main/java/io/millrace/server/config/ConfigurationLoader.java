// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Puts the sources of configuration on top of each other: flag over environment over file over
 * default. Every source is checked in full, so that all problems come out at once.
 */
public final class ConfigurationLoader {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Starts from the defaults. */
    public ConfigurationLoader() {
        ConfigOptions.ALL.forEach(option -> values.put(option.key(), option.defaultValue()));
    }

    /** Lays defaults that belong to a preset over those of the table. */
    public ConfigurationLoader preset(Map<String, String> preset) {
        return lay(preset, key -> "preset");
    }

    /** Lays a YAML file over what is there. */
    public ConfigurationLoader file(Path file) throws IOException {
        return lay(YamlFile.read(file, problems), key -> "file " + file);
    }

    /** Lays the variables that begin with our prefix over what is there; others are not ours. */
    public ConfigurationLoader environment(Map<String, String> environment) {
        Map<String, String> keyByVariable = ConfigOptions.ALL.stream()
            .collect(Collectors.toMap(ConfigOption::environmentVariable, ConfigOption::key));
        Map<String, String> keyed = new TreeMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!ConfigOptions.isOurs(variable)) {
                return;
            }
            if (keyByVariable.containsKey(variable)) {
                keyed.put(keyByVariable.get(variable), value);
            } else {
                problems.add("environment variable " + variable + " is unknown"
                    + NearestName.question(variable, keyByVariable.keySet()));
            }
        });
        return lay(keyed, key -> "environment variable "
            + ConfigOptions.get(key).environmentVariable());
    }

    /** Lays flags, by key, over what is there. */
    public ConfigurationLoader flags(Map<String, String> flags) {
        return lay(flags, key -> "flag " + ConfigOptions.get(key).flag());
    }

    /** The values in force. */
    public Configuration conclude() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Configuration(values);
    }

    private ConfigurationLoader lay(Map<String, String> layer, UnaryOperator<String> origin) {
        layer.forEach((key, value) -> {
            ConfigOption known = ConfigOptions.get(key);
            ConfigOption option = known == null ? FeedKeys.option(key) : known;
            if (option == null) {
                problems.add("key " + key + " (" + origin.apply(key) + ") is unknown"
                    + NearestName.question(key, ConfigOptions.keys()));
                return;
            }
            String problem = option.problem(value, origin.apply(key));
            if (problem == null) {
                values.put(key, value);
            } else {
                problems.add(problem);
            }
        });
        return this;
    }
}
