// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.retention;

import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who reads the journals under a root and how far each has come, in {@code <root>/readers/<name>}:
 * nothing that a registered reader has yet to confirm is deleted. Each reader writes its own file,
 * as a whole; any process reads all.
 *
 * <pre>
 *  millrace-reader 1
 *  inbound none                  a queue that it reads and of which it has confirmed nothing
 *  outbound 2026-01-02 4711      epoch and last sequence of what it has confirmed
 * </pre>
 */
public final class ReaderRegistry {
    private static final String DIRECTORY = "readers";
    private static final String TITLE = "millrace-reader 1";
    private static final String NONE = "none";

    private final NamedFiles files;

    /** @param root directory with one folder per trading date */
    public ReaderRegistry(Path root) {
        files = new NamedFiles(root.resolve(DIRECTORY));
    }

    /**
     * A place in a queue.
     *
     * @param epoch    trading date
     * @param sequence last event that is confirmed, all before it included
     */
    public record Position(LocalDate epoch, long sequence) {
        boolean isBefore(Position other) {
            return epoch.isBefore(other.epoch)
                || epoch.equals(other.epoch) && sequence < other.sequence;
        }
    }

    /**
     * Makes a reader known; one that is known keeps what it has confirmed.
     *
     * @param name   lower-case letters, digits, dots and dashes, 64 at most
     * @param queues that it reads
     */
    public void register(String name, Set<JournalQueue> queues) {
        Map<JournalQueue, Position> positions = files.exists(name) ? confirmed(name)
            : new EnumMap<>(JournalQueue.class);
        queues.forEach(queue -> positions.putIfAbsent(queue, null));
        write(name, positions);
    }

    /**
     * Everything up to an event is safe elsewhere; what is behind an earlier confirmation changes
     * nothing.
     *
     * @throws JournalException when the reader or its queue is not registered
     */
    public void confirm(String name, JournalQueue queue, LocalDate epoch, long sequence) {
        Map<JournalQueue, Position> positions = confirmed(name);
        if (!positions.containsKey(queue)) {
            throw new JournalException("reader '" + name + "' is not registered for the "
                + queue.label() + " queue");
        }
        Position position = new Position(epoch, sequence);
        Position before = positions.get(queue);
        if (before == null || before.isBefore(position)) {
            positions.put(queue, position);
            write(name, positions);
        }
    }

    /**
     * What a reader has confirmed of each queue that it reads, null for nothing.
     *
     * @throws JournalException when there is no such reader, or its file is damaged
     */
    public Map<JournalQueue, Position> confirmed(String name) {
        List<String> lines = files.read(name);
        Map<JournalQueue, Position> positions = new EnumMap<>(JournalQueue.class);
        try {
            if (!lines.get(0).equals(TITLE)) {
                throw new IllegalArgumentException(lines.get(0));
            }
            for (String line : lines.subList(1, lines.size())) {
                String[] words = line.split(" ");
                positions.put(JournalQueue.valueOf(words[0].toUpperCase(Locale.ROOT)),
                    words[1].equals(NONE) ? null
                        : new Position(LocalDate.parse(words[1]), Long.parseLong(words[2])));
            }
        } catch (RuntimeException e) {
            throw new JournalException(files.path(name) + " is damaged: " + e.getMessage());
        }
        return positions;
    }

    /** Names of all readers. */
    public List<String> names() {
        return files.names();
    }

    /** A reader that comes no more holds nothing back. */
    public void remove(String name) {
        files.delete(name);
    }

    private void write(String name, Map<JournalQueue, Position> positions) {
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        new TreeMap<>(positions).forEach((queue, position) -> text.append(queue.label())
            .append(' ').append(position == null ? NONE
                : position.epoch() + " " + position.sequence()).append('\n'));
        files.write(name, text.toString());
    }
}
