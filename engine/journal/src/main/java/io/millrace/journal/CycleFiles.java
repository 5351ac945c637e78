// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one queue in the order of their cycles, one of them open. Usually an epoch is one
 * file; where a cycle ends is only a matter of file size. Seeks by bisecting bytes: any whole
 * excerpt can be recognised where it stands, so that no index is needed and none is believed. Owned
 * by one reading thread.
 */
final class CycleFiles implements AutoCloseable {
    static final String SUFFIX = ".cq4";

    /** Bytes within which a written part of a file holds at least one whole excerpt. */
    private static final long EXCERPT_REACH = 1L << 19;
    private static final long BISECTION_END = 1L << 18;

    /** What a seek compares with its limit. */
    private enum Key { SEQUENCE, RECEIVE_TIME }

    private final Path directory;
    private final boolean isCrcChecked;
    private Path path;
    private CycleWindow file;
    private ExcerptWalker walker;

    CycleFiles(Path directory, boolean isCrcChecked) {
        this.directory = directory;
        this.isCrcChecked = isCrcChecked;
    }

    /** Files of a queue's directory in the order of their cycles. */
    static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> entry.getFileName().toString().endsWith(SUFFIX)).sorted()
                .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /**
     * Opens the file behind the open one, or the first; false, with the open one kept, when there
     * is none.
     */
    boolean openNext() {
        for (Path candidate : list(directory)) {
            if (path == null || candidate.compareTo(path) > 0) {
                open(candidate);
                return true;
            }
        }
        return false;
    }

    private void open(Path candidate) {
        close();
        path = candidate;
        file = new CycleWindow(candidate);
        walker = new ExcerptWalker(file, isCrcChecked);
    }

    /**
     * Moves to an excerpt at or before the first event of a sequence or greater.
     *
     * @return sequence of the first event of that excerpt, 1 when there is none
     */
    long seekSequence(long sequence) {
        return seek(Key.SEQUENCE, sequence + 1);
    }

    /**
     * Moves to an excerpt at or before the first event received at a time or later.
     *
     * @return sequence of the first event of that excerpt, 1 when there is none
     */
    long seekTime(long receiveTimeNs) {
        return seek(Key.RECEIVE_TIME, receiveTimeNs);
    }

    private long seek(Key key, long limit) {
        List<Path> paths = list(directory);
        for (int i = paths.size() - 1; i >= 0; i--) {
            open(paths.get(i));
            boolean isFirstFile = i == 0;
            if (walker.resync(0, Long.MAX_VALUE) && (isFirstFile || isBelow(key, limit))) {
                bisect(key, limit);
                return walker.firstSequence();
            }
        }
        rewind();
        return 1;
    }

    private void bisect(Key key, long limit) {
        long low = walker.position();
        long high = file.length();
        while (high - low > BISECTION_END) {
            long middle = (low + high) >>> 1;
            if (walker.resync(middle, Math.min(high, middle + EXCERPT_REACH))
                && isBelow(key, limit)) {
                low = walker.position();
            } else {
                high = middle;
            }
        }
        walker.position(low);
        walker.step();
    }

    private boolean isBelow(Key key, long limit) {
        return (key == Key.SEQUENCE ? walker.firstSequence() : walker.firstReceiveTimeNs()) < limit;
    }

    private void rewind() {
        close();
        path = null;
        openNext();
    }

    /** The walker over the open file, null before the first is open. */
    ExcerptWalker walker() {
        return walker;
    }

    /** The open file, or the directory before the first is open. */
    Path path() {
        return path == null ? directory : path;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
            walker = null;
        }
    }
}
