// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML file as dotted keys: nesting and dots mean the same, a list is its elements with
 * commas between.
 */
final class YamlFile {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems;

    private YamlFile(List<String> problems) {
        this.problems = problems;
    }

    /** Keys and values in the file's order; what cannot be read is added to the problems. */
    static Map<String, String> read(Path file, List<String> problems) throws IOException {
        YamlFile yaml = new YamlFile(problems);
        try {
            Object root = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                .loadFromString(Files.readString(file));
            if (root instanceof Map<?, ?> map) {
                yaml.flatten("", map);
            } else if (root != null) {
                problems.add(file + " holds no keys; write lines such as 'journal.sync: interval'");
            }
        } catch (YamlEngineException e) {
            problems.add(file + " is not YAML: " + e.getMessage().replaceAll("\\s+", " "));
        }
        return yaml.values;
    }

    private void flatten(String prefix, Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = prefix + entry.getKey();
            if (entry.getValue() instanceof Map<?, ?> inner) {
                flatten(key + ".", inner);
            } else if (entry.getValue() == null) {
                problems.add(key + " has no value; remove the line or give one");
            } else if (values.put(key, text(entry.getValue())) != null) {
                problems.add(key + " stands in the file twice; remove one");
            }
        }
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            StringJoiner joined = new StringJoiner(",");
            list.forEach(element -> joined.add(String.valueOf(element)));
            return joined.toString();
        }
        return String.valueOf(value);
    }
}
