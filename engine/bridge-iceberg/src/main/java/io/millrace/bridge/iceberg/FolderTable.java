// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table that is a folder, as readers of file systems expect it: {@code metadata/vN.metadata.json}
 * and the newest N in {@code metadata/version-hint.text}, which is replaced at once, after all that
 * it leads to is on the disk. One writer, who holds the lock of the files.
 */
final class FolderTable implements TableOperations {
    private static final String HINT = "version-hint.text";

    private final Path metadata;
    private final FolderIo io = new FolderIo();
    private final LocationProvider locations;
    private TableMetadata current;
    private int version;

    FolderTable(Path root) throws IOException {
        metadata = root.resolve("metadata");
        locations = LocationProviders.locationsFor(root.toString(), Map.of());
        Files.createDirectories(metadata);
        read();
    }

    private void read() throws IOException {
        Path hint = metadata.resolve(HINT);
        if (!Files.exists(hint)) {
            return;
        }
        try {
            version = Integer.parseInt(Files.readString(hint).strip());
            current = TableMetadataParser.read(
                io.newInputFile(metadataFileLocation(name(version))));
        } catch (RuntimeException e) {
            throw new IOException(metadata + " cannot be read; without that folder it is made"
                + " anew from the manifest", e);
        }
    }

    private static String name(int version) {
        return "v" + version + ".metadata.json";
    }

    @Override
    public TableMetadata current() {
        return current;
    }

    @Override
    public TableMetadata refresh() {
        return current;
    }

    /** Until the hint is replaced nothing has changed; a failure behind that leaves it open. */
    @Override
    public void commit(TableMetadata base, TableMetadata changed) {
        if (base == changed) {
            return;
        }
        int next = version + 1;
        TableMetadataParser.overwrite(changed, io.newOutputFile(metadataFileLocation(name(next))));
        Path hint = metadata.resolve("version-hint.next");
        try {
            io.force(metadata);
            Files.writeString(hint, Integer.toString(next), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Files.move(hint, metadata.resolve(HINT), ATOMIC_MOVE, REPLACE_EXISTING);
            io.force(metadata);
            read();
        } catch (IOException e) {
            throw new CommitStateUnknownException(e);
        }
        if (base != null) {
            CatalogUtil.deleteRemovedMetadataFiles(io, base, current);
        }
    }

    @Override
    public FileIO io() {
        return io;
    }

    @Override
    public String metadataFileLocation(String name) {
        return metadata.resolve(name).toString();
    }

    @Override
    public LocationProvider locationProvider() {
        return locations;
    }
}
