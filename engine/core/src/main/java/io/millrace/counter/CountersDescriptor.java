// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Layout of the memory that holds counters and errors. All fields are little-endian; the magic is
 * written last.
 *
 * <pre>
 *  +0       +4        +8    +16           +24         +128     +METADATA_LENGTH +VALUES_LENGTH   +ERROR_LOG_LENGTH
 *  | magic  | version | pid | startTimeMs | zero      | labels | values         | distinct errors |
 * </pre>
 */
final class CountersDescriptor {
    static final int MAGIC = 0x544E_434D;
    static final int VERSION = 1;
    /** Most counters of one engine. */
    static final int MAX_COUNTERS = 1024;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int PID_OFFSET = 8;
    static final int START_TIME_OFFSET = 16;
    static final int HEADER_LENGTH = 128;
    static final int METADATA_LENGTH = MAX_COUNTERS * CountersReader.METADATA_LENGTH;
    static final int VALUES_LENGTH = MAX_COUNTERS * CountersReader.COUNTER_LENGTH;
    static final int ERROR_LOG_LENGTH = 1 << 20;
    static final int LENGTH = HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH + ERROR_LOG_LENGTH;

    private CountersDescriptor() {
    }

    static AtomicBuffer metadata(AtomicBuffer memory) {
        return new UnsafeBuffer(memory, HEADER_LENGTH, METADATA_LENGTH);
    }

    static AtomicBuffer values(AtomicBuffer memory) {
        return new UnsafeBuffer(memory, HEADER_LENGTH + METADATA_LENGTH, VALUES_LENGTH);
    }

    static AtomicBuffer errorLog(AtomicBuffer memory) {
        return new UnsafeBuffer(memory, HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH,
            ERROR_LOG_LENGTH);
    }

    static void writeHeader(AtomicBuffer memory, long pid, long startTimeMs) {
        memory.putInt(VERSION_OFFSET, VERSION, ByteOrder.LITTLE_ENDIAN);
        memory.putLong(PID_OFFSET, pid, ByteOrder.LITTLE_ENDIAN);
        memory.putLong(START_TIME_OFFSET, startTimeMs, ByteOrder.LITTLE_ENDIAN);
        memory.putIntRelease(MAGIC_OFFSET, MAGIC);
    }

    static boolean isWhole(DirectBuffer memory) {
        return memory.capacity() == LENGTH
            && memory.getInt(MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN) == MAGIC
            && memory.getInt(VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) == VERSION;
    }
}
