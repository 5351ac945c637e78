// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.counter.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
    private static final long SAMPLE_NS = 10_000_000L;

    @TempDir
    private Path folder;

    private final Counters counters = Counters.inMemory();
    private long usable = 500;
    private long nowNs;
    private final DiskWatch watch =
        new DiskWatch(() -> usable, 100, 200, counters, () -> nowNs);

    @Test
    void shouldTellLowSpaceAtTheNextSampleAndRoomAboveTheMarginOnly() {
        usable = 99;
        watch.doWork();
        assertEquals("ENOUGH true 500", told());
        assertEquals("LOW false 99", sample());
        usable = 100;
        assertEquals("ENOUGH false 100", sample());
        usable = 200;
        assertEquals("ENOUGH true 200", sample());
    }

    @Test
    void shouldTellAFileThatIsNoLongerTheSame() throws IOException {
        Path file = Files.createFile(folder.resolve("journal"));
        watch.file(file);
        assertEquals("ENOUGH true 500", samples());
        Files.move(file, folder.resolve("aside"));
        Files.createFile(file);
        assertEquals("GONE false 500", samples());
        Files.move(folder.resolve("aside"), file,
            StandardCopyOption.REPLACE_EXISTING);
        assertEquals("GONE false 500", samples());
    }

    private String samples() {
        for (int i = 0; i < 10; i++) {
            sample();
        }
        return told();
    }

    private String sample() {
        nowNs += SAMPLE_NS;
        watch.doWork();
        return told();
    }

    private String told() {
        return watch.room() + " " + watch.isRoomy() + " " + counters.value(DiskWatch.USABLE);
    }
}
