// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static io.millrace.testing.AgentRun.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.CircuitState;
import io.millrace.counter.Counters;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.testing.JournaledRows;
import io.millrace.testing.MadeUpDay;
import io.millrace.testing.ParquetReadback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bridge, and what another reader finds in its files. */
class ParquetBridgeTest {
    /** Those that a made-up day has rows of. */
    private static final List<String> TABLES =
        List.of("trades", "quotes", "levels", "order_events");
    private static final LocalDate DATE = LocalDate.of(2026, 11, 2);
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 4_000;
    private static final int BATCH = EVENTS / 4;
    private static final int KILLS = Boolean.getBoolean("millrace.full") ? 20 : 1;

    @TempDir
    private Path folder;
    private Counters counters = Counters.inMemory();

    private Path root() {
        return folder.resolve("journal");
    }

    private Path files() {
        return folder.resolve("parquet");
    }

    private Path manifest() {
        return files().resolve("manifest/" + DATE + ".jsonl");
    }

    private ParquetContext parquet() {
        return new ParquetContext().directory(files()).symbolGroups(3).minimumFreeMb(0);
    }

    private BridgeContext context() {
        return new BridgeContext().journalRoot(root()).counters(counters).batchEvents(BATCH)
            .lingerMs(1).firstRetryMs(10).longestRetryMs(20);
    }

    private Bridge bridge() throws IOException {
        return new Bridge(context(), ParquetSink.factory(parquet()));
    }

    private long counter(String name) {
        return counters.value("bridge.parquet." + name);
    }

    private void runToEnd(MadeUpDay day) throws IOException {
        Bridge bridge = bridge();
        run(bridge, () -> day.isTaken(counters, "bridge.parquet"));
        bridge.onClose();
    }

    private void assertTables(LocalDate... dates) throws SQLException {
        try (ParquetReadback readback = new ParquetReadback(files())) {
            for (LocalDate date : dates) {
                assertTables(readback, new JournaledRows(root(), date), date);
            }
        }
    }

    private static void assertTables(ParquetReadback readback, JournaledRows journaled,
        LocalDate date) throws SQLException {
        String where = " WHERE trading_date = DATE '" + date + "'";
        for (String table : TABLES) {
            String from = " FROM " + readback.table(table) + where;
            assertEquals(List.of(journaled.span(table)), readback.ask("SELECT count(*),"
                + " epoch_ns(min(receive_time)), epoch_ns(max(receive_time))" + from), table);
            assertEquals(journaled.table(table), readback.events(table, date), table);
        }
        assertEquals(List.of(journaled.sums()), readback.ask("SELECT sum(size),"
            + " sum(price::DECIMAL(38, 9) * size) FROM " + readback.table("trades") + where));
    }

    private void assertListed() throws Exception {
        List<String> listed = new ArrayList<>();
        int prefix = files().toString().length() + 1;
        try (ParquetReadback readback = new ParquetReadback(files())) {
            for (String table : TABLES) {
                listed.addAll(readback.ask("SELECT '{\"file\":\"' || filename[" + (prefix + 1)
                    + ":] || '\",\"table\":\"" + table + "\",\"queue\":\"' || queue"
                    + " || '\",\"rows\":' || count(*) || ',\"first_sequence\":' || min(sequence)"
                    + " || ',\"last_sequence\":' || max(sequence) || ',\"min_time\":'"
                    + " || epoch_ns(min(receive_time)) || ',\"max_time\":'"
                    + " || epoch_ns(max(receive_time)) || '}' FROM read_parquet('" + files() + '/'
                    + table + "/**/*.parquet', filename = true) GROUP BY filename, queue"));
            }
        }
        assertEquals(listed.stream().sorted().toList(),
            Files.readAllLines(manifest()).stream()
                .filter(line -> line.startsWith("{\"file\"")).sorted().toList());
    }

    private void tell(long spanNs) throws IOException {
        long bytes = 0;
        List<String> names = names(files());
        for (String name : names) {
            bytes += Files.size(files().resolve(name));
        }
        System.out.printf("parquet: %,d events in %d files, %,d bytes, %,d events/s%n",
            counter("events"), names.size(), bytes, counter("events") * 1_000_000_000L / spanNs);
    }

    private List<String> names(Path below) throws IOException {
        try (Stream<Path> paths = Files.walk(below)) {
            return paths.filter(Files::isRegularFile).map(path -> below.relativize(path).toString())
                .sorted().toList();
        }
    }

    @Test
    void shouldHoldAndListEveryEventOnceAsAnotherReaderFindsThem() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(EVENTS)) {
            long beganNs = System.nanoTime();
            runToEnd(day);
            tell(System.nanoTime() - beganNs);
            assertTables(DATE);
            assertListed();
            assertTrue(counter("batches") > 4);
        }
        try (ParquetReadback readback = new ParquetReadback(files())) {
            assertEquals(List.of("Q-Z 20 1 0"), readback.ask("SELECT symbol_group,"
                + " count(DISTINCT symbol), count(DISTINCT venue), count(*) FILTER"
                + " (price IS NULL) FROM " + readback.table("trades") + " GROUP BY ALL"));
            assertEquals(List.of("ZSTD"), readback.ask("SELECT DISTINCT compression FROM"
                + " parquet_metadata('" + files() + "/trades/**/*.parquet')"));
        }
    }

    /** What is on the disk when the process is killed there is what the next one begins with. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void shouldLoseAndRepeatNothingWhereverItIsKilled(Step step) throws Exception {
        Path left = folder.resolve("left");
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(EVENTS / 2)) {
            long[] steps = new long[1];
            Bridge killed = new Bridge(context(), ParquetSink.factory(parquet().afterStep(at -> {
                if (at == step && counter("batches") == 1 && steps[0]++ == 0) {
                    copy(files(), left);
                    throw new IllegalStateException("killed after " + step);
                }
            })));
            run(killed, () -> steps[0] > 0);
            killed.onClose();
            IoUtil.delete(files().toFile(), false);
            Files.move(left, files());
            day.write(EVENTS / 2);
            runToEnd(day);
            assertTables(DATE);
            assertTrue(names(files()).stream().noneMatch(name -> name.endsWith(".part")));
        }
    }

    @Test
    void shouldRepeatNothingWhenItIsKilledBetweenManifestAndCheckpoint() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(EVENTS / 2)) {
            for (int i = 0; i < 3; i++) {
                Bridge killed = new Bridge(context().beforeCheckpoint(() -> {
                    throw new IllegalStateException("killed");
                }), ParquetSink.factory(parquet()));
                long failures = counter("failures");
                run(killed, () -> counter("failures") > failures);
                killed.onClose();
                day.write(100);
            }
            assertFalse(Files.exists(root().resolve("bridges/parquet.checkpoint")));
            runToEnd(day);
            assertTables(DATE);
        }
    }

    @Test
    void shouldLoseAndRepeatNothingWhenItsProcessIsKilled() throws Exception {
        Random random = new Random(5);
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(EVENTS)) {
            for (int i = 0; i < KILLS; i++) {
                BridgeProcess.killed(root(), files(), random.nextInt(30_000_000));
            }
            long listed = Files.readAllLines(manifest()).size();
            runToEnd(day);
            assertTrue(Files.readAllLines(manifest()).size() > listed, "killed too late");
            assertTables(DATE);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldCutOffWhatAKillLeftBehindTheLastBatchOfTheManifest() throws Exception {
        Path path = manifest();
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_000)) {
            runToEnd(day);
            String whole = Files.readString(path);
            int last = whole.lastIndexOf("{\"position\"");
            for (String left : List.of("{\"file\":\"trades/x\",\"ta", "{\"file\":\"a\"}\n",
                whole.substring(last, whole.length() - 2), "\0\0\0")) {
                Files.writeString(path, whole + left);
                assertEquals(whole.lines().filter(line -> line.startsWith("{\"p")).count(),
                    counter("batches"));
                Manifest.open(path);
                assertEquals(whole, Files.readString(path));
            }
        }
    }

    @Test
    void shouldBeginNewFilesInEachEpoch() throws Exception {
        LocalDate later = DATE.plusDays(3);
        MadeUpDay.begin(root(), DATE).write(1_000).close();
        try (MadeUpDay day = MadeUpDay.begin(root(), later).write(500)) {
            Bridge bridge = bridge();
            run(bridge, () -> counter("epoch") == 2026_11_05
                && counter("inbound.sequence") == day.last(JournalQueue.INBOUND)
                && counter("outbound.sequence") == day.last(JournalQueue.OUTBOUND));
            bridge.onClose();
            assertTables(DATE, later);
            for (String name : names(files().resolve("trades"))) {
                assertTrue(name.matches("trading_date=([-0-9]+)/symbol_group=Q-Z/part-\\1-inbound-"
                    + "\\d{12}-\\d{12}\\.parquet"), name);
            }
        }
    }

    @Test
    void shouldWaitAndGoOnWhenItsFolderIsAwayOrFull() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(EVENTS / 2)) {
            Files.writeString(files(), "no folder");
            Bridge bridge = bridge();
            run(bridge, () -> counter("failures") > 2);
            assertEquals(CircuitState.OPEN.ordinal(), counter("circuit"));
            Files.delete(files());
            run(bridge, () -> counter("batches") > 0);
            assertEquals(CircuitState.CLOSED.ordinal(), counter("circuit"));
            bridge.onClose();
            Bridge full = new Bridge(context(), ParquetSink.factory(parquet()
                .minimumFreeMb(ParquetContext.MAX_MINIMUM_FREE_MB)));
            long failures = counter("failures");
            run(full, () -> counter("failures") > failures + 2);
            assertEquals(CircuitState.OPEN.ordinal(), counter("circuit"));
            full.onClose();
            runToEnd(day);
            assertTables(DATE);
        }
    }

    @Test
    void shouldSetTheFilesOfAJournalAsideThatAnotherOneReplaced() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_000)) {
            runToEnd(day);
        }
        List<String> before = names(files().resolve("trades"));
        IoUtil.delete(Journal.directory(root(), DATE).toFile(), false);
        counters = Counters.inMemory();
        try (MadeUpDay day = MadeUpDay.beginAt(root(), DATE, 77).write(900)) {
            runToEnd(day);
            assertTables(DATE);
        }
        Path aside = files().resolve("replaced");
        assertEquals(1, Files.list(aside).count());
        assertEquals(before, names(Files.list(aside).findFirst().orElseThrow().resolve("trades")));
    }

    @Test
    void shouldLetOnlyOneBridgeIntoItsFolder() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_000)) {
            Bridge first = bridge();
            run(first, () -> counter("batches") > 0);
            long failures = counter("failures");
            Bridge second = bridge();
            run(second, () -> counter("failures") > failures);
            second.onClose();
            first.onClose();
            runToEnd(day);
            assertTables(DATE);
        }
    }

    @Test
    void shouldGroupSymbolsByTheirFirstLetters() {
        SymbolGroups groups = new SymbolGroups(3);
        assertEquals(List.of("A-H", "A-H", "I-P", "Q-Z", "Q-Z", "other", "other"),
            Stream.of("AAPL", "hood", "IBM", "QQQ", "ZVZZT", "#7", "").map(groups::group).toList());
        assertEquals("A-Z", new SymbolGroups(1).group("MSFT"));
        assertEquals("M-M", new SymbolGroups(26).group("MSFT"));
    }

    @Test
    void shouldRefuseOptionsOutsideTheirRange() {
        assertRefused(new ParquetContext(), "bridge.parquet.directory is not set");
        assertRefused(parquet().symbolGroups(27),
            "bridge.parquet.symbol-groups 27 is not within 1 to 26");
        assertRefused(parquet().minimumFreeMb(-1),
            "bridge.parquet.minimum-free-mb -1 is not within 0 to 1048576");
    }

    private static void assertRefused(ParquetContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
