// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.benchmarks.rig.ProcessorTimes;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;

/**
 * The row "journal append" of a plain Chronicle queue: writeBytes of one event after another, all
 * options as they come. Options: file, chunk, bytes, folder.
 */
public final class ChronicleAppendContender implements Contender {
    private final Path folder;
    private final PageCache pages;
    private final long count;
    private final Bytes<?>[] events = new Bytes<?>[EventImages.COUNT];

    /** Built by the contender's process. */
    public ChronicleAppendContender(Options options) {
        EventImages images = new EventImages(options);
        folder = Path.of(options.text("folder"), "chronicle");
        long bytes = Long.parseLong(options.text("bytes"));
        count = images.eventsOf(bytes);
        pages = new PageCache(folder, bytes);
        for (int i = 0; i < events.length; i++) {
            events[i] = Bytes.allocateDirect(images.image(i).byteArray());
        }
    }

    @Override
    public void prepare() {
        append(Math.min(count, 40L * EventImages.COUNT));
        Folders.remove(folder);
    }

    @Override
    public void round(int index, Figures figures) {
        pages.fill();
        ProcessorTimes before = ProcessorTimes.read();
        append(count);
        ProcessorTimes after = ProcessorTimes.read();
        figures.speed(count, after.usedNs() - before.usedNs())
            .put("wallNsPerEvent", (double) (after.atNs() - before.atNs()) / count)
            .put("writtenGb", Folders.bytes(folder) / 1e9);
        Folders.remove(folder);
    }

    @Override
    public long checksum() {
        return 0;
    }

    @Override
    public void close() {
        Folders.remove(folder);
        pages.close();
    }

    private void append(long eventCount) {
        try (ChronicleQueue queue = ChronicleQueue.single(folder.toString());
            ExcerptAppender appender = queue.createAppender()) {
            for (long i = 0; i < eventCount; i++) {
                appender.writeBytes(events[(int) i & EventImages.COUNT - 1]);
            }
        }
    }
}
