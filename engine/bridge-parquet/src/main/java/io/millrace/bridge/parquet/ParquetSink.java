// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.EventBatch;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.Position;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.bridge.table.MarketTable;
import io.millrace.bridge.table.Row;
import io.millrace.bridge.table.TableCatalog;
import io.millrace.journal.JournalQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;

/**
 * Rows into Parquet files, those of a batch at once: written and forced, then named, then listed in
 * the manifest. What is not listed does not count and goes at the next start, so that no event is
 * ever in two files. The bridge's thread.
 */
public final class ParquetSink implements Sink {
    static final String NAME = "parquet";

    private final ParquetContext context;
    private final SymbolDirectory symbols;
    private final List<TableSchema> tables =
        MarketTable.all().stream().map(TableSchema::of).toList();
    private final SymbolGroups groups;
    private final Path root;
    private final Archive archive;
    private final TableCatalog catalog;
    private final MarketRecord record = new MarketRecord();
    private final Map<FileKey, PartFile> files = new LinkedHashMap<>();

    /** What rows of one file have in common. */
    private record FileKey(String table, JournalQueue queue, String group) {
    }

    private ParquetSink(ParquetContext context, SymbolDirectory symbols) {
        this.context = context;
        this.symbols = symbols;
        groups = new SymbolGroups(context.symbolGroups());
        root = context.directory().toAbsolutePath().normalize();
        catalog = context.catalog();
        archive = new Archive(root, tables, catalog);
    }

    /**
     * Makes the sink of a bridge.
     *
     * @param context concluded here
     */
    public static Bridge.SinkFactory factory(ParquetContext context) {
        context.conclude();
        return Bridge.SinkFactory.of(NAME,
            (symbols, deadLetters) -> new ParquetSink(context, symbols));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isRangeKept() {
        return false;
    }

    /** The manifest is believed, not the checkpoint: an empty folder gets every journal. */
    @Override
    public Position open(Position known) throws IOException {
        Position position = archive.open();
        LocalDate first = catalog.open(root, tables.stream()
            .collect(Collectors.toMap(TableSchema::name, TableSchema::plain)));
        for (Manifest manifest : archive.manifests(first)) {
            catalog.list(manifest.position().epoch(), manifest.files());
        }
        return position;
    }

    @Override
    public void send(EventBatch batch) throws IOException {
        Manifest manifest = archive.manifest(batch.to());
        assert manifest.position() == null || manifest.position().equals(batch.from())
            : batch.from() + " is not behind " + manifest.position();
        archive.requireFree((long) context.minimumFreeMb() << 20);
        write(batch);
        context.afterStep().accept(Step.WRITTEN);
        for (PartFile file : files.values()) {
            file.giveName();
            context.afterStep().accept(Step.NAMED);
        }
        archive.forceNames(files.values());
        context.afterStep().accept(Step.ALL_NAMED);
        manifest.append(files.values(), batch.to());
        files.clear();
        context.afterStep().accept(Step.LISTED);
        catalog.list(batch.to().epoch(), manifest.files());
        context.afterStep().accept(Step.CATALOGUED);
    }

    private void write(EventBatch batch) throws IOException {
        for (int i = 0; i < batch.count(); i++) {
            Row row = Row.of(batch, i, symbols, record);
            for (TableSchema table : tables) {
                if (table.table().takes(row)) {
                    file(table, row, batch).write(row);
                }
            }
        }
        for (PartFile file : files.values()) {
            file.finish();
        }
    }

    private PartFile file(TableSchema table, Row row, EventBatch batch) throws IOException {
        String group = groups.group(row.symbol());
        FileKey key = new FileKey(table.name(), row.queue(), group);
        PartFile file = files.get(key);
        if (file == null) {
            file = new PartFile(root, PartName.of(table.name(), group, row.queue(), batch.from(),
                batch.to()), table);
            files.put(key, file);
        }
        return file;
    }

    @Override
    public boolean isAcknowledged() {
        return true;
    }

    /** What is not whole goes at once: on a full disk it would be in the way of the journal. */
    @Override
    public void close() {
        CloseHelper.quietCloseAll(files.values());
        files.clear();
        archive.close();
    }
}
