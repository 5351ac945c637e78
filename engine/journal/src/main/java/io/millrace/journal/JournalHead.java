// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.ClockEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a journal says about itself before its first event, so that it can be understood years
 * later: named sections of text. Written once, by whoever creates the epoch.
 *
 * @param sections text by name, in the order written
 */
public record JournalHead(Map<String, String> sections) {
    /**
     * Version of the journal's bytes: excerpts and head. A reader refuses any other it does not
     * know.
     */
    public static final int FORMAT_VERSION = 1;
    /** Longest head in bytes. */
    public static final int MAX_LENGTH = 1 << 24;

    static final String FORMAT = "format";
    static final String SCHEMA_ID = "schema-id";
    static final String SCHEMA_VERSION = "schema-version";
    static final String TRADING_DATE = "trading-date";
    static final String BUILD = "build";
    static final String JVM = "jvm";
    static final String MACHINE = "machine";
    static final String SIMULATED = "simulated";
    static final String CONFIGURATION = "configuration";
    static final String INSTRUMENTS = "instruments";
    static final String SCHEMA = "schema";

    private static final String SCHEMA_RESOURCE = "/market-data.xml";

    /** Keeps an unchangeable copy. */
    public JournalHead {
        sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    }

    /**
     * The head of a new journal: what the caller knows, and what this process is.
     *
     * @param build         name and version of the build that writes
     * @param configuration effective configuration as text
     * @param isSimulated   true when nothing in the journal comes from a real venue
     * @param symbols       symbols by permanent id from 1, in order
     */
    public static JournalHead of(LocalDate tradingDate, String build, String configuration,
        boolean isSimulated, List<String> symbols) {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put(FORMAT, Integer.toString(FORMAT_VERSION));
        sections.put(SCHEMA_ID, Integer.toString(ClockEncoder.SCHEMA_ID));
        sections.put(SCHEMA_VERSION, Integer.toString(ClockEncoder.SCHEMA_VERSION));
        sections.put(TRADING_DATE, tradingDate.toString());
        sections.put(SIMULATED, Boolean.toString(isSimulated));
        sections.put(BUILD, build);
        sections.put(JVM, property("java.vm.name") + " " + property("java.vm.version"));
        sections.put(MACHINE, property("os.name") + " " + property("os.version") + " "
            + property("os.arch") + ", "
            + Runtime.getRuntime().availableProcessors() + " cores");
        sections.put(CONFIGURATION, configuration);
        sections.put(INSTRUMENTS, String.join("\n", symbols));
        sections.put(SCHEMA, schemaText());
        return new JournalHead(sections);
    }

    /** The same head with one more section, or another text in it. */
    public JournalHead with(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(sections);
        more.put(name, text);
        return new JournalHead(more);
    }

    /** Trading date of the epoch. */
    public LocalDate tradingDate() {
        return LocalDate.parse(section(TRADING_DATE));
    }

    /** Version of our schema in the build that wrote the journal. */
    public int schemaVersion() {
        return Math.max(0, number(section(SCHEMA_VERSION)));
    }

    /** Name and version of the build that wrote the journal. */
    public String build() {
        return section(BUILD);
    }

    /** Effective configuration of the engine that wrote the journal. */
    public String configuration() {
        return section(CONFIGURATION);
    }

    /** True when nothing in the journal comes from a real venue. */
    public boolean isSimulated() {
        return Boolean.parseBoolean(section(SIMULATED));
    }

    /**
     * Symbols of the securities known when the journal was created; the first has permanent id 1.
     */
    public List<String> symbols() {
        String text = section(INSTRUMENTS);
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    /** Text of a section, empty when there is none. */
    public String section(String name) {
        return sections.getOrDefault(name, "");
    }

    /** The head as text in UTF-8, as {@link #decode(byte[])} reads it. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder();
        sections.forEach((name, value) -> text.append(name).append(' ')
            .append(value.length()).append('\n').append(value).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_LENGTH) {
            throw new JournalException("head of " + bytes.length + " bytes is above the limit of "
                + MAX_LENGTH);
        }
        return bytes;
    }

    /**
     * Reads a head again.
     *
     * @throws JournalException when it is malformed, or of a version that this build does not know
     */
    public static JournalHead decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Map<String, String> sections = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int lineEnd = text.indexOf('\n', at);
            int space = text.indexOf(' ', at);
            if (space < 0 || lineEnd < space) {
                throw new JournalException("the journal's head is malformed at character " + at);
            }
            int length = number(text.substring(space + 1, lineEnd));
            if (length < 0 || length >= text.length() - lineEnd - 1) {
                throw new JournalException("the journal's head has a section of impossible length");
            }
            sections.put(text.substring(at, space),
                text.substring(lineEnd + 1, lineEnd + 1 + length));
            at = lineEnd + 1 + length + 1;
        }
        JournalHead head = new JournalHead(sections);
        head.refuseUnknown();
        return head;
    }

    private void refuseUnknown() {
        List<String> reasons = new ArrayList<>();
        if (number(section(FORMAT)) != FORMAT_VERSION) {
            reasons.add("format " + section(FORMAT) + ", this build reads " + FORMAT_VERSION);
        }
        if (number(section(SCHEMA_ID)) != ClockEncoder.SCHEMA_ID) {
            reasons.add("schema " + section(SCHEMA_ID) + ", this build reads "
                + ClockEncoder.SCHEMA_ID);
        }
        if (number(section(SCHEMA_VERSION)) > ClockEncoder.SCHEMA_VERSION) {
            reasons.add("schema version " + section(SCHEMA_VERSION) + ", this build reads up to "
                + ClockEncoder.SCHEMA_VERSION);
        }
        if (!reasons.isEmpty()) {
            throw new JournalException("journal written by '" + build() + "' is refused: "
                + String.join("; ", reasons) + "; read it with that build or a later one");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String schemaText() {
        try (InputStream in = ClockEncoder.class.getResourceAsStream(SCHEMA_RESOURCE)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SCHEMA_RESOURCE, e);
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
