// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Small text files in one directory, each replaced as a whole and forced, by name. */
final class NamedFiles {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final String PART = ".part";

    private final Path directory;

    NamedFiles(Path directory) {
        this.directory = directory;
    }

    Path path(String name) {
        if (!NAME.matcher(name).matches() || name.endsWith(PART)) {
            throw new IllegalArgumentException("name '" + name + "' is not 1 to 64 lower-case"
                + " letters, digits, dots and dashes");
        }
        return directory.resolve(name);
    }

    boolean exists(String name) {
        return Files.exists(path(name));
    }

    List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                .filter(name -> !name.endsWith(PART)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    List<String> read(String name) {
        Path path = path(name);
        try {
            if (!Files.exists(path)) {
                throw new JournalException(path + " does not exist: nothing is registered so");
            }
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new JournalException(path + " cannot be read: " + e);
        }
    }

    void write(String name, String text) {
        Path whole = path(name);
        Path part = directory.resolve(name + PART);
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, whole, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + whole, e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path(name), e);
        }
    }
}
