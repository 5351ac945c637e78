// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.bridge.Position;
import io.millrace.bridge.table.TableCatalog;
import io.millrace.bridge.table.TableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/**
 * The folder of all files: what in it counts, and nothing else of a bridge's making. Locked, for
 * two bridges would take each other's files for left-overs. One thread.
 */
final class Archive implements Closeable {
    private static final String MANIFESTS = "manifest";
    private static final String REPLACED = "replaced";
    private static final String LINES = ".jsonl";

    private final Path root;
    private final List<TableSchema> tables;
    private final TableCatalog catalog;
    private final Set<Path> forced = new HashSet<>();
    private FileChannel lock;
    private Manifest manifest;

    Archive(Path root, List<TableSchema> tables, TableCatalog catalog) {
        this.root = root;
        this.tables = tables;
        this.catalog = catalog;
    }

    /**
     * Removes what a kill left outside the newest manifest: it will be written again.
     *
     * @return where the manifest ends, or null when there is none
     */
    Position open() throws IOException {
        Files.createDirectories(root.resolve(MANIFESTS));
        takeLock();
        manifest = newest();
        LocalDate newest = manifest == null ? null : manifest.position().epoch();
        for (TableSchema table : tables) {
            for (Path folder : list(root.resolve(table.name()))) {
                LocalDate date = PartName.date(folder);
                if (date != null && (newest == null || !date.isBefore(newest))) {
                    sweep(folder);
                }
            }
        }
        return manifest == null ? null : manifest.position();
    }

    private void takeLock() throws IOException {
        lock = FileChannel.open(root.resolve(MANIFESTS).resolve("lock"), CREATE, WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("another process writes to " + root);
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("another bridge of this process writes to " + root, e);
        }
    }

    /** That of the newest epoch that has a batch, or null. */
    private Manifest newest() throws IOException {
        for (LocalDate date : dates(root)) {
            Manifest read = Manifest.open(manifestPath(root, date));
            if (read.position() != null) {
                return read;
            }
        }
        return null;
    }

    /** The epochs that have a manifest, newest first. */
    private static List<LocalDate> dates(Path root) throws IOException {
        return list(root.resolve(MANIFESTS)).stream().map(file -> file.getFileName().toString())
            .filter(name -> name.matches("\\d{4}-\\d\\d-\\d\\d\\" + LINES))
            .map(name -> LocalDate.parse(name.substring(0, name.length() - LINES.length())))
            .sorted(Comparator.reverseOrder()).toList();
    }

    /** Those with a batch in them, of this epoch and later ones, oldest first. */
    List<Manifest> manifests(LocalDate first) throws IOException {
        LinkedList<Manifest> manifests = new LinkedList<>();
        for (LocalDate date : dates(root)) {
            Manifest read = date.isBefore(first) ? null
                : Manifest.open(manifestPath(root, date));
            if (read != null && read.position() != null) {
                manifests.addFirst(read);
            }
        }
        return manifests;
    }

    /**
     * The newest files of a group that count, newest first; read beside the one that writes them.
     *
     * @param limit most of them
     */
    static List<TableFile> newest(Path root, String table, String group, int limit)
        throws IOException {
        List<TableFile> newest = new ArrayList<>();
        for (LocalDate date : dates(root)) {
            List<TableFile> files = Manifest.read(manifestPath(root, date)).files();
            for (int i = files.size() - 1; i >= 0 && newest.size() < limit; i--) {
                TableFile file = files.get(i);
                if (file.path().startsWith(PartName.folder(table, date, group) + '/')) {
                    newest.add(file);
                }
            }
            if (newest.size() == limit) {
                break;
            }
        }
        return newest;
    }

    private static Path manifestPath(Path root, LocalDate epoch) {
        return root.resolve(MANIFESTS).resolve(epoch + LINES);
    }

    private void sweep(Path folder) throws IOException {
        for (Path group : list(folder)) {
            for (Path file : list(group)) {
                String name = root.relativize(file).toString();
                if (PartName.isOurs(file) && (manifest == null || !manifest.holds(name))) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The manifest of a position's journal; what is there of another one of that date goes. */
    Manifest manifest(Position position) throws IOException {
        if (manifest == null || manifest.position() != null
            && !manifest.position().epoch().equals(position.epoch())) {
            manifest = Manifest.open(manifestPath(root, position.epoch()));
        }
        Position held = manifest.position();
        if (held != null && held.birthNs() != position.birthNs()) {
            setAside(held);
            manifest = Manifest.open(manifestPath(root, position.epoch()));
        }
        return manifest;
    }

    /** Out of the readers' sight, the manifest last: until then it is known what was moved. */
    private void setAside(Position held) throws IOException {
        catalog.list(held.epoch(), List.of());
        Path aside = root.resolve(REPLACED).resolve(held.epoch() + "-" + held.birthNs());
        for (TableSchema table : tables) {
            Path folder = root.resolve(table.name()).resolve(PartName.folder(held.epoch()));
            if (Files.exists(folder)) {
                Path moved = aside.resolve(table.name()).resolve(folder.getFileName());
                Files.createDirectories(moved.getParent());
                Files.move(folder, moved, ATOMIC_MOVE);
            }
        }
        Files.createDirectories(aside.resolve(MANIFESTS));
        Files.move(manifest.path(), aside.resolve(MANIFESTS).resolve(held.epoch() + LINES),
            ATOMIC_MOVE);
    }

    /** @throws IOException when the disk has less than so much room */
    void requireFree(long bytes) throws IOException {
        if (Files.getFileStore(root).getUsableSpace() < bytes) {
            throw new IOException("less than " + (bytes >> 20) + " MiB are free for " + root
                + "; nothing more is written until there are");
        }
    }

    /** Forces the names of files, and once those of the folders above them. */
    void forceNames(Collection<PartFile> files) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (PartFile file : files) {
            folders.add(file.directory());
            for (Path at = file.directory(); at.startsWith(root) && !forced.contains(at);
                at = at.getParent()) {
                folders.add(at);
            }
        }
        for (Path folder : folders) {
            force(folder);
        }
        forced.addAll(folders);
    }

    /** Forces a file or a folder. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(lock);
        forced.clear();
        lock = null;
        manifest = null;
    }
}
