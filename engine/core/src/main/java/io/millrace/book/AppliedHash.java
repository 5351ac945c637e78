// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.event.EventDescriptor.COMMON_LENGTH;
import static io.millrace.event.EventDescriptor.MAX_BLOCK_LENGTH;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;

import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.UnsafeApi;

/**
 * Rolling hash over the content of every inbound event (header and all words but the measurement)
 * and over what it did to its book. Each word has an odd factor of its own, so any single changed
 * word changes the sum, and the sum enters the roll through a bijection. Owned by the chain's
 * thread.
 */
final class AppliedHash {
    private static final long ROLL_FACTOR = 0x9FB2_1C65_1E98_DF25L;
    private static final long PRICE_FACTOR = 0xA24B_AED4_963E_E407L;
    private static final long SIZE_FACTOR = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long WORD_FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final long FACTOR_STEP = 0x3C6E_F372_FE94_F82AL;

    private long hash;

    /** Takes an event in; the block's whole slot is readable whatever its length says. */
    void onEvent(long block, long header, int blockLength) {
        int length = Math.min(blockLength, MAX_BLOCK_LENGTH) - MEASUREMENT_LENGTH;
        long sum = header + UnsafeApi.getLong(block) * WORD_FACTOR
            + UnsafeApi.getLong(block + 8) * (WORD_FACTOR + FACTOR_STEP)
            + UnsafeApi.getLong(block + 16) * (WORD_FACTOR + 2 * FACTOR_STEP)
            + UnsafeApi.getLong(block + 24) * (WORD_FACTOR + 3 * FACTOR_STEP)
            + UnsafeApi.getLong(block + 32) * (WORD_FACTOR + 4 * FACTOR_STEP);
        long factor = WORD_FACTOR + 5 * FACTOR_STEP;
        for (int word = COMMON_LENGTH; word < length; word += Long.BYTES) {
            sum += UnsafeApi.getLong(block + word) * factor;
            factor += FACTOR_STEP;
        }
        roll(sum);
    }

    /** Takes in the total that a level has after an operation. */
    void onLevel(long price, long size) {
        roll(price * PRICE_FACTOR + size * SIZE_FACTOR);
    }

    void save(StateWriter writer) {
        writer.putLong(hash);
    }

    void restore(StateReader reader) {
        hash = reader.getLong();
    }

    long value() {
        return hash;
    }

    private void roll(long sum) {
        hash = Long.rotateLeft(hash + sum, 29) * ROLL_FACTOR;
    }
}
