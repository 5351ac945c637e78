// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.event.EventDescriptor;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;

/**
 * The row "replay: records" of a plain Chronicle queue with one event per excerpt, read to its end.
 * Options: file, chunk, count (events), folder.
 */
public final class ChronicleTailContender implements Contender {
    private static final int INSTRUMENT =
        EventDescriptor.HEADER_LENGTH + EventDescriptor.INSTRUMENT_ID_OFFSET;

    private final EventImages images;
    private final Path folder;
    private final long count;
    private long sum;

    /** Built by the contender's process. */
    public ChronicleTailContender(Options options) {
        images = new EventImages(options);
        folder = Path.of(options.text("folder"), "chronicle");
        count = RecordFlow.count(options);
    }

    @Override
    public void prepare() {
        Folders.remove(folder);
        Bytes<?>[] events = new Bytes<?>[EventImages.COUNT];
        for (int i = 0; i < events.length; i++) {
            events[i] = Bytes.allocateDirect(images.image(i).byteArray());
        }
        try (ChronicleQueue queue = ChronicleQueue.single(folder.toString());
            ExcerptAppender appender = queue.createAppender()) {
            for (long i = 0; i < count; i++) {
                appender.writeBytes(events[(int) i & EventImages.COUNT - 1]);
            }
        }
        read();
    }

    @Override
    public void round(int index, Figures figures) {
        long startNs = System.nanoTime();
        long read = read();
        figures.speed(read, System.nanoTime() - startNs);
        if (read != count) {
            throw new IllegalStateException("read " + read + " of " + count + " events");
        }
    }

    @Override
    public long checksum() {
        return sum;
    }

    @Override
    public void close() {
        Folders.remove(folder);
    }

    private long read() {
        Bytes<?> event = Bytes.allocateElasticDirect(EventDescriptor.SLOT_LENGTH);
        long read = 0;
        sum = 0;
        try (ChronicleQueue queue = ChronicleQueue.single(folder.toString());
            ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(event.clear())) {
                sum += event.readInt(INSTRUMENT);
                read++;
            }
        } finally {
            event.releaseLast();
        }
        return read;
    }
}
