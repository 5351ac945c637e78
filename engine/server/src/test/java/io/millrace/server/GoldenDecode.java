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
        Set.of("messageindex", "messagelength", "reserved", "unused3", "unused4", "unused5",
            "unused6",
            "quoteupdateflags", "saleconditionflags", "securitydirectoryflags");
    /** Single bits that the oracle tells one by one, and the number of ours that holds them. */
    private static final Map<String, Bit> BITS = Map.of(
        "symbolavailability", new Bit("quoteupdateflags", 0x80),
        "marketsession", new Bit("quoteupdateflags", 0x40),
        "testsecurity", new Bit("securitydirectoryflags", 0x80),
        "whenissued", new Bit("securitydirectoryflags", 0x40),
        "etp", new Bit("securitydirectoryflags", 0x20),
        "intermarketsweep", new Bit("saleconditionflags", 0x80),
        "extendedhours", new Bit("saleconditionflags", 0x40),
        "oddlot", new Bit("saleconditionflags", 0x20),
        "tradethroughexempt", new Bit("saleconditionflags", 0x10),
        "singlepricecrosstrade", new Bit("saleconditionflags", 0x08));
    private static final Map<String, String> ALIASES = Map.of("locatecode", "stocklocate",
        "messagetype", "type", "reason", "reasoncode", "canceledshares", "cancelledshares");

    private static final int MAX_DIFFERENCES = 100;

    /** A bit of a field. */
    private record Bit(String field, int mask) {
    }

    private final boolean hasPackets;
    private final List<String> differences = new ArrayList<>();
    private int messages;
    private int fields;

    /** @param hasPackets true when the places of messages within packets are compared too */
    GoldenDecode(boolean hasPackets) {
        this.hasPackets = hasPackets;
    }

    /**
     * Compares all messages of a golden file, or those of one capture within it, with the lines
     * that decode wrote; what differs is kept.
     */
    @SuppressWarnings("unchecked")
    void compare(Path golden, String capture, Path decoded) throws IOException {
        try (BufferedReader oracle = new BufferedReader(new InputStreamReader(
                 new GZIPInputStream(Files.newInputStream(golden)), StandardCharsets.UTF_8));
             BufferedReader lines = Files.newBufferedReader(decoded)) {
            for (String text = oracle.readLine(); text != null; text = oracle.readLine()) {
                Map<String, Object> row = JsonText.object(text);
                if ("msg".equals(row.get("k"))
                    && (capture == null || capture.equals(row.get("file")))) {
                    compareMessage(row, (List<List<String>>) row.get("f"), lines.readLine());
                }
            }
            if (lines.readLine() != null) {
                differ("more lines than golden messages");
            }
        }
    }

    private void compareMessage(Map<String, Object> row, List<List<String>> golden, String line) {
        if (line == null) {
            differ("no line for golden message " + messages);
            return;
        }
        Map<String, String> ours = new LinkedHashMap<>();
        JsonText.object(line).forEach((name, value) -> ours.put(bare(name), String.valueOf(value)));
        if (hasPackets) {
            compareField("frame", String.valueOf(row.get("frame")), ours);
            compareField("i", String.valueOf(row.get("i")), ours);
        }
        for (List<String> field : golden) {
            compareField(bare(field.get(0)), field.get(1), ours);
        }
        messages++;
    }

    private void differ(String what) {
        if (differences.size() < MAX_DIFFERENCES) {
            differences.add(what);
        }
    }

    int messages() {
        return messages;
    }

    List<String> differences() {
        return differences;
    }

    int fields() {
        return fields;
    }

    private void compareField(String name, String value, Map<String, String> ours) {
        boolean isHeading = name.endsWith("message") && value.isEmpty();
        if (OF_THE_ORACLE.contains(name) || isHeading) {
            return;
        }
        String mine = mine(name, ours);
        fields++;
        if (mine == null || !isSame(value.strip(), mine.strip())) {
            differ("message " + messages + " " + name + ": golden " + value + ", ours " + mine);
        }
    }

    private static String mine(String name, Map<String, String> ours) {
        Bit bit = BITS.get(name);
        if (bit != null && ours.containsKey(bit.field)) {
            return (Integer.parseInt(ours.get(bit.field)) & bit.mask) != 0 ? "1" : "0";
        }
        return ours.getOrDefault(name, ours.get(ALIASES.getOrDefault(name, name)));
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
