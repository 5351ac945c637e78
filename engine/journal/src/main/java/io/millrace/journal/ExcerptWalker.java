// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.RECEIVE_TIME_OFFSET;
import static io.millrace.event.EventDescriptor.SEQUENCE_OFFSET;
import static io.millrace.journal.ExcerptDescriptor.COUNT_OFFSET;
import static io.millrace.journal.ExcerptDescriptor.CRC_OFFSET;
import static io.millrace.journal.ExcerptDescriptor.FIRST_SEQUENCE_OFFSET;
import static io.millrace.journal.ExcerptDescriptor.RUN_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.MessageHeaderDecoder;
import io.millrace.event.EventDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the documents of one file of a queue: a little-endian length word whose two highest bits
 * mean "not complete" and "structure", then the bytes, then padding to four. It believes no length,
 * count or position before checking it and never leaves the file. Owned by one reading thread.
 */
final class ExcerptWalker {
    /** What stands at the walker's position. */
    enum Step { EXCERPT, HEAD, STRUCTURE, END, END_OF_FILE, OPEN, BROKEN }

    static final int WORD_LENGTH = 4;

    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int STRUCTURE_BIT = 0x4000_0000;
    private static final int OPEN_BIT = 0x8000_0000;
    private static final int END_OF_FILE_WORD = OPEN_BIT | STRUCTURE_BIT;
    /** Longest structure document: the widest index page of any roll cycle is far below. */
    private static final int MAX_STRUCTURE_LENGTH = 1 << 22;

    private final CycleWindow file;
    private final boolean isCrcChecked;
    private long position;
    private int length;

    ExcerptWalker(CycleWindow file, boolean isCrcChecked) {
        this.file = file;
        this.isCrcChecked = isCrcChecked;
    }

    /**
     * Looks at the document at the position without moving. What is no whole document is believed
     * when two looks agree: a writer may have gone on since the window was read, or while it was.
     */
    Step step() {
        Step before = null;
        Step step = look();
        while (step != before && !isWhole(step)) {
            file.refresh();
            before = step;
            step = look();
        }
        return step;
    }

    private static boolean isWhole(Step step) {
        return step != Step.END && step != Step.OPEN && step != Step.BROKEN;
    }

    private Step look() {
        length = 0;
        if (!file.ensure(position, WORD_LENGTH)) {
            return Step.END;
        }
        int word = file.word(position);
        if (word == 0) {
            return Step.END;
        }
        if (word == END_OF_FILE_WORD) {
            return Step.END_OF_FILE;
        }
        if ((word & OPEN_BIT) != 0) {
            return Step.OPEN;
        }
        return (word & STRUCTURE_BIT) != 0 ? structure(word & LENGTH_MASK) : excerpt(word);
    }

    private Step structure(int documentLength) {
        if (documentLength > MAX_STRUCTURE_LENGTH
            || !file.ensure(position, WORD_LENGTH + documentLength)) {
            return Step.BROKEN;
        }
        length = documentLength;
        return Step.STRUCTURE;
    }

    private Step excerpt(int documentLength) {
        if (documentLength < RUN_OFFSET || documentLength > ExcerptDescriptor.MAX_LENGTH
            || !file.ensure(position, WORD_LENGTH + documentLength)) {
            return Step.BROKEN;
        }
        length = documentLength;
        if (count() != 0 && !ExcerptDescriptor.isPossible(count(), documentLength)
            || isCrcChecked && !isCrcRight()) {
            return Step.BROKEN;
        }
        return count() == 0 ? Step.HEAD : Step.EXCERPT;
    }

    /** Moves behind the document that {@link #step()} found. */
    void advance() {
        position += WORD_LENGTH + (length + 3 & ~3);
    }

    /**
     * Moves to the next whole excerpt of events at or behind a position, wherever the documents
     * before it went wrong; its check is always verified.
     *
     * @param until byte offset at which the search ends
     * @return false, with the position unchanged, when there is none
     */
    boolean resync(long from, long until) {
        long before = position;
        long end = Math.min(until, file.length()) - WORD_LENGTH;
        for (long candidate = from + 3 & ~3L; candidate <= end; candidate += WORD_LENGTH) {
            candidate = skipZeros(candidate, end);
            if (candidate <= end && isExcerptAt(candidate, 0)) {
                position = candidate;
                step();
                return true;
            }
        }
        position = before;
        return false;
    }

    private long skipZeros(long from, long end) {
        long candidate = from;
        while (candidate + 8 <= end && file.ensure(candidate, 8)) {
            long behind = file.behindZeros(candidate);
            if (behind == candidate) {
                break;
            }
            candidate = behind;
        }
        return candidate;
    }

    /**
     * True when a whole excerpt of events stands at a position, if these bits of its length word
     * are ignored.
     */
    boolean isExcerptAt(long candidate, int ignoredBits) {
        if (!file.ensure(candidate, WORD_LENGTH)) {
            return false;
        }
        int documentLength = file.word(candidate) & ~ignoredBits;
        if (documentLength < RUN_OFFSET + ExcerptDescriptor.MIN_EVENT_LENGTH
            || documentLength > ExcerptDescriptor.MAX_LENGTH
            || !file.ensure(candidate, WORD_LENGTH + documentLength)) {
            return false;
        }
        position = candidate;
        length = documentLength;
        return ExcerptDescriptor.isPossible(count(), documentLength) && firstSequence() > 0
            && schemaId(file.buffer(), runOffset()) == ClockEncoder.SCHEMA_ID && isCrcRight();
    }

    /** True when an excerpt that is still marked as open stands whole at the position. */
    boolean isOpenExcerptWhole() {
        long before = position;
        boolean isWhole = isExcerptAt(position, END_OF_FILE_WORD);
        position = before;
        return isWhole;
    }

    /**
     * Last sequence that the document at hand claims if it begins with this one; the same one if it
     * does not.
     */
    long declaredLast(long first) {
        boolean isClaimed = length >= RUN_OFFSET && file.ensure(position, WORD_LENGTH + length)
            && ExcerptDescriptor.isPossible(count(), length) && firstSequence() == first;
        return isClaimed ? first + count() - 1 : first;
    }

    /**
     * True when the excerpt's events have lengths that fill it, and consecutive sequences, whatever
     * its check says.
     */
    boolean isParseable() {
        if (length < RUN_OFFSET || !file.ensure(position, WORD_LENGTH + length)
            || !ExcerptDescriptor.isPossible(count(), length)) {
            return false;
        }
        UnsafeBuffer buffer = file.buffer();
        int end = runOffset() + length - RUN_OFFSET;
        int offset = runOffset();
        for (int i = 0; i < count(); i++) {
            if (!isEventAt(buffer, offset, end)
                || sequence(buffer, offset) != firstSequence() + i) {
                return false;
            }
            offset += HEADER_LENGTH + EventDescriptor.blockLength(buffer, offset + HEADER_LENGTH);
        }
        return offset == end;
    }

    /**
     * True when an event of our schema with a possible length stands at an offset and ends before
     * the limit.
     */
    static boolean isEventAt(UnsafeBuffer buffer, int headerOffset, int limit) {
        if (headerOffset + ExcerptDescriptor.MIN_EVENT_LENGTH > limit) {
            return false;
        }
        int eventLength = HEADER_LENGTH
            + EventDescriptor.blockLength(buffer, headerOffset + HEADER_LENGTH);
        return eventLength >= ExcerptDescriptor.MIN_EVENT_LENGTH
            && eventLength <= ExcerptDescriptor.MAX_EVENT_LENGTH
            && (eventLength & 7) == 0 && headerOffset + eventLength <= limit
            && schemaId(buffer, headerOffset) == ClockEncoder.SCHEMA_ID;
    }

    boolean isCrcRight() {
        return file.buffer().getInt(field(CRC_OFFSET), LITTLE_ENDIAN)
            == file.crc(position + WORD_LENGTH + COUNT_OFFSET, length - COUNT_OFFSET);
    }

    void position(long newPosition) {
        position = newPosition;
    }

    /** Byte offset of the document's length word within the file. */
    long position() {
        return position;
    }

    /** Bytes of the document behind its length word. */
    int length() {
        return length;
    }

    /** Number of events in the excerpt; 0 for a part of the head. */
    int count() {
        return file.buffer().getInt(field(COUNT_OFFSET), LITTLE_ENDIAN);
    }

    long firstSequence() {
        return file.buffer().getLong(field(FIRST_SEQUENCE_OFFSET), LITTLE_ENDIAN);
    }

    /** Offset of the first event's header within the file's window. */
    int runOffset() {
        return field(RUN_OFFSET);
    }

    /** Receive time of the excerpt's first event. */
    long firstReceiveTimeNs() {
        int block = runOffset() + HEADER_LENGTH;
        return file.buffer().getLong(block + RECEIVE_TIME_OFFSET, LITTLE_ENDIAN);
    }

    CycleWindow file() {
        return file;
    }

    private static long sequence(UnsafeBuffer buffer, int headerOffset) {
        return buffer.getLong(headerOffset + HEADER_LENGTH + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    private static int schemaId(UnsafeBuffer buffer, int headerOffset) {
        int field = headerOffset + MessageHeaderDecoder.schemaIdEncodingOffset();
        return buffer.getShort(field, LITTLE_ENDIAN) & 0xFFFF;
    }

    private int field(int fieldOffset) {
        return file.offset(position) + WORD_LENGTH + fieldOffset;
    }
}
