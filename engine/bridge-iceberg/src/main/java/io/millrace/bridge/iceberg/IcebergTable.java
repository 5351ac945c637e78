// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.iceberg;

import io.millrace.bridge.table.Column;
import io.millrace.bridge.table.TableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ExpireSnapshots.CleanupLevel;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * One table of format 3, which has times in ns, partitioned by the epoch that stands in each row.
 * Files have no ids of columns, so a name mapping says which is which. The bridge's thread.
 */
final class IcebergTable {
    private static final String EPOCH = "epoch";
    private static final String SEQUENCE = "sequence";
    private static final String TIME = "receive_time";
    /** In the summary of a snapshot: what it was about. */
    private static final String LISTED_EPOCH = "millrace.epoch";
    private static final long SNAPSHOT_AGE_MS = 86_400_000L;
    private static final int SNAPSHOTS_KEPT = 10;

    private final Path root;
    private final BaseTable table;

    private IcebergTable(Path root, BaseTable table) {
        this.root = root;
        this.table = table;
    }

    /** Makes it when it is not there. */
    static IcebergTable open(Path root, String name, List<Column> columns) throws IOException {
        FolderTable folder = new FolderTable(root.resolve(name));
        Schema schema = TableColumns.schema(columns);
        if (folder.current() == null) {
            folder.commit(null, metadata(root.resolve(name), schema));
        }
        TableMetadata found = folder.current();
        if (!found.location().equals(root.resolve(name).toString())
            || !found.schema().sameSchema(schema)) {
            throw new IOException("the Iceberg table in " + root.resolve(name) + " was made for "
                + found.location() + " with columns " + found.schema().columns()
                + "; without its folder metadata it is made anew from the manifest");
        }
        return new IcebergTable(root, new BaseTable(folder, name));
    }

    private static TableMetadata metadata(Path location, Schema schema) {
        return TableMetadata.newTableMetadata(schema,
            PartitionSpec.builderFor(schema).identity(EPOCH).build(), SortOrder.unsorted(),
            location.toString(), Map.of(
                TableProperties.FORMAT_VERSION, "3",
                TableProperties.DEFAULT_NAME_MAPPING,
                NameMappingParser.toJson(MappingUtil.create(schema)),
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "10"));
    }

    /** Which the newest snapshot was about; the first of all days when there is none. */
    LocalDate newestEpoch() {
        Snapshot newest = table.currentSnapshot();
        String epoch = newest == null ? null : newest.summary().get(LISTED_EPOCH);
        return epoch == null ? LocalDate.MIN : LocalDate.parse(epoch);
    }

    /** Takes away what is not among the files of an epoch and adds what is missing, at once. */
    void list(LocalDate epoch, Collection<TableFile> files) throws IOException {
        Map<String, DataFile> gone = held(epoch);
        List<DataFile> added = new ArrayList<>();
        for (TableFile file : files) {
            if (gone.remove(root.resolve(file.path()).toString()) == null) {
                added.add(dataFile(epoch, file));
            }
        }
        if (!gone.isEmpty() || !added.isEmpty()) {
            SnapshotUpdate<?> change = change(gone.values(), added);
            change.set(LISTED_EPOCH, epoch.toString());
            change.commit();
            expire();
        }
    }

    private Map<String, DataFile> held(LocalDate epoch) throws IOException {
        Map<String, DataFile> held = new HashMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
            .filter(Expressions.equal(EPOCH, epoch.toString())).includeColumnStats().planFiles()) {
            tasks.forEach(task -> held.put(task.file().location(), task.file().copy()));
        }
        return held;
    }

    private SnapshotUpdate<?> change(Collection<DataFile> gone, List<DataFile> added) {
        if (gone.isEmpty()) {
            AppendFiles append = table.newAppend();
            added.forEach(append::appendFile);
            return append;
        }
        OverwriteFiles overwrite = table.newOverwrite();
        gone.forEach(overwrite::deleteFile);
        added.forEach(overwrite::addFile);
        return overwrite;
    }

    private DataFile dataFile(LocalDate epoch, TableFile file) throws IOException {
        Path path = root.resolve(file.path());
        return DataFiles.builder(table.spec()).withPath(path.toString())
            .withFormat(FileFormat.PARQUET).withFileSizeInBytes(Files.size(path))
            .withPartitionPath(EPOCH + '=' + epoch).withMetrics(metrics(file)).build();
    }

    /** Lets readers leave out files by sequence and time. */
    private Metrics metrics(TableFile file) {
        return new Metrics(file.rows(), null, null, null, null,
            bounds(file.firstSequence(), file.minTimeNs()),
            bounds(file.lastSequence(), file.maxTimeNs()));
    }

    private Map<Integer, ByteBuffer> bounds(long sequence, long timeNs) {
        return Map.of(
            id(SEQUENCE), Conversions.toByteBuffer(Types.LongType.get(), sequence),
            id(TIME), Conversions.toByteBuffer(Types.TimestampNanoType.withZone(), timeNs));
    }

    private int id(String column) {
        return table.schema().findField(column).fieldId();
    }

    /** Forgets old snapshots; rows go with their files alone. */
    private void expire() {
        table.expireSnapshots().retainLast(SNAPSHOTS_KEPT)
            .expireOlderThan(table.currentSnapshot().timestampMillis() - SNAPSHOT_AGE_MS)
            .cleanupLevel(CleanupLevel.METADATA_ONLY).commit();
    }
}
