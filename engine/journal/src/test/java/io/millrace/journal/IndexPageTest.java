// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library puts a page of its index behind the first of so many documents. */
class IndexPageTest {
    private static final int DOCUMENTS_PER_PAGE = 1 << 20;
    private static final int DOCUMENT_LENGTH = 24;

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

    private static void append(Path directory, long from, int count) {
        JournalContext context = JournalFixture.context().conclude();
        try (CycleAppender appender = new CycleAppender(directory, JournalQueue.INBOUND,
            JournalFixture.DATE, context, new DiskWatch(directory, 0, 0, context.counters()))) {
            for (int i = 0; i < count; i++) {
                assertEquals(Room.ENOUGH, appender.room());
                appender.append(DOCUMENT_LENGTH, 0, from + i);
            }
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
