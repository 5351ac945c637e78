// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.iceberg;

import static io.millrace.testing.AgentRun.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.parquet.ParquetContext;
import io.millrace.bridge.parquet.ParquetSink;
import io.millrace.bridge.table.TableCatalog;
import io.millrace.counter.Counters;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables over the files of a real bridge: what they list, and what another reader finds. */
class IcebergCatalogTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 2);
    /** That a made-up day has rows of. */
    private static final List<String> FILLED =
        List.of("trades", "quotes", "levels", "order_events");
    private static final List<String> TABLES =
        List.of("trades", "quotes", "levels", "order_events", "gaps", "status");
    private static final Pattern LISTED =
        Pattern.compile("\\{\"file\":\"([^\"]+)\",\"table\":\"(\\w+)\".*\"rows\":(\\d+).*");

    @TempDir
    private Path folder;
    private Path files;
    private Counters counters = Counters.inMemory();

    @BeforeEach
    void useOwnFolder() {
        files = folder.resolve("files");
    }

    private Path root() {
        return folder.resolve("journal");
    }

    private Bridge bridge(TableCatalog catalog) throws IOException {
        return new Bridge(new BridgeContext().journalRoot(root()).counters(counters)
            .batchEvents(500).lingerMs(1).firstRetryMs(5).longestRetryMs(10),
            ParquetSink.factory(new ParquetContext().directory(files).symbolGroups(3)
                .minimumFreeMb(0).catalog(catalog)));
    }

    private long counter(String name) {
        return counters.value("bridge.parquet." + name);
    }

    private void runToEnd(MadeUpDay day, TableCatalog catalog) throws IOException {
        Bridge bridge = bridge(catalog);
        run(bridge, () -> day.isTaken(counters, "bridge.parquet"));
        bridge.onClose();
    }

    /** Path and rows of each file that the manifests name of a table. */
    private List<String> listed(String table) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> manifests = Files.list(files.resolve("manifest"))) {
            for (Path manifest : manifests.filter(path -> path.toString().endsWith(".jsonl"))
                .toList()) {
                for (String line : Files.readAllLines(manifest)) {
                    Matcher file = LISTED.matcher(line);
                    if (file.matches() && file.group(2).equals(table)) {
                        found.add(files.resolve(file.group(1)) + " " + file.group(3));
                    }
                }
            }
        }
        return found.stream().sorted().toList();
    }

    private BaseTable table(String name) throws IOException {
        return new BaseTable(new FolderTable(files.resolve(name)), name);
    }

    private static List<String> paths(CloseableIterable<FileScanTask> tasks) throws IOException {
        List<String> found = new ArrayList<>();
        try (tasks) {
            tasks.forEach(task ->
                found.add(task.file().location() + " " + task.file().recordCount()));
        }
        return found.stream().sorted().toList();
    }

    private void assertTablesListWhatManifestsList() throws IOException {
        for (String name : TABLES) {
            assertEquals(listed(name), paths(table(name).newScan().planFiles()), name);
        }
        assertTrue(listed("trades").size() > 1);
    }

    @Test
    void shouldListExactlyTheFilesThatCount() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(3_000)) {
            runToEnd(day, new IcebergCatalog());
            assertTablesListWhatManifestsList();
            day.write(1_000);
            runToEnd(day, new IcebergCatalog());
            assertTablesListWhatManifestsList();
        }
    }

    @Test
    void shouldSpareReadersTheFilesOutsideTheirTimesAndSequences() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(3_000)) {
            runToEnd(day, new IcebergCatalog());
        }
        List<String> all = listed("order_events");
        assertEquals(all.subList(0, 1), paths(table("order_events").newScan()
            .filter(Expressions.lessThan("sequence", 100L)).planFiles()));
        assertEquals(List.of(), paths(table("order_events").newScan()
            .filter(Expressions.lessThan("receive_time", "2026-11-01T23:00:00+00:00"))
            .planFiles()));
        assertEquals(List.of(), paths(table("order_events").newScan()
            .filter(Expressions.equal("epoch", "2026-11-03")).planFiles()));
    }

    /** On the disk then: a batch in the manifest, in some tables, and not yet in the others. */
    @Test
    void shouldBeMadeEqualToTheManifestWhereverItWasKilled() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_000)) {
            runToEnd(day, new IcebergCatalog());
            Path before = folder.resolve("before");
            for (String name : TABLES) {
                copy(files.resolve(name).resolve("metadata"), before.resolve(name));
            }
            day.write(1_000);
            runToEnd(day, new IcebergCatalog());
            for (int written = 0; written < FILLED.size(); written++) {
                for (String name : TABLES.subList(written, TABLES.size())) {
                    Path metadata = files.resolve(name).resolve("metadata");
                    IoUtil.delete(metadata.toFile(), false);
                    copy(before.resolve(name), metadata);
                }
                String first = FILLED.get(written);
                assertNotEquals(listed(first), paths(table(first).newScan().planFiles()));
                day.write(1);
                runToEnd(day, new IcebergCatalog());
                assertTablesListWhatManifestsList();
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> paths = Files.list(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(path.getFileName()));
            }
        }
    }

    @Test
    void shouldGoOnBehindMetadataThatAKillLeftUnnamed() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_000)) {
            runToEnd(day, new IcebergCatalog());
            Path metadata = files.resolve("trades/metadata");
            int next = 1 + Integer.parseInt(
                Files.readString(metadata.resolve("version-hint.text")));
            Files.writeString(metadata.resolve("v" + next + ".metadata.json"), "{\"half");
            Files.writeString(metadata.resolve("version-hint.next"), "");
            day.write(1_000);
            runToEnd(day, new IcebergCatalog());
            assertTablesListWhatManifestsList();
        }
    }

    @Test
    void shouldListWhatWasThereBeforeItAndEveryEpoch() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_500)) {
            runToEnd(day, TableCatalog.NONE);
        }
        LocalDate later = DATE.plusDays(1);
        try (MadeUpDay day = MadeUpDay.begin(root(), later).write(1_500)) {
            Bridge bridge = bridge(new IcebergCatalog());
            run(bridge, () -> counter("epoch") == 2026_11_03
                && counter("inbound.sequence") == day.last(JournalQueue.INBOUND)
                && counter("outbound.sequence") == day.last(JournalQueue.OUTBOUND));
            bridge.onClose();
        }
        assertTablesListWhatManifestsList();
    }

    @Test
    void shouldDropTheFilesOfAJournalThatAnotherOneReplaced() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(2_000)) {
            runToEnd(day, new IcebergCatalog());
        }
        IoUtil.delete(Journal.directory(root(), DATE).toFile(), false);
        counters = Counters.inMemory();
        try (MadeUpDay day = MadeUpDay.beginAt(root(), DATE, 77).write(1_500)) {
            runToEnd(day, new IcebergCatalog());
        }
        assertTablesListWhatManifestsList();
    }

    @Test
    void shouldRefuseAFolderThatWasMovedUntilItsMetadataIsGone() throws Exception {
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(1_000)) {
            runToEnd(day, new IcebergCatalog());
        }
        Path moved = folder.resolve("moved");
        Files.move(files, moved);
        files = moved;
        IOException refused = assertThrows(IOException.class, () ->
            new IcebergCatalog().open(moved, Map.of("trades", List.of())));
        assertTrue(refused.getMessage().contains("without its folder metadata it is made anew"),
            refused.getMessage());
        for (String name : TABLES) {
            IoUtil.delete(moved.resolve(name).resolve("metadata").toFile(), false);
        }
        Bridge bridge = bridge(new IcebergCatalog());
        run(bridge, () -> Files.exists(moved.resolve("status/metadata/version-hint.text")));
        bridge.onClose();
        assertTablesListWhatManifestsList();
    }

    private static String ask(LocalServers server, String sql) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create("http://" + server.address()))
                .POST(HttpRequest.BodyPublishers.ofString(sql)).build(),
            HttpResponse.BodyHandlers.ofString(UTF_8));
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    /** ClickHouse has its own reader of the format; it may look only below its folder. */
    @Test
    void shouldBeReadByAnotherReaderRowByRow() throws Exception {
        LocalServers server = LocalServers.running("clickhouse");
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        files = server.folder().toRealPath().resolve(name);
        try (MadeUpDay day = MadeUpDay.begin(root(), DATE).write(5_000)) {
            runToEnd(day, new IcebergCatalog());
            for (String table : FILLED) {
                String columns = "SELECT count(), uniqExact(queue, sequence), sum(sequence),"
                    + " min(receive_time), max(receive_time), groupBitXor(cityHash64(symbol,"
                    + " venue, toString(flags), toInt64(sequence))) FROM ";
                String found = ask(server, columns + "icebergLocal('" + name + '/' + table + "')");
                assertEquals(ask(server, columns + "file('" + name + '/' + table
                    + "/**/*.parquet', 'Parquet')"), found, table);
                System.out.print("iceberg " + table + ": " + found);
            }
        } finally {
            IoUtil.delete(files.toFile(), true);
        }
    }
}
