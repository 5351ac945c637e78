// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.bridge.Position;
import io.millrace.bridge.table.TableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of an epoch, one JSON line each, and behind those of each batch the position that they
 * reach: only what stands before such a line counts. A file with quotes across venues in it says
 * so at its end, "nbbo":true. Appended at once and forced. One writer.
 *
 * <pre>
 *  {"file":"trades/trading_date=2026-01-02/symbol_group=A-Z/part-...parquet","table":"trades",...}
 *  {"position":"2026-01-02 1767355200000000000 1200 340","files":1}
 * </pre>
 */
final class Manifest {
    private static final String POSITION = "{\"position\":\"";
    private static final String NBBO = ",\"nbbo\":true";
    private static final Pattern FILE = Pattern.compile(
        "\\{\"file\":\"([^\"]+)\",\"table\":\"(\\w+)\",\"queue\":\"\\w+\",\"rows\":(\\d+)"
            + ",\"first_sequence\":(\\d+),\"last_sequence\":(\\d+)"
            + ",\"min_time\":(-?\\d+),\"max_time\":(-?\\d+)(" + NBBO + ")?}");

    private final Path path;
    private final Map<String, TableFile> files = new LinkedHashMap<>();
    private Position position;

    private Manifest(Path path) {
        this.path = path;
    }

    /** Reads what is there, and cuts off what a kill or a full disk left behind the last batch. */
    static Manifest open(Path path) throws IOException {
        Manifest manifest = new Manifest(path);
        if (Files.exists(path)) {
            manifest.cut(manifest.learnAll());
        }
        return manifest;
    }

    /** Reads what is there beside the one that writes it, and changes nothing. */
    static Manifest read(Path path) throws IOException {
        Manifest manifest = new Manifest(path);
        manifest.learnAll();
        return manifest;
    }

    /** Returns where the last whole batch ends. */
    private int learnAll() throws IOException {
        String text = Files.readString(path);
        int start = text.lastIndexOf(POSITION);
        while (start >= 0 && text.indexOf("}\n", start) < 0) {
            start = text.lastIndexOf(POSITION, start - 1);
        }
        int end = start < 0 ? 0 : text.indexOf("}\n", start) + 2;
        text.substring(0, end).lines().forEach(this::learn);
        return end;
    }

    private void learn(String line) {
        Matcher file = FILE.matcher(line);
        if (file.matches()) {
            files.put(file.group(1), new TableFile(file.group(1), file.group(2), number(file, 3),
                number(file, 4), number(file, 5), number(file, 6), number(file, 7),
                file.group(8) != null));
        } else {
            position = Position.parse(
                line.substring(POSITION.length(), line.indexOf('"', POSITION.length())));
        }
    }

    private static long number(Matcher file, int group) {
        return Long.parseLong(file.group(group));
    }

    private static String line(PartFile file) {
        TableFile entry = file.entry();
        return "{\"file\":\"" + entry.path() + "\",\"table\":\"" + entry.table()
            + "\",\"queue\":\"" + file.name().queue().label() + "\",\"rows\":" + entry.rows()
            + ",\"first_sequence\":" + entry.firstSequence() + ",\"last_sequence\":"
            + entry.lastSequence() + ",\"min_time\":" + entry.minTimeNs() + ",\"max_time\":"
            + entry.maxTimeNs() + (entry.hasNbbo() ? NBBO : "") + "}\n";
    }

    private void cut(long lengthBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, WRITE)) {
            if (channel.size() > lengthBytes) {
                channel.truncate(lengthBytes);
                channel.force(true);
            }
        }
    }

    Path path() {
        return path;
    }

    /** How far the files reach, or null before the first batch. */
    Position position() {
        return position;
    }

    /** True for the path below the root of a file that counts. */
    boolean holds(String file) {
        return files.containsKey(file);
    }

    /** The files that count, in the order in which they came to. */
    List<TableFile> files() {
        return List.copyOf(files.values());
    }

    /** From now on the files of a batch count, and so does the position behind it. */
    void append(Collection<PartFile> batch, Position behind) throws IOException {
        StringBuilder text = new StringBuilder();
        batch.forEach(file -> text.append(line(file)));
        text.append(POSITION).append(behind).append("\",\"files\":").append(batch.size())
            .append("}\n");
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
        boolean isNew = !Files.exists(path);
        try (FileChannel channel = FileChannel.open(path, CREATE, APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (isNew) {
            Archive.force(path.getParent());
        }
        text.toString().lines().forEach(this::learn);
    }
}
