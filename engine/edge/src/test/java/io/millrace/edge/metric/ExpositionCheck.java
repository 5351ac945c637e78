// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text format of Prometheus strictly by its grammar; keeps samples and problems. */
public final class ExpositionCheck {
    private static final Pattern SAMPLE = Pattern.compile(
        "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.eE+-]+|NaN|[+-]Inf)");
    private static final Pattern LABEL =
        Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private final Map<String, Double> samples = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private String family = "";

    public ExpositionCheck(String text) {
        if (!text.endsWith("\n")) {
            problems.add("the last line does not end");
        }
        text.lines().forEach(this::read);
    }

    public List<String> problems() {
        return problems;
    }

    /** Values by name and labels as they stand in the text. */
    public Map<String, Double> samples() {
        return samples;
    }

    /** Types by name of metric. */
    public Map<String, String> types() {
        return types;
    }

    private void read(String line) {
        if (line.startsWith("# HELP ")) {
            begin(line.split(" ", 4)[2]);
        } else if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ");
            if (!words[2].equals(family) || types.put(words[2], words[3]) != null) {
                problems.add("TYPE out of place: " + line);
            }
        } else {
            readSample(line);
        }
    }

    private void begin(String name) {
        if (!ended.add(name)) {
            problems.add(name + " begins twice");
        }
        family = name;
    }

    private void readSample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            problems.add("not a sample: " + line);
            return;
        }
        if (!sample.group(1).replaceFirst("_(bucket|sum|count)$", "").equals(family)
            && !sample.group(1).equals(family)) {
            problems.add("of another metric than " + family + ": " + line);
        }
        if (sample.group(2) != null && !areLabels(sample.group(2))) {
            problems.add("labels: " + line);
        }
        if (samples.put(line.substring(0, line.lastIndexOf(' ')),
            Double.parseDouble(sample.group(3))) != null) {
            problems.add("comes twice: " + line);
        }
    }

    private static boolean areLabels(String text) {
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length() && label.find(end)) {
            end = label.end();
        }
        return end == text.length();
    }
}
