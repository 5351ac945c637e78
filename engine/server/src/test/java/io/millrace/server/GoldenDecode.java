// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Compares what `decode` printed with what an independent program says the same bytes mean: names
 * without case and punctuation, golden decimals against wire integers of four or eight digits.
 */
final class GoldenDecode {
    private static final Set<String> OF_THE_ORACLE =
        Set.of("messageindex", "messagelength", "reserved");
    private static final Map<String, String> ALIASES = Map.of("locatecode", "stocklocate",
        "messagetype", "type", "reason", "reasoncode", "canceledshares", "cancelledshares");

    private final List<String> differences = new ArrayList<>();
    private int fields;

    /** Messages of a golden file, or of one capture within it. */
    @SuppressWarnings("unchecked")
    static List<List<List<String>>> messages(Path golden, String capture) throws IOException {
        List<List<List<String>>> messages = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(golden)), StandardCharsets.UTF_8))) {
            reader.lines().map(JsonText::object)
                .filter(row -> "msg".equals(row.get("k")))
                .filter(row -> capture == null || capture.equals(row.get("file")))
                .forEach(row -> messages.add((List<List<String>>) row.get("f")));
        }
        return messages;
    }

    /** Compares all messages; what differs is kept. */
    void compare(List<List<List<String>>> golden, List<String> lines) {
        if (golden.size() != lines.size()) {
            differences.add(golden.size() + " golden messages, " + lines.size() + " lines");
        }
        for (int i = 0; i < Math.min(golden.size(), lines.size()); i++) {
            Map<String, String> ours = new LinkedHashMap<>();
            JsonText.object(lines.get(i))
                .forEach((name, value) -> ours.put(bare(name), String.valueOf(value)));
            for (List<String> field : golden.get(i)) {
                compareField(i, bare(field.get(0)), field.get(1), ours);
            }
        }
    }

    List<String> differences() {
        return differences;
    }

    int fields() {
        return fields;
    }

    private void compareField(int message, String name, String value, Map<String, String> ours) {
        boolean isHeading = name.endsWith("message") && value.isEmpty();
        if (OF_THE_ORACLE.contains(name) || isHeading) {
            return;
        }
        String mine = ours.getOrDefault(name, ours.get(ALIASES.getOrDefault(name, name)));
        fields++;
        if (mine == null || !isSame(value.strip(), mine.strip())) {
            differences.add("message " + message + " " + name + ": golden " + value + ", ours "
                + mine);
        }
    }

    private static boolean isSame(String golden, String ours) {
        if (golden.equals(ours)) {
            return true;
        }
        try {
            BigDecimal expected = new BigDecimal(golden);
            BigDecimal actual = new BigDecimal(ours);
            return expected.compareTo(actual) == 0
                || expected.movePointRight(4).compareTo(actual) == 0
                || expected.movePointRight(8).compareTo(actual) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
