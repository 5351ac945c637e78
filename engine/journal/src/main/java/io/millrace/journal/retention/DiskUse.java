// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.retention;

import io.millrace.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Disk that the epochs under a root take, and how long the rest will last. A file of a killed
 * engine is longer than what it takes of the disk, so the system's {@code du} is asked; where there
 * is none, the lengths stand for it.
 *
 * @param epochs      earliest first
 * @param usableBytes that the file system has left
 */
public record DiskUse(List<Epoch> epochs, long usableBytes) {
    /** Epochs whose mean is the growth of a day. */
    private static final int GROWTH_EPOCHS = 10;
    private static final long KIBIBYTE = 1024;

    /**
     * One epoch.
     *
     * @param date           trading date
     * @param directory      of the epoch
     * @param byteCount      length of its files
     * @param allocatedBytes that they take of the disk
     */
    public record Epoch(LocalDate date, Path directory, long byteCount, long allocatedBytes) {
    }

    /** What is there now. */
    public static DiskUse of(Path root) {
        List<Path> directories = Journal.list(root).stream()
            .map(date -> Journal.directory(root, date)).toList();
        Map<Path, Long> allocated = allocated(directories);
        List<Epoch> epochs = new ArrayList<>();
        for (Path directory : directories) {
            long bytes = byteCount(directory);
            epochs.add(new Epoch(LocalDate.parse(directory.getFileName().toString()), directory,
                bytes, allocated.getOrDefault(directory, bytes)));
        }
        return new DiskUse(List.copyOf(epochs), root.toFile().getUsableSpace());
    }

    /** Bytes that all epochs take. */
    public long allocatedBytes() {
        return epochs.stream().mapToLong(Epoch::allocatedBytes).sum();
    }

    /** Bytes of a day: the mean of the latest epochs. */
    public long bytesPerDay() {
        return (long) epochs.subList(Math.max(0, epochs.size() - GROWTH_EPOCHS), epochs.size())
            .stream().mapToLong(Epoch::allocatedBytes).average().orElse(0);
    }

    /** Days until the disk is full when it goes on so; Long.MAX_VALUE when nothing grows. */
    public long daysToFull() {
        return bytesPerDay() == 0 ? Long.MAX_VALUE : usableBytes / bytesPerDay();
    }

    private static long byteCount(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length())
                .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static Map<Path, Long> allocated(List<Path> directories) {
        Map<Path, Long> bytes = new LinkedHashMap<>();
        if (directories.isEmpty()) {
            return bytes;
        }
        List<String> command = new ArrayList<>(List.of("du", "-s", "-k"));
        directories.forEach(directory -> command.add(directory.toString()));
        try {
            Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
            text.lines().forEach(line -> {
                int tab = line.indexOf('\t');
                bytes.put(Path.of(line.substring(tab + 1)),
                    Long.parseLong(line.substring(0, tab)) * KIBIBYTE);
            });
        } catch (IOException | RuntimeException e) {
            bytes.clear();
        }
        return bytes;
    }
}
