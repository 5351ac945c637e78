// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.millrace.bridge.MarketRecord.Kind;
import io.millrace.bridge.table.Row;
import io.millrace.bridge.table.TableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/**
 * A file being written: under a name that no reader looks at until it is forced, then under its
 * own. One thread.
 */
final class PartFile implements Closeable {
    /** End of the names of files that are not whole. */
    static final String UNNAMED = ".part";

    private final PartName name;
    private final Path path;
    private final Path unnamed;
    private final ParquetWriter<Row> writer;
    private long rows;
    private long firstSequence;
    private long lastSequence;
    private long minTimeNs = Long.MAX_VALUE;
    private long maxTimeNs = Long.MIN_VALUE;
    private boolean hasNbbo;

    PartFile(Path root, PartName name, TableSchema schema) throws IOException {
        this.name = name;
        path = root.resolve(name.path());
        unnamed = path.resolveSibling(path.getFileName() + UNNAMED);
        Files.createDirectories(path.getParent());
        writer = new Builder(new LocalOutputFile(unnamed), new RowSupport(schema))
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .build();
    }

    /** The library's way to take rows. */
    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        private final RowSupport rows;

        Builder(OutputFile file, RowSupport rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Abstract there though deprecated. */
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return rows;
        }
    }

    void write(Row row) throws IOException {
        writer.write(row);
        firstSequence = rows == 0 ? row.event().sequence() : firstSequence;
        lastSequence = row.event().sequence();
        minTimeNs = Math.min(minTimeNs, row.event().receiveTimeNs());
        maxTimeNs = Math.max(maxTimeNs, row.event().receiveTimeNs());
        hasNbbo |= row.record().kind() == Kind.NBBO;
        rows++;
    }

    /** Ends the file and forces it. */
    void finish() throws IOException {
        writer.close();
        Archive.force(unnamed);
    }

    /** From now on readers see it. */
    void giveName() throws IOException {
        Files.move(unnamed, path, ATOMIC_MOVE);
    }

    Path directory() {
        return path.getParent();
    }

    PartName name() {
        return name;
    }

    /** What the manifest says of it. */
    TableFile entry() {
        return new TableFile(name.path(), name.table(), rows, firstSequence, lastSequence,
            minTimeNs, maxTimeNs, hasNbbo);
    }

    /** Gives up what is not whole; nothing when it has its name. */
    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            Files.deleteIfExists(unnamed);
        }
    }
}
