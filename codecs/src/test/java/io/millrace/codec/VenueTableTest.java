// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.SchemaFile.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README.md maps venue messages to events that exist, and leaves nothing of our schemas out. */
class VenueTableTest {
    /** Events that no venue sends: the engine, the clock and people do. */
    private static final Set<String> OF_THE_ENGINE = Set.of("Clock", "RuleChanged",
        "ConfigurationChanged", "SystemSample", "JournalGap", "StrategyChanged");
    private static final Set<String> COMMON_OF_ITCH =
        Set.of("messageType", "stockLocate", "trackingNumber", "timestamp", "stock", "reserved");
    private static final Set<String> COMMON_OF_IEX = Set.of("messageType", "timestamp", "symbol");
    private static SchemaFile schema;
    private static List<Row> rows;

    /** One line of a venue's table: its message, the events named, the pairs of fields. */
    private record Row(String venue, String message, List<String> events, List<String> pairs) {
        List<String> targets() {
            return pairs.stream().filter(pair -> pair.contains("->"))
                .map(pair -> pair.substring(pair.indexOf("->") + 2).strip())
                .filter(target -> target.matches("[a-z]\\w*(, \\w+)*"))
                .flatMap(target -> Arrays.stream(target.split(", "))).toList();
        }
    }

    @BeforeAll
    static void load() throws IOException {
        schema = SchemaFile.of("market-data.xml");
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        rows = new ArrayList<>();
        String venue = "";
        for (String line : lines.subList(lines.indexOf("## Every venue message and its event"),
            lines.size())) {
            venue = line.startsWith("### ") ? line : venue;
            if (line.startsWith("|") && !line.startsWith("|---") && !line.startsWith("| message")) {
                rows.add(row(venue, line));
            }
        }
    }

    @Test
    void shouldNameEventsThatExist() {
        for (Row row : rows) {
            row.events().forEach(event -> assertTrue(schema.message(event) != null,
                () -> row.message() + " maps to " + event));
        }
    }

    @Test
    void shouldNameFieldsOfThoseEvents() {
        for (Row row : rows) {
            Set<String> fields = row.events().stream()
                .flatMap(event -> schema.message(event).fieldNames().stream())
                .collect(Collectors.toSet());
            row.targets().stream().filter(target -> !row.events().isEmpty()
                && !target.equals("drop")).forEach(target -> assertTrue(fields.contains(target),
                    () -> row.message() + " maps to " + target));
        }
    }

    @Test
    void shouldUseEveryInboundEventOfAVenue() {
        Set<String> used = rows.stream().flatMap(row -> row.events().stream())
            .collect(Collectors.toCollection(TreeSet::new));
        used.addAll(OF_THE_ENGINE);
        assertEquals(schema.messages().stream().filter(message -> message.id() < 64)
            .map(Message::name).collect(Collectors.toCollection(TreeSet::new)), used);
    }

    @Test
    void shouldMapEveryFieldOfItch50() throws IOException {
        for (Message message : SchemaFile.of("itch50.xml").messages()) {
            Row row = rowOf("Nasdaq", message);
            Set<String> mapped = new HashSet<>(COMMON_OF_ITCH);
            row.pairs().forEach(pair -> mapped.add(pair.split(" -> ")[0].strip()));
            if (mapped.remove("as A")) {
                mapped.addAll(SchemaFile.of("itch50.xml").message("AddOrder").fieldNames());
            }
            if (mapped.remove("as E")) {
                mapped.addAll(SchemaFile.of("itch50.xml").message("OrderExecuted").fieldNames());
            }
            assertTrue(mapped.containsAll(message.fieldNames()), () -> message.name() + " has "
                + message.fieldNames() + ", the table " + mapped);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tops16.xml", "deep10.xml"})
    void shouldMapEveryFieldOfIex(String file) throws IOException {
        for (Message message : SchemaFile.of(file).messages()) {
            Set<String> mapped = new HashSet<>(COMMON_OF_IEX);
            rowOf("IEX", message).pairs()
                .forEach(pair -> mapped.add(pair.split(" -> ")[0].strip()));
            if (mapped.remove("as 8")) {
                mapped.addAll(SchemaFile.of(file).message("PriceLevelBuyUpdate").fieldNames());
            }
            assertTrue(mapped.containsAll(message.fieldNames()), () -> message.name() + " has "
                + message.fieldNames() + ", the table " + mapped);
        }
    }

    private static Row rowOf(String venue, Message message) {
        return rows.stream().filter(row -> row.venue().contains(venue))
            .filter(row -> row.message().equals((char) message.id() + " " + message.name()))
            .findFirst().orElseThrow(() -> new AssertionError("no row for " + message.name()));
    }

    private static Row row(String venue, String line) {
        String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
        String events = cells[1].replaceAll("\\([^)]*\\)", "");
        return new Row(venue, cells[0].strip(), Arrays.stream(events.split("\\W+"))
            .filter(word -> word.matches("[A-Z][a-z]\\w+")).toList(),
            Arrays.stream(cells[2].split(";")).map(String::strip).toList());
    }
}
