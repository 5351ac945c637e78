// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library puts a page of its index behind the first of so many documents. */
class IndexPageTest {
    private static final int DOCUMENTS_PER_PAGE = 1 << 20;
    private static final int DOCUMENT_LENGTH = 24;
    private static final int PAGES = 5;
    private static final Path MAPS = Path.of("/proc/self/maps");
    /** Head and newest page of the index, and where the library and where we append; our head. */
    private static final int MAPPED = 5;
    private static final long PATIENCE_NS = 10_000_000_000L;

    @TempDir
    private Path root;

    @Test
    void shouldKeepThePageThatStandsBehindTheLastOrTheFirstAppend() throws IOException {
        Path closed = Files.createDirectories(root.resolve("closed"));
        append(closed, 0, DOCUMENTS_PER_PAGE);
        Path continued = Files.createDirectories(root.resolve("continued"));
        for (String name : Files.list(closed).map(file -> file.getFileName().toString()).toList()) {
            Files.copy(closed.resolve(name), continued.resolve(name));
        }

        append(closed, DOCUMENTS_PER_PAGE, 1);
        append(continued, DOCUMENTS_PER_PAGE, 3_000);

        assertEquals(List.of(), damages(closed));
        assertEquals(DOCUMENTS_PER_PAGE + 1, documents(closed));
        assertEquals(List.of(), damages(continued));
        assertEquals(DOCUMENTS_PER_PAGE + 3_000, documents(continued));
    }

    @Test
    void shouldKeepNoPageMappedThatIsFull() throws IOException {
        assumeTrue(Files.isReadable(MAPS), "a kernel that tells what is mapped");
        Path directory = Files.createDirectories(root.resolve("long"));
        try (CycleAppender appender = open(directory)) {
            for (int page = 0; page < PAGES; page++) {
                append(appender, (long) page * DOCUMENTS_PER_PAGE, DOCUMENTS_PER_PAGE);
                System.gc();
            }
            awaitMapped(file(directory));
        }
        assertEquals(PAGES * DOCUMENTS_PER_PAGE, documents(directory));
    }

    /** The library unmaps on a thread of its own. */
    private static void awaitMapped(Path file) throws IOException {
        long limitNs = System.nanoTime() + PATIENCE_NS;
        while (mapped(file) > MAPPED && System.nanoTime() < limitNs) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(MAPPED, mapped(file));
    }

    private static long mapped(Path file) throws IOException {
        return Files.readAllLines(MAPS).stream().filter(line -> line.endsWith(file.toString()))
            .count();
    }

    private static void append(Path directory, long from, int count) {
        try (CycleAppender appender = open(directory)) {
            append(appender, from, count);
        }
    }

    private static CycleAppender open(Path directory) {
        JournalContext context = JournalFixture.context().conclude();
        return new CycleAppender(directory, JournalQueue.INBOUND, JournalFixture.DATE, context,
            new DiskWatch(directory, 0, 0, context.counters()));
    }

    private static void append(CycleAppender appender, long from, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(Room.ENOUGH, appender.room());
            appender.append(DOCUMENT_LENGTH, 0, from + i);
        }
    }

    private static List<Damage> damages(Path directory) {
        List<Damage> damages = new ArrayList<>();
        new StructureCheck(damages::add).checkFile(file(directory));
        return damages;
    }

    /** Documents with a right check, numbered from 0, before the first that is none. */
    private static int documents(Path directory) {
        try (CycleWindow file = new CycleWindow(file(directory))) {
            ExcerptWalker walker = new ExcerptWalker(file, true);
            int count = 0;
            ExcerptWalker.Step step = walker.step();
            while (step == ExcerptWalker.Step.STRUCTURE
                || step == ExcerptWalker.Step.HEAD && walker.firstSequence() == count) {
                count += step == ExcerptWalker.Step.HEAD ? 1 : 0;
                walker.advance();
                step = walker.step();
            }
            return count;
        }
    }

    private static Path file(Path directory) {
        return CycleAppender.file(directory, JournalFixture.DATE);
    }
}
