// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.journal.ExcerptDescriptor.MAX_LENGTH;
import static io.millrace.journal.ExcerptDescriptor.RUN_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.journal.ExcerptWalker.Step;
import io.millrace.journal.disk.Room;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The head as the first excerpts of a queue: excerpts without events, numbered from 0 where an
 * excerpt of events has its first sequence. Each begins with the number of parts, the first one's
 * text with the format's version.
 *
 * <pre>
 *  +0       +4       +8           +16         +20     +24
 *  | crc32c | 0      | part       | partCount | bytes | text, padded to 8
 * </pre>
 */
final class HeadExcerpts {
    private static final int BYTES_OFFSET = RUN_OFFSET + Integer.BYTES;
    private static final int TEXT_OFFSET = BYTES_OFFSET + Integer.BYTES;
    private static final int TEXT_LENGTH = MAX_LENGTH - TEXT_OFFSET;

    private HeadExcerpts() {
    }

    static void append(CycleAppender appender, JournalHead head) {
        byte[] text = head.encode();
        int partCount = (text.length + TEXT_LENGTH - 1) / TEXT_LENGTH;
        for (int part = 0; part < partCount; part++) {
            if (appender.reach() != Room.ENOUGH) {
                throw new JournalException("there is no room for the head of " + appender.path());
            }
            int from = part * TEXT_LENGTH;
            int length = Math.min(TEXT_LENGTH, text.length - from);
            int padded = length + 7 & ~7;
            appender.buffer().setMemory(TEXT_OFFSET, padded, (byte) 0);
            appender.buffer().putInt(RUN_OFFSET, partCount, LITTLE_ENDIAN);
            appender.buffer().putInt(BYTES_OFFSET, length, LITTLE_ENDIAN);
            appender.buffer().putBytes(TEXT_OFFSET, text, from, length);
            appender.append(TEXT_OFFSET + padded, 0, part);
        }
    }

    /**
     * Reads the head of the inbound queue, or of the outbound one where the inbound one's is
     * damaged.
     */
    static JournalHead read(Path epochDirectory) {
        JournalHead head = readIfWhole(epochDirectory);
        if (head == null) {
            throw new JournalException("the head of " + epochDirectory
                + " cannot be read in either queue");
        }
        return head;
    }

    /** The same; null where the head is damaged in both queues. */
    static JournalHead readIfWhole(Path epochDirectory) {
        for (JournalQueue queue : JournalQueue.values()) {
            byte[] text = text(queue.directory(epochDirectory));
            if (text != null) {
                return JournalHead.decode(text);
            }
        }
        return null;
    }

    /** True when the head of a queue is whole. */
    static boolean isWhole(Path queueDirectory) {
        return text(queueDirectory) != null;
    }

    private static byte[] text(Path queueDirectory) {
        List<Path> files = CycleFiles.list(queueDirectory);
        if (files.isEmpty()) {
            return null;
        }
        try (CycleWindow file = new CycleWindow(files.get(0))) {
            return text(new ExcerptWalker(file, true));
        }
    }

    private static byte[] text(ExcerptWalker walker) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int part = 0;
        int partCount = 1;
        for (Step step = walker.step(); part < partCount; step = walker.step()) {
            if (step == Step.HEAD) {
                int offset = walker.runOffset() - RUN_OFFSET;
                partCount = walker.file().buffer().getInt(offset + RUN_OFFSET, LITTLE_ENDIAN);
                int length = walker.file().buffer().getInt(offset + BYTES_OFFSET, LITTLE_ENDIAN);
                if (walker.firstSequence() != part || length < 0
                    || length > walker.length() - TEXT_OFFSET
                    || text.size() > JournalHead.MAX_LENGTH) {
                    return null;
                }
                byte[] bytes = new byte[length];
                walker.file().buffer().getBytes(offset + TEXT_OFFSET, bytes);
                text.writeBytes(bytes);
                part++;
            } else if (step != Step.STRUCTURE) {
                return null;
            }
            walker.advance();
        }
        return text.toByteArray();
    }
}
