// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.LevelSlotDescriptor.COUNT_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.EMPTY;
import static io.millrace.book.LevelSlotDescriptor.HEAD_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.LENGTH;
import static io.millrace.book.LevelSlotDescriptor.LENGTH_SHIFT;
import static io.millrace.book.LevelSlotDescriptor.MAX_COUNT;
import static io.millrace.book.LevelSlotDescriptor.OWNER_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.PRICE_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.SIZE_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.TAIL_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.TOP_OFFSET;

import io.millrace.book.side.Region;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * The price levels of all books, a hash table of cache lines with two slots each as the {@link
 * OrderTable} is. A level is found from book, side and price alone, so that its line can be brought
 * near before anything of its book was read. It is named by its address, stable while it lives.
 * Owned by the chain's thread.
 */
final class LevelTable {
    /** An order's slot has 24 bits for the slot of its level. */
    static final int MAX_LEVELS = 10_000_000;
    /** No level, or no memory for one. */
    static final long NONE = 0;

    private static final int MAX_LINES = 512;
    private static final long PRICE_FACTOR = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long BOOK_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final Region region;
    private final LinePasses passes;
    private final SlotMemory slots;
    private final long address;
    private final int mask;
    private final int shift;
    private final int maxLevels;
    private int count;

    LevelTable(int maxLevels) {
        this.maxLevels = maxLevels;
        int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(64, (int) (maxLevels * 5L / 4)));
        mask = capacity - 1;
        assert mask <= OrderSlotDescriptor.LEVEL_MASK;
        shift = Long.numberOfLeadingZeros(mask);
        region = new Region((long) capacity * LENGTH);
        address = region.address();
        passes = new LinePasses(address, mask);
        slots = new SlotMemory(address, mask);
    }

    /** Brings the line near where a level of either side is, or will be; changes nothing. */
    void prefetch(int book, long price) {
        UnsafeApi.putByte(addressOf(home(book, price) & ~1) + TOP_OFFSET, (byte) 0);
    }

    /** Brings a slot's line near. */
    void prefetchSlot(int slot) {
        UnsafeApi.putByte(addressOf(slot & mask & ~1) + TOP_OFFSET, (byte) 0);
    }

    /** Last order of the level of this price in the home line, of its second when none has it. */
    int lastSlotAtHome(int book, long price) {
        long first = addressOf(home(book, price) & ~1);
        return tail(first + (price(first) == price ? 0 : LENGTH));
    }

    /** Address of the level in a slot. */
    long at(int slot) {
        return addressOf(slot);
    }

    /** Slot of a level, stable while it lives. */
    int slot(long level) {
        return (int) (level - address >>> LENGTH_SHIFT);
    }

    /** Address of a level, or NONE. */
    long find(int book, int side, long price) {
        int owner = LevelSlotDescriptor.owner(book, side);
        int slot = home(book, price);
        long level = addressOf(slot);
        if (isAt(level, owner, price)) {
            return level;
        }
        long other = addressOf(slot ^ 1);
        if (isAt(other, owner, price)) {
            return other;
        }
        return passes.of(slot) == 0 ? NONE : findBehind(slot, owner, price);
    }

    /** Address of a new level without size and orders, or NONE; there must be no such level yet. */
    long add(int book, int side, long price) {
        int home = home(book, price);
        int slot = home;
        for (int line = 1; line <= MAX_LINES && count < maxLevels; line++) {
            if (isFree(slot) || isFree(slot ^ 1)) {
                return put(isFree(slot) ? slot : slot ^ 1, home, book, side, price);
            }
            slot = (slot & ~1) + 2 & mask;
        }
        return NONE;
    }

    /** True when this many more levels are within the limit. */
    boolean hasRoom(int more) {
        return count + more <= maxLevels;
    }

    /** True when this many more levels of a book and price would find a slot. */
    boolean hasSlots(int book, long price, int more) {
        int slot = home(book, price);
        int free = 0;
        for (int line = 1; line <= MAX_LINES && free < more; line++) {
            free += (isFree(slot) ? 1 : 0) + (isFree(slot ^ 1) ? 1 : 0);
            slot = (slot & ~1) + 2 & mask;
        }
        return free >= more;
    }

    void remove(long level) {
        count--;
        int book = LevelSlotDescriptor.book(UnsafeApi.getInt(level + OWNER_OFFSET));
        int home = home(book, price(level));
        int slot = slot(level);
        UnsafeApi.putInt(level + OWNER_OFFSET, EMPTY);
        passes.change(home, slot, -1);
    }

    static long price(long level) {
        return UnsafeApi.getLong(level + PRICE_OFFSET);
    }

    static int side(long level) {
        return LevelSlotDescriptor.side(UnsafeApi.getInt(level + OWNER_OFFSET));
    }

    static long size(long level) {
        return UnsafeApi.getLong(level + SIZE_OFFSET);
    }

    static void size(long level, long size) {
        UnsafeApi.putLong(level + SIZE_OFFSET, size);
    }

    static int orderCount(long level) {
        return UnsafeApi.getInt(level + COUNT_OFFSET) & MAX_COUNT;
    }

    static void orderCount(long level, int count) {
        int top = UnsafeApi.getInt(level + COUNT_OFFSET) & ~MAX_COUNT;
        UnsafeApi.putInt(level + COUNT_OFFSET, top | count);
    }

    /** One order more, or less, on a level. */
    static void changeOrderCount(long level, int change) {
        UnsafeApi.putInt(level + COUNT_OFFSET, UnsafeApi.getInt(level + COUNT_OFFSET) + change);
    }

    /** Slot of the first order. */
    static int head(long level) {
        return UnsafeApi.getInt(level + HEAD_OFFSET);
    }

    /** Slot of the last order. */
    static int tail(long level) {
        return UnsafeApi.getInt(level + TAIL_OFFSET);
    }

    static long headPlace(long level) {
        return level + HEAD_OFFSET;
    }

    static long tailPlace(long level) {
        return level + TAIL_OFFSET;
    }

    int count() {
        return count;
    }

    long bytes() {
        return region.length();
    }

    void save(StateWriter writer) {
        writer.begin("levels");
        slots.save(writer, count);
        passes.save(writer);
    }

    /**
     * Becomes what was saved.
     *
     * @param books     number of books
     * @param orderMask greatest slot of the order table
     */
    void restore(StateReader reader, int books, int orderMask) {
        reader.begin("levels");
        region.clear();
        count = slots.restore(reader, maxLevels, books);
        for (int slot = 0; slot <= mask; slot++) {
            if (!isFree(slot)) {
                SlotMemory.checkLink(reader, head(addressOf(slot)), orderMask);
                SlotMemory.checkLink(reader, tail(addressOf(slot)), orderMask);
            }
        }
        passes.restore(reader);
    }

    /** Bytes that a save would take now, about: passed lines are few. Any thread. */
    long stateBytes() {
        return count * (LENGTH + 2L * Integer.BYTES);
    }

    /** Greatest slot. */
    int mask() {
        return mask;
    }

    /** Every level can be found, all are counted, and so are those that passed a line. */
    void checkInvariants() {
        int[] passing = new int[mask + 1 >> 1];
        int live = 0;
        for (int slot = 0; slot <= mask; slot++) {
            if (isFree(slot)) {
                continue;
            }
            live++;
            long level = addressOf(slot);
            int owner = UnsafeApi.getInt(level + OWNER_OFFSET);
            int book = LevelSlotDescriptor.book(owner);
            if (find(book, LevelSlotDescriptor.side(owner), price(level)) != level) {
                throw new IllegalStateException("level in slot " + slot + " cannot be found");
            }
            passes.expect(passing, home(book, price(level)), slot);
        }
        passes.check(passing);
        if (live != count) {
            throw new IllegalStateException(live + " levels, " + count + " counted");
        }
    }

    private long put(int slot, int home, int book, int side, long price) {
        long level = addressOf(slot);
        count++;
        UnsafeApi.putLong(level + PRICE_OFFSET, price);
        UnsafeApi.putLong(level + SIZE_OFFSET, 0);
        UnsafeApi.putInt(level + OWNER_OFFSET, LevelSlotDescriptor.owner(book, side));
        orderCount(level, 0);
        UnsafeApi.putInt(level + HEAD_OFFSET, OrderSlotDescriptor.NONE);
        UnsafeApi.putInt(level + TAIL_OFFSET, OrderSlotDescriptor.NONE);
        passes.change(home, slot, 1);
        return level;
    }

    private long findBehind(int home, int owner, long price) {
        int slot = home & ~1;
        for (int line = 1; line < MAX_LINES && passes.of(slot) != 0; line++) {
            slot = slot + 2 & mask;
            if (isAt(addressOf(slot), owner, price)) {
                return addressOf(slot);
            }
            if (isAt(addressOf(slot + 1), owner, price)) {
                return addressOf(slot + 1);
            }
        }
        return NONE;
    }

    private static boolean isAt(long level, int owner, long price) {
        return UnsafeApi.getLong(level + PRICE_OFFSET) == price
            && UnsafeApi.getInt(level + OWNER_OFFSET) == owner;
    }

    private boolean isFree(int slot) {
        return UnsafeApi.getInt(addressOf(slot) + OWNER_OFFSET) == EMPTY;
    }

    private int home(int book, long price) {
        return (int) ((price + book * BOOK_FACTOR) * PRICE_FACTOR >>> shift);
    }

    private long addressOf(int slot) {
        return address + ((long) slot << LENGTH_SHIFT);
    }
}
