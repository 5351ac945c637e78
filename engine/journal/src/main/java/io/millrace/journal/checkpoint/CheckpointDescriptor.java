// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

/**
 * The bytes in front of the state in a checkpoint's file, little-endian.
 *
 * <pre>
 *  +0      +8      +12      +16     +20      +22     +24        +32         +40
 *  | magic | crc32c | format | epoch | schema | flags | inbound  | outbound  | receiveTimeNs |
 *  | i64   | u32    | i32    | i32   | u16    | u16   | Sequence | Sequence  | i64           |
 *
 *  +48           +56         +60           +64
 *  | stateLength | stateCrc  | shapeLength | shape, zeros to the next multiple of 8 | state |
 *  | i64         | u32       | i32         | UTF-8                                  |       |
 *
 *  crc32c: of all from +12 to the state; stateCrc: CRC32C of the state; epoch: yyyymmdd
 * </pre>
 */
final class CheckpointDescriptor {
    /** "MRCHECKP". */
    static final long MAGIC = 0x504B_4345_4843_524DL;
    static final int FORMAT = 1;
    /** No events of this journal lead to this state: the first of a day, or behind a hole. */
    static final int ANCHOR = 1;

    /** The state begins with kept events. */
    static final int KEPT = 2;

    static final int CRC_OFFSET = 8;
    static final int FORMAT_OFFSET = 12;
    static final int EPOCH_OFFSET = 16;
    static final int SCHEMA_OFFSET = 20;
    static final int FLAGS_OFFSET = 22;
    static final int INBOUND_OFFSET = 24;
    static final int OUTBOUND_OFFSET = 32;
    static final int TIME_OFFSET = 40;
    static final int STATE_LENGTH_OFFSET = 48;
    static final int STATE_CRC_OFFSET = 56;
    static final int SHAPE_LENGTH_OFFSET = 60;
    static final int SHAPE_OFFSET = 64;
    static final int MAX_SHAPE_LENGTH = 1 << 20;

    private CheckpointDescriptor() {
    }

    /** Offset of the state behind a shape of so many bytes. */
    static int stateOffset(int shapeLength) {
        return SHAPE_OFFSET + shapeLength + 7 & ~7;
    }
}
