// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.OrderSlotDescriptor.EMPTY;
import static io.millrace.book.OrderSlotDescriptor.LENGTH;
import static io.millrace.book.OrderSlotDescriptor.LENGTH_SHIFT;
import static io.millrace.book.OrderSlotDescriptor.LEVEL_MASK;
import static io.millrace.book.OrderSlotDescriptor.LEVEL_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.NEXT_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.NONE;
import static io.millrace.book.OrderSlotDescriptor.ORDER_ID_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.OWNER_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.PREVIOUS_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.SIZE_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.TOP_OFFSET;

import io.millrace.book.side.Region;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * The resting orders of all books: a hash table of cache lines with two slots each. An order stands
 * in its home line or, when that is full, in one behind it; each line counts the orders that had to
 * pass it, so that nothing is left behind by an order that leaves and a search ends at the first
 * line nobody passed. A slot's index is stable while its order rests, so that it can be a link. No
 * search is longer than {@link #MAX_LINES}, whatever ids a feed invents. Owned by the chain's
 * thread.
 */
final class OrderTable {
    static final int MAX_ORDERS = 10_000_000;
    /** Lines that are looked at at most; a well-spread table stays far below. */
    static final int MAX_LINES = 512;
    static final int DUPLICATE = -1;
    static final int FULL = -2;

    private static final long ORDER_FACTOR = 0xD6E8_FEB8_6659_FD93L;
    private static final long BOOK_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final Region region;
    private final LinePasses passes;
    private final SlotMemory slots;
    private final long address;
    private final int mask;
    private final int shift;
    private final int maxOrders;
    private int count;

    OrderTable(int maxOrders) {
        this.maxOrders = maxOrders;
        int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(64, 2 * maxOrders));
        mask = capacity - 1;
        shift = Long.numberOfLeadingZeros(mask);
        region = new Region((long) capacity * LENGTH);
        address = region.address();
        passes = new LinePasses(address, mask);
        slots = new SlotMemory(address, mask);
    }

    /** Brings the line near where an order is, or will be; writes nothing that is ever read. */
    void prefetch(long orderId, int book) {
        UnsafeApi.putByte(addressOf(home(orderId, book) & ~1) + TOP_OFFSET, (byte) 0);
    }

    /** Brings a slot's line near, or some line when there is no slot. */
    void prefetchSlot(int slot) {
        UnsafeApi.putByte(addressOf(slot & mask & ~1) + TOP_OFFSET, (byte) 0);
    }

    /** Brings the lines near that the links of a slot, whatever it holds, lead to. */
    void prefetchNeighbours(int slot) {
        int previous = previous(slot);
        int next = next(slot);
        prefetchSlot(previous == NONE ? slot : previous);
        prefetchSlot(next == NONE ? slot : next);
    }

    /** Slot of the home line that has this order id, the second when neither has. */
    int slotAtHome(long orderId, int book) {
        int slot = home(orderId, book) & ~1;
        return slot + (orderId(slot) == orderId ? 0 : 1);
    }

    /** Slot of a resting order, or NONE. */
    int find(long orderId, int book) {
        int slot = home(orderId, book);
        if (isAt(slot, orderId, book)) {
            return slot;
        }
        if (isAt(slot ^ 1, orderId, book)) {
            return slot ^ 1;
        }
        return passes.of(slot) == 0 ? NONE : findBehind(slot, orderId, book);
    }

    /** A free slot for an order that is not there yet; else DUPLICATE or FULL. Changes nothing. */
    int findFree(long orderId, int book) {
        int slot = home(orderId, book);
        boolean isThere = isAt(slot, orderId, book) || isAt(slot ^ 1, orderId, book)
            || passes.of(slot) != 0 && findBehind(slot, orderId, book) != NONE;
        if (isThere) {
            return DUPLICATE;
        }
        if (isFree(slot)) {
            return slot;
        }
        return isFree(slot ^ 1) ? slot ^ 1 : freeBehind(slot);
    }

    /** True when one more order would be one too many. */
    boolean isFull() {
        return count >= maxOrders;
    }

    /** Puts an order into a free slot, or its own, behind another of its level. */
    void put(int slot, long orderId, int owner, long size, int level, int previous) {
        long slotAddress = addressOf(slot);
        UnsafeApi.putLong(slotAddress + ORDER_ID_OFFSET, orderId);
        UnsafeApi.putLong(slotAddress + SIZE_OFFSET, size);
        UnsafeApi.putInt(slotAddress + OWNER_OFFSET, owner);
        int top = UnsafeApi.getInt(slotAddress + LEVEL_OFFSET) & ~LEVEL_MASK;
        UnsafeApi.putInt(slotAddress + LEVEL_OFFSET, top | level);
        UnsafeApi.putInt(slotAddress + PREVIOUS_OFFSET, previous);
        UnsafeApi.putInt(slotAddress + NEXT_OFFSET, NONE);
    }

    /** Counts an order that was put into a free slot. */
    void added(int slot, long orderId, int book) {
        count++;
        int home = home(orderId, book);
        passes.change(home, slot, 1);
    }

    /** Empties a slot; its neighbours in the queue are already linked past it. */
    void remove(int slot, int book) {
        count--;
        UnsafeApi.putInt(addressOf(slot) + OWNER_OFFSET, EMPTY);
        int home = home(orderId(slot), book);
        passes.change(home, slot, -1);
    }

    long orderId(int slot) {
        return UnsafeApi.getLong(addressOf(slot) + ORDER_ID_OFFSET);
    }

    long size(int slot) {
        return UnsafeApi.getLong(addressOf(slot) + SIZE_OFFSET);
    }

    void size(int slot, long size) {
        UnsafeApi.putLong(addressOf(slot) + SIZE_OFFSET, size);
    }

    /** Slot of the order's level in the level table. */
    int level(int slot) {
        return UnsafeApi.getInt(addressOf(slot) + LEVEL_OFFSET) & LEVEL_MASK;
    }

    int previous(int slot) {
        return UnsafeApi.getInt(addressOf(slot) + PREVIOUS_OFFSET);
    }

    int next(int slot) {
        return UnsafeApi.getInt(addressOf(slot) + NEXT_OFFSET);
    }

    /** Where the order in a slot keeps its link to the next; the other place for no slot. */
    long nextPlace(int slot, long placeOfNone) {
        return slot == NONE ? placeOfNone : addressOf(slot) + NEXT_OFFSET;
    }

    /** Where the order in a slot keeps its link to the previous; the other place for no slot. */
    long previousPlace(int slot, long placeOfNone) {
        return slot == NONE ? placeOfNone : addressOf(slot) + PREVIOUS_OFFSET;
    }

    int book(int slot) {
        return LevelSlotDescriptor.book(owner(slot));
    }

    int side(int slot) {
        return LevelSlotDescriptor.side(owner(slot));
    }

    int count() {
        return count;
    }

    long bytes() {
        return region.length();
    }

    void save(StateWriter writer) {
        writer.begin("orders");
        slots.save(writer, count);
        passes.save(writer);
    }

    /**
     * Becomes what was saved.
     *
     * @param books     number of books
     * @param levelMask greatest slot of the level table
     */
    void restore(StateReader reader, int books, int levelMask) {
        reader.begin("orders");
        region.clear();
        count = slots.restore(reader, maxOrders, books);
        for (int slot = 0; slot <= mask; slot++) {
            if (!isFree(slot)) {
                SlotMemory.checkLink(reader, level(slot), levelMask);
                SlotMemory.checkLink(reader, previous(slot), mask);
                SlotMemory.checkLink(reader, next(slot), mask);
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

    /** Every order can be found from its id, all are counted, and so are those that passed. */
    void checkInvariants() {
        int[] passing = new int[mask + 1 >> 1];
        int live = 0;
        for (int slot = 0; slot <= mask; slot++) {
            if (isFree(slot)) {
                continue;
            }
            live++;
            long orderId = orderId(slot);
            if (find(orderId, book(slot)) != slot) {
                throw new IllegalStateException("order in slot " + slot + " cannot be found");
            }
            passes.expect(passing, home(orderId, book(slot)), slot);
        }
        passes.check(passing);
        if (live != count) {
            throw new IllegalStateException(live + " orders, " + count + " counted");
        }
    }

    int home(long orderId, int book) {
        return (int) ((orderId + book * BOOK_FACTOR) * ORDER_FACTOR >>> shift);
    }

    private int findBehind(int home, long orderId, int book) {
        int slot = home & ~1;
        for (int line = 1; line < MAX_LINES && passes.of(slot) != 0; line++) {
            slot = slot + 2 & mask;
            if (isAt(slot, orderId, book)) {
                return slot;
            }
            if (isAt(slot + 1, orderId, book)) {
                return slot + 1;
            }
        }
        return NONE;
    }

    private int freeBehind(int home) {
        int slot = home & ~1;
        for (int line = 1; line < MAX_LINES; line++) {
            slot = slot + 2 & mask;
            if (isFree(slot)) {
                return slot;
            }
            if (isFree(slot + 1)) {
                return slot + 1;
            }
        }
        return FULL;
    }

    private boolean isAt(int slot, long orderId, int book) {
        long slotAddress = addressOf(slot);
        return UnsafeApi.getLong(slotAddress + ORDER_ID_OFFSET) == orderId
            && LevelSlotDescriptor.book(UnsafeApi.getInt(slotAddress + OWNER_OFFSET)) == book;
    }

    private boolean isFree(int slot) {
        return owner(slot) == EMPTY;
    }

    private int owner(int slot) {
        return UnsafeApi.getInt(addressOf(slot) + OWNER_OFFSET);
    }

    private long addressOf(int slot) {
        return address + ((long) slot << LENGTH_SHIFT);
    }
}
