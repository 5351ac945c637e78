// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.UnsafeApi;

/**
 * The slots in use of a hash table of two slots a line, saved and restored as they stand: a slot's
 * place decides what a full table refuses. Orders and levels have their owner at the same offset.
 * Owned by the chain's thread.
 */
final class SlotMemory {
    private static final int LENGTH = OrderSlotDescriptor.LENGTH;
    private static final int OWNER_OFFSET = OrderSlotDescriptor.OWNER_OFFSET;

    private final long address;
    private final int mask;

    /**
     * @param address of the table's first line
     * @param mask    greatest slot
     */
    SlotMemory(long address, int mask) {
        assert LENGTH == LevelSlotDescriptor.LENGTH;
        assert OWNER_OFFSET == LevelSlotDescriptor.OWNER_OFFSET;
        this.address = address;
        this.mask = mask;
    }

    void save(StateWriter writer, int count) {
        writer.putInt(mask);
        writer.putInt(count);
        for (int slot = 0; slot <= mask; slot++) {
            if (UnsafeApi.getInt(addressOf(slot) + OWNER_OFFSET) != OrderSlotDescriptor.EMPTY) {
                writer.putInt(slot);
                writer.putMemory(addressOf(slot), LENGTH);
            }
        }
    }

    /**
     * Fills a table of zeros.
     *
     * @param maxCount  greatest number of slots in use
     * @param bookCount number of books that may own a slot
     * @return number of slots in use
     */
    int restore(StateReader reader, int maxCount, int bookCount) {
        reader.expect("greatest slot", mask);
        int count = reader.getInt("number of slots in use", 0, maxCount);
        for (int used = 0, least = 0; used < count; used++) {
            int slot = reader.getInt("slot", least, mask);
            reader.getMemory(addressOf(slot), LENGTH);
            int owner = UnsafeApi.getInt(addressOf(slot) + OWNER_OFFSET);
            int book = LevelSlotDescriptor.book(owner);
            if (book < 0 || book >= bookCount) {
                throw reader.refuse("slot " + slot + " is of no book");
            }
            least = slot + 1;
        }
        return count;
    }

    /** Throws unless a link leads to a slot of a table or to none. */
    static void checkLink(StateReader reader, int slot, int mask) {
        if (slot != OrderSlotDescriptor.NONE && (slot < 0 || slot > mask)) {
            throw reader.refuse("a link leads nowhere");
        }
    }

    private long addressOf(int slot) {
        return address + ((long) slot << OrderSlotDescriptor.LENGTH_SHIFT);
    }
}
