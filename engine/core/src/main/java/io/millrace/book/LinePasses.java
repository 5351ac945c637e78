// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.UnsafeApi;

/**
 * How many entries had to pass each line of a hash table of two slots a line, for want of room: the
 * last byte but eight of the line. A count that once reached {@link #MANY} stays there: searches go
 * on one line too far, never one too short. Owned by the chain's thread.
 */
final class LinePasses {
    private static final int LINE_SHIFT = 6;
    private static final int OFFSET = LevelSlotDescriptor.LENGTH + LevelSlotDescriptor.TOP_OFFSET;
    private static final int MANY = 255;
    private static final int END = -1;

    private final long address;
    private final int mask;

    /**
     * @param address of the table's first line
     * @param mask    greatest slot
     */
    LinePasses(long address, int mask) {
        this.address = address;
        this.mask = mask;
    }

    /** Entries that passed the line of a slot. */
    int of(int slot) {
        return UnsafeApi.getByte(place(slot)) & MANY;
    }

    /** One more, or one less, entry stands in a slot behind all lines from its home's on. */
    void change(int home, int slot, int change) {
        int end = slot & ~1;
        for (int at = home & ~1; at != end; at = at + 2 & mask) {
            int count = of(at);
            if (count < MANY) {
                UnsafeApi.putByte(place(at), (byte) (count + change));
            }
        }
    }

    /** Saves the lines that anything passed. */
    void save(StateWriter writer) {
        for (int slot = 0; slot <= mask; slot += 2) {
            if (of(slot) != 0) {
                writer.putInt(slot);
                writer.putInt(of(slot));
            }
        }
        writer.putInt(END);
    }

    /** Becomes what was saved, in a table of zeros that its slots were restored into. */
    void restore(StateReader reader) {
        for (int slot = 0; slot <= mask; slot += 2) {
            UnsafeApi.putByte(place(slot), (byte) 0);
        }
        int slot = reader.getInt("passed line", END, mask);
        while (slot != END) {
            UnsafeApi.putByte(place(slot), (byte) reader.getInt("passes", 1, MANY));
            slot = reader.getInt("passed line", END, mask);
        }
    }

    /** Counts an entry into what {@link #check} compares with, by line. */
    void expect(int[] passing, int home, int slot) {
        int end = slot >> 1;
        for (int line = home >> 1; line != end; line = line + 1 & mask >> 1) {
            passing[line]++;
        }
    }

    /** Throws when a line was not passed by so many. */
    void check(int[] passing) {
        for (int line = 0; line < passing.length; line++) {
            int passed = of(line << 1);
            if (passed != passing[line] && passed != MANY) {
                throw new IllegalStateException("line " + line + " was passed by " + passing[line]);
            }
        }
    }

    private long place(int slot) {
        return address + ((long) (slot >> 1) << LINE_SHIFT) + OFFSET;
    }
}
