// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for what cannot be is told the option, the value and what would help. */
class HintTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRefuseATooShortDayBeforeTheLastDemonstrationMakesRoom() {
        Path epoch = TestJournal.simulated(folder, 20_000, 20, "2s");

        CommandRun run = CommandRun.of("run", "--demo", "--for", "2s", "--feed.trading-date",
            TestJournal.DATE, "--journal.directory", epoch.getParent().toString());

        String expected = "millrace: simulator.messages-per-second: 60000 makes 42000 messages in"
            + " this run, and simulator.symbols 1200 with simulator.live-orders 20000 need 45843;"
            + " run --for 2065ms or longer, or take a higher rate or fewer live orders\n";
        assertEquals(new CommandRun(2, "", expected), run);
        assertTrue(Files.exists(epoch));
    }

    @Test
    void shouldRefuseAnotherFeedForTheDemonstration() {
        CommandRun flag = CommandRun.of("run", "--demo", "--feed", "itch50",
            "--journal.directory", folder.toString());
        CommandRun key = CommandRun.of("run", "--demo", "--feed.source", "iex-tops",
            "--journal.directory", folder.toString());

        assertAll(
            () -> assertEquals("2 2", flag.exitCode() + " " + key.exitCode()),
            () -> assertTrue(flag.log().contains("--feed: 'itch50' does not go with --demo"),
                flag.log()),
            () -> assertTrue(key.log().contains("feed.source: 'iex-tops' does not go with --demo"),
                key.log()));
    }

    @Test
    void shouldListTheKindsAndSuggestOnlyNearNames() {
        Path epoch = TestJournal.simulated(folder, 20_000, 20, "2s");

        String near = dump(epoch, "ORDERADDED").log();
        String far = dump(epoch, "weather").log();
        String flag = CommandRun.of("run", "--quantum-entanglement").log();

        assertAll(
            () -> assertTrue(near.contains("did you mean OrderAdded?"), near),
            () -> assertTrue(far.contains("'weather' is no kind of event; there are Alert,"),
                far),
            () -> assertTrue(CommandRun.of("journal", "dump", "--help").out()
                .contains("LevelChanged"), "kinds in the help"),
            () -> assertFalse(flag.contains("did you mean"), flag));
    }

    @Test
    void shouldSayWhichValueAFlagCannotHave() {
        String date =
            CommandRun.of("import", "--feed", "itch50", "x", "--date", "2026-02-30").log();
        String messages = generate("--messages", "many").log();
        String few = generate("--messages", "100").log();
        String symbols = generate("--symbols", "20000").log();

        assertAll(
            () -> assertTrue(date.contains("--date: '2026-02-30' is not a date of the calendar"),
                date),
            () -> assertTrue(messages.contains("--messages: 'many' is not a whole number"),
                messages),
            () -> assertTrue(few.contains("--messages 100 is not within 5403 to"), few),
            () -> assertTrue(few.contains("fewer --symbols or --live-orders"), few),
            () -> assertTrue(symbols.contains("--symbols 20000 is not within 1 to 10000"),
                symbols));
    }

    @Test
    void shouldNameFilesThatAreEmptyOrOfAnotherProtocol() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pcap"));
        Path text = Files.writeString(folder.resolve("notes.txt"), "no capture at all\n".repeat(9));
        Path day = folder.resolve("day.pcap");
        CommandRun.of("generate", "--to", day.toString(), "--messages", "20000", "--symbols",
            "20", "--length", "2s");

        CommandRun nothing = capture("import", "itch50", empty, "--date", TestJournal.DATE);
        CommandRun other = capture("import", "iex-deep", day, "--date", "2026-01-29");
        CommandRun notes = capture("decode", "itch50", text);

        assertAll(
            () -> assertEquals("0 1 1", nothing.exitCode() + " " + other.exitCode() + " "
                + notes.exitCode()),
            () -> assertTrue(nothing.log().contains(empty + " is empty: nothing is in it"),
                nothing.log()),
            () -> assertTrue(other.log().contains("--feed: nothing in " + day + " is 'iex-deep'; is"
                + " it one of itch50, iex-tops, or no capture at all?"), other.log()),
            () -> assertTrue(notes.log().contains("--feed: nothing in " + text), notes.log()));
    }

    @Test
    void shouldSayWhyAnImportHasNoLatencies() {
        Path epoch = TestJournal.simulated(folder, 20_000, 20, "2s");

        CommandRun run = CommandRun.of("latency", "report", epoch.toString());

        assertAll(
            () -> assertEquals(0, run.exitCode()),
            () -> assertTrue(run.log().contains("no event of this journal carries stamps"),
                run.log()));
    }

    @Test
    void shouldHintAtTheTimesVenuesAndEpochsOfBooks() throws IOException {
        Path epoch = TestJournal.simulated(folder, 20_000, 20, "2s");
        Path older = TestJournal.copy(epoch, folder.resolve("other"));
        Files.move(older, epoch.resolveSibling("2026-01-29"));
        String symbol = (String) JsonText.object(CommandRun.of("journal", "dump", epoch.toString(),
            "--types", "InstrumentDefined", "--max", "1").lines().get(0)).get("symbol");

        CommandRun before = book(epoch, symbol, "2026-01-29T20:00:00Z", "SIMA");
        CommandRun behind = book(epoch, symbol, "2026-01-31T20:00:00Z", "SIMA");
        CommandRun venue = book(epoch, symbol, "2026-01-30T14:30:01Z", "XNAS");

        assertAll(
            () -> assertEquals("1 0 1", before.exitCode() + " " + behind.exitCode() + " "
                + venue.exitCode()),
            () -> assertTrue(before.log().contains("is before " + epoch
                + ", which goes from 2026-"), before.log()),
            () -> assertTrue(before.log().contains("; beside it: "
                + epoch.resolveSibling("2026-01-29")), before.log()),
            () -> assertTrue(behind.log().contains("is behind " + epoch), behind.log()),
            () -> assertTrue(venue.log().contains("--venue: XNAS has no " + symbol
                + " at that time; there is SIMA"), venue.log()));
    }

    @Test
    void shouldLetOneEventThroughForEveryLineOfItsInput() {
        Path epoch = TestJournal.simulated(folder, 20_000, 20, "2s");
        List<String> expected =
            CommandRun.of("journal", "dump", epoch.toString(), "--max", "5").lines();
        InputStream keys = System.in;
        try {
            System.setIn(new ByteArrayInputStream("\n\n\n\n\n".getBytes(StandardCharsets.UTF_8)));

            CommandRun run = CommandRun.of("replay", epoch.toString(), "--step");

            assertAll(
                () -> assertEquals(0, run.exitCode(), run.log()),
                () -> assertEquals(kinds(expected), kinds(run.lines())),
                () -> assertTrue(run.log().contains("Enter lets the next event"), run.log()));
        } finally {
            System.setIn(keys);
        }
    }

    private static List<Object> kinds(List<String> lines) {
        return lines.stream().map(JsonText::object)
            .<Object>map(event -> event.get("sequence") + " " + event.get("event")).toList();
    }

    private CommandRun capture(String verb, String feed, Path file, String... more) {
        List<String> line = new ArrayList<>(List.of(verb, "--feed", feed, file.toString()));
        line.addAll(List.of(more));
        if (verb.equals("import")) {
            line.addAll(List.of("--journal", folder.resolve("journal").toString()));
        }
        return CommandRun.of(line.toArray(String[]::new));
    }

    private static CommandRun dump(Path epoch, String kind) {
        return CommandRun.of("journal", "dump", epoch.toString(), "--types", kind);
    }

    private CommandRun generate(String flag, String value) {
        return CommandRun.of("generate", "--to", folder.resolve("x.itch50").toString(), flag,
            value);
    }

    private static CommandRun book(Path epoch, String symbol, String at, String venue) {
        return CommandRun.of("book", epoch.toString(), "--symbol", symbol, "--at", at, "--venue",
            venue);
    }
}
