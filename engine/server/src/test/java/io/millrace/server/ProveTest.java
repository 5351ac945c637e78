// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("prove")
class ProveTest {
    private static final long MESSAGES = TestJournal.IS_FULL ? 5_000_000 : 200_000;

    /** One second after the opening of the test's day. */
    private static final long HALF_NS = 1_769_783_401_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void shouldProveTheGoldenFileInlineThreadedAndPaced() {
        Path file =
            Captures.file("nasdaq-itch-5.0/SYNTHETIC-ritch-reframed12012.itch50.gz");

        Path epoch = TestJournal.imported(folder, file);

        prove(epoch, "max", "inline");
        prove(epoch, "max", "dedicated");
        prove(epoch, "100000", "inline");
    }

    @Test
    void shouldProveASimulatedDayInlineThreadedAndAtTenTimes() {
        Path epoch = TestJournal.simulated(folder, MESSAGES, 1_000, "20s");

        prove(epoch, "max", "inline");
        prove(epoch, "max", "shared");
        prove(epoch, "max", "dedicated");
        prove(epoch, "10", "dedicated");
        prove(epoch, "10", "inline");
    }

    @Test
    void shouldImportTheSameBytesTwiceAndKeepTheOrderOfThreads() {
        Path first = TestJournal.simulated(folder.resolve("a"), 50_000, 100, "5s");
        Path file = folder.resolve("a/day.itch50");
        Path inline = TestJournal.imported(folder.resolve("b"), file, "--simulated");
        Path threaded = TestJournal.imported(folder.resolve("c"), file, "--simulated",
            "--engine.threading", "dedicated");

        CommandRun raw =
            CommandRun.of("journal", "cmp", "--raw", first.toString(), inline.toString());
        CommandRun equal = CommandRun.of("journal", "cmp", first.toString(), threaded.toString());

        assertAll(
            () -> assertEquals(0, raw.exitCode(), raw.out()),
            () -> assertEquals(0, equal.exitCode(), equal.out()),
            () -> assertTrue(raw.out().contains("inbound: "), raw.out()));
    }

    @Test
    void shouldTellWhatCannotBeProven() {
        Path epoch = TestJournal.simulated(folder, 20_000, 50, "2s");

        CommandRun filtered =
            CommandRun.of("replay", epoch.toString(), "--prove", "--types", "Clock");
        CommandRun absent = CommandRun.of("replay", folder.resolve("x").toString(), "--prove");
        CommandRun kind = CommandRun.of("replay", epoch.toString(), "--types", "Clocks");
        CommandRun again = CommandRun.of("import", "--feed", "itch50",
            folder.resolve("day.itch50").toString(), "--journal",
            folder.resolve("journal").toString(),
            "--date", TestJournal.DATE);

        assertAll(
            () -> assertEquals(2, filtered.exitCode()),
            () -> assertEquals(2, absent.exitCode()),
            () -> assertEquals(2, kind.exitCode()),
            () -> assertTrue(kind.log().contains("did you mean Clock?"), kind.log()),
            () -> assertEquals(2, again.exitCode()),
            () -> assertTrue(again.log().contains("holds a journal already"), again.log()));
    }

    @Test
    void shouldPrintNothingThatIsDerivedBeforeTheTimeAsked() {
        Path epoch = TestJournal.simulated(folder, 20_000, 50, "2s");
        List<String> all = CommandRun.of("replay", epoch.toString(), "--print").lines();
        List<String> expected = all.stream().filter(line -> receiveTimeNs(line) >= HALF_NS)
            .toList();

        List<String> half = CommandRun.of("replay", epoch.toString(), "--print", "--from",
            Long.toString(HALF_NS)).lines();

        assertAll(
            () -> assertTrue(!expected.isEmpty() && expected.size() < all.size(),
                expected.size() + " of " + all.size()),
            () -> assertEquals(expected, half));
    }

    private static long receiveTimeNs(String line) {
        return Long.parseLong((String) JsonText.object(line).get("receiveTimeNs"));
    }

    private static void prove(Path epoch, String speed, String threading) {
        CommandRun run = CommandRun.of("replay", epoch.toString(), "--prove", "--speed", speed,
            "--threading", threading);
        System.out.print("prove " + speed + " " + threading + ": " + run.out());
        assertEquals(0, run.exitCode(), run.out() + run.log());
        assertTrue(run.out().contains("EQUAL"), run.out());
    }
}
