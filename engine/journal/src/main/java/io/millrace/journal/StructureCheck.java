// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.journal.ExcerptWalker.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.LongArrayList;

/**
 * Checks what the queue library itself keeps in a queue: the header of each file, its index pages,
 * the queue's metadata. No event stands there and no reader of ours believes it, but the library
 * does when it continues the queue.
 *
 * <pre>
 *  index page:  | name | capacity i64 | used i64 | capacity x i64 |   the position of every 256th document
 * </pre>
 */
final class StructureCheck {
    private static final String METADATA_FILE = "metadata.cq4t";
    private static final String WRITE_POSITION = "writePosition";
    private static final int INDEX_SPACING = 256;
    private static final int MAX_HEADER_LENGTH = 1 << 12;
    private static final List<String> HEADER_NAMES = List.of(
        "header", "SCQStore", WRITE_POSITION, "indexing", "SCQSIndexing", "indexCount",
        "indexSpacing", "index2Index", "lastIndex", "dataFormat");
    private static final List<String> METADATA_NAMES = List.of(
        "header", "STStore", "wireType", "WireType", "BINARY_LIGHT", "metadata", "SCQMeta", "roll",
        "SCQSRoll", "length", "format", "yyyyMMdd'F'", "epoch", "sourceId",
        "listing.highestCycle", "listing.lowestCycle", "listing.modCount",
        "chronicle.write.lock", "chronicle.append.lock");

    private final Consumer<Damage> listener;
    private final LongArrayList indexed = new LongArrayList();
    private final List<long[]> pages = new ArrayList<>();
    private Path path;
    private long documentCount;

    StructureCheck(Consumer<Damage> listener) {
        this.listener = listener;
    }

    /** Checks the queue's metadata. */
    void checkMetadata(Path queueDirectory) {
        path = queueDirectory.resolve(METADATA_FILE);
        if (!Files.exists(path)) {
            report(0, "the queue's metadata are missing");
            return;
        }
        try (CycleWindow file = new CycleWindow(path)) {
            checkNames(new ExcerptWalker(file, false), METADATA_NAMES,
                "the queue's metadata are damaged");
        }
    }

    /** Checks the structure of one file of the queue. */
    void checkFile(Path cycle) {
        path = cycle;
        indexed.clear();
        pages.clear();
        documentCount = 0;
        try (CycleWindow file = new CycleWindow(cycle)) {
            ExcerptWalker walker = new ExcerptWalker(file, false);
            checkNames(walker, HEADER_NAMES, "the file's header is damaged");
            walk(walker);
        }
    }

    /**
     * Where the queue library believes the last document to begin; -1 when its header does not
     * tell. It stands behind its name as an array of two words, the position first.
     */
    static long writePosition(CycleWindow file) {
        byte[] head = new byte[128];
        if (!file.ensure(0, head.length)) {
            return -1;
        }
        file.buffer().getBytes(file.offset(0), head);
        int name = new String(head, StandardCharsets.ISO_8859_1).indexOf(WRITE_POSITION);
        for (int at = name + WRITE_POSITION.length() + 7 & ~7; name > 0 && at < 80; at += 8) {
            if (file.buffer().getLong(file.offset(0) + at, LITTLE_ENDIAN) == 2) {
                return file.buffer().getLong(file.offset(0) + at + 16, LITTLE_ENDIAN);
            }
        }
        return -1;
    }

    private void checkNames(ExcerptWalker walker, List<String> names, String reason) {
        if (walker.step() != Step.STRUCTURE || walker.length() > MAX_HEADER_LENGTH) {
            report(walker.position(), reason);
            return;
        }
        byte[] bytes = new byte[(int) Math.min(walker.file().length(), MAX_HEADER_LENGTH)];
        walker.file().ensure(0, bytes.length);
        walker.file().buffer().getBytes(walker.file().offset(0), bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = 0;
        for (String name : names) {
            at = text.indexOf(name, at);
            if (at < 0) {
                report(0, reason + " ('" + name + "' is not where it belongs)");
                return;
            }
            at += name.length();
        }
    }

    private void walk(ExcerptWalker walker) {
        Step step = walker.step();
        while (step == Step.STRUCTURE || step == Step.EXCERPT || step == Step.HEAD) {
            if (step == Step.STRUCTURE) {
                keepPage(walker);
            } else {
                if (documentCount % INDEX_SPACING == 0) {
                    indexed.addLong(walker.position());
                }
                documentCount++;
            }
            walker.advance();
            step = walker.step();
        }
        if (step == Step.BROKEN) {
            report(walker.position(), "the chain of documents is broken");
        } else {
            checkPages(walker.file());
        }
    }

    private void keepPage(ExcerptWalker walker) {
        CycleWindow file = walker.file();
        int head = Math.min(walker.length(), 64);
        byte[] bytes = new byte[head];
        int start = file.offset(walker.position()) + ExcerptWalker.WORD_LENGTH;
        int beforeWord = (int) -(walker.position() + ExcerptWalker.WORD_LENGTH) & 7;
        file.buffer().getBytes(start, bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean isPage = text.startsWith("index", 2) && !text.startsWith("index2index", 2);
        if (!isPage) {
            return;
        }
        long capacity = 0;
        int arrayOffset = 0;
        for (int i = beforeWord; i + 16 <= head && capacity <= 0; i += 8) {
            long candidate = file.buffer().getLong(start + i, LITTLE_ENDIAN);
            if (candidate > 0 && walker.length() == i + 16 + candidate * 8) {
                capacity = candidate;
                arrayOffset = start + i;
            }
        }
        if (capacity == 0) {
            report(walker.position(), "an index page has no array");
            return;
        }
        keepPositions(walker, arrayOffset, (int) capacity);
    }

    private void keepPositions(ExcerptWalker walker, int arrayOffset, int capacity) {
        long[] page = new long[capacity + 2];
        page[0] = walker.position();
        page[1] = walker.position() + arrayOffset + 16 - walker.file().offset(walker.position());
        for (int i = 0; i < capacity; i++) {
            page[i + 2] = walker.file().buffer().getLong(arrayOffset + 16 + i * 8, LITTLE_ENDIAN);
        }
        pages.add(page);
    }

    /**
     * A writer may have gone on while the file was walked: what a page did not tell when it was
     * met, it may tell now.
     */
    private void checkPages(CycleWindow file) {
        int at = 0;
        for (long[] page : pages) {
            int capacity = page.length - 2;
            for (int i = 0; i < capacity; i++, at++) {
                boolean isDue = at < indexed.size();
                long expected = isDue ? indexed.getLong(at) : 0;
                boolean isLastPending = at == indexed.size() - 1 && page[i + 2] == 0;
                if (page[i + 2] != expected && !isLastPending
                    && (page[i + 2] != 0 || entry(file, page[1] + i * 8L) != expected)) {
                    report(page[0], "an index page points "
                        + (isDue ? "beside an excerpt" : "behind the last excerpt"));
                    return;
                }
            }
        }
    }

    private static long entry(CycleWindow file, long position) {
        file.refresh();
        return file.ensure(position, Long.BYTES)
            ? file.buffer().getLong(file.offset(position), LITTLE_ENDIAN) : 0;
    }

    private void report(long position, String reason) {
        listener.accept(new Damage(path, position, 0, -1, reason));
    }

    /** Length of a queue's files together. */
    static long byteCount(Path queueDirectory) {
        long sum = 0;
        for (Path file : CycleFiles.list(queueDirectory)) {
            try {
                sum += Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the length of " + file, e);
            }
        }
        return sum;
    }
}
