// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.OrderSlotDescriptor.LENGTH;
import static io.millrace.book.OrderSlotDescriptor.LENGTH_SHIFT;
import static io.millrace.book.OrderSlotDescriptor.NEXT_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.NONE;
import static io.millrace.book.OrderSlotDescriptor.ORDER_ID_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.PREVIOUS_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.PRICE_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.STATE_MASK;
import static io.millrace.book.OrderSlotDescriptor.STATE_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.TOUCH_OFFSET;
import static io.millrace.book.OrderSlotDescriptor.VACATED;

import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * The resting orders of all books: open addressing with linear probing over off-heap slots. A
 * slot's index is stable while its order rests, so that it can be a link. A vacated slot becomes
 * empty again as soon as the slot behind it is empty. No probe is longer than {@link #MAX_PROBE},
 * whatever ids a feed invents. Owned by the chain's thread.
 */
final class OrderTable {
    static final int MAX_ORDERS = 10_000_000;
    /** Slots that are looked at at most; a well-spread table of this load stays far below. */
    static final int MAX_PROBE = 1024;
    static final int DUPLICATE = -1;
    static final int FULL = -2;

    private static final long ORDER_FACTOR = 0xD6E8_FEB8_6659_FD93L;
    private static final long BOOK_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final Region region;
    private final long address;
    private final int mask;
    private final int shift;
    private final int maxOrders;
    private int count;

    OrderTable(int maxOrders) {
        this.maxOrders = maxOrders;
        int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(64, (int) (maxOrders * 5L / 3)));
        mask = capacity - 1;
        shift = Long.numberOfLeadingZeros(mask);
        region = new Region((long) capacity * LENGTH);
        address = region.address();
    }

    /** Brings the line where an order is, or will be, near; writes nothing that is ever read. */
    void touch(long orderId, int book) {
        UnsafeApi.putByte(addressOf(home(orderId, book)) + TOUCH_OFFSET, (byte) 0);
    }

    /** Brings the lines of an order's neighbours in its queue near. */
    void touchNeighbours(int slot) {
        int previous = previous(slot);
        if (previous <= mask) {
            UnsafeApi.putByte(addressOf(previous) + TOUCH_OFFSET, (byte) 0);
        }
        int next = next(slot);
        if (next <= mask) {
            UnsafeApi.putByte(addressOf(next) + TOUCH_OFFSET, (byte) 0);
        }
    }

    /** Slot of a resting order, or NONE. */
    int find(long orderId, int book) {
        int slot = home(orderId, book);
        for (int probe = 0; probe < MAX_PROBE; probe++) {
            long slotAddress = addressOf(slot);
            long state = UnsafeApi.getLong(slotAddress + STATE_OFFSET);
            if (UnsafeApi.getLong(slotAddress + ORDER_ID_OFFSET) == orderId
                && isOf(slotAddress, state, book)) {
                return slot;
            }
            if (OrderSlotDescriptor.isEmpty(state)) {
                return NONE;
            }
            slot = slot + 1 & mask;
        }
        return NONE;
    }

    /**
     * A free slot for an order that is not in the table yet; else DUPLICATE or FULL. Changes
     * nothing.
     */
    int findFree(long orderId, int book) {
        int free = FULL;
        int slot = home(orderId, book);
        for (int probe = 0; probe < MAX_PROBE; probe++) {
            long slotAddress = addressOf(slot);
            long state = UnsafeApi.getLong(slotAddress + STATE_OFFSET);
            if (OrderSlotDescriptor.isEmpty(state)) {
                return free == FULL ? slot : free;
            }
            if (UnsafeApi.getLong(slotAddress + ORDER_ID_OFFSET) == orderId
                && isOf(slotAddress, state, book)) {
                return DUPLICATE;
            }
            if (free == FULL && OrderSlotDescriptor.size(state) == 0) {
                free = slot;
            }
            slot = slot + 1 & mask;
        }
        return free;
    }

    /** True when one more order would be one too many. */
    boolean isFull() {
        return count >= maxOrders;
    }

    /** Puts an order into a free slot, or its own, behind another of its level. */
    void put(int slot, long orderId, int book, long price, long state, int previousLink) {
        long slotAddress = addressOf(slot);
        UnsafeApi.putLong(slotAddress + ORDER_ID_OFFSET, orderId);
        UnsafeApi.putLong(slotAddress + PRICE_OFFSET, price);
        UnsafeApi.putLong(slotAddress + STATE_OFFSET, state);
        UnsafeApi.putInt(slotAddress + PREVIOUS_OFFSET, previousLink);
        UnsafeApi.putInt(slotAddress + NEXT_OFFSET, OrderSlotDescriptor.nextLink(NONE, book));
    }

    /** Counts an order that was put into a free slot. */
    void added() {
        count++;
    }

    /** Empties a slot; its neighbours in the queue are already linked past it. */
    void remove(int slot) {
        count--;
        if (!isEmpty(slot + 1 & mask)) {
            UnsafeApi.putLong(addressOf(slot) + STATE_OFFSET, VACATED);
            return;
        }
        int last = slot;
        do {
            UnsafeApi.putLong(addressOf(last) + STATE_OFFSET, 0L);
            last = last - 1 & mask;
        } while ((state(last) & STATE_MASK) == VACATED);
    }

    long orderId(int slot) {
        return UnsafeApi.getLong(addressOf(slot) + ORDER_ID_OFFSET);
    }

    long price(int slot) {
        return UnsafeApi.getLong(addressOf(slot) + PRICE_OFFSET);
    }

    long state(int slot) {
        return UnsafeApi.getLong(addressOf(slot) + STATE_OFFSET);
    }

    void state(int slot, long state) {
        UnsafeApi.putLong(addressOf(slot) + STATE_OFFSET, state);
    }

    void price(int slot, long price) {
        UnsafeApi.putLong(addressOf(slot) + PRICE_OFFSET, price);
    }

    int previous(int slot) {
        return OrderSlotDescriptor.slot(UnsafeApi.getInt(addressOf(slot) + PREVIOUS_OFFSET));
    }

    int next(int slot) {
        return OrderSlotDescriptor.slot(UnsafeApi.getInt(addressOf(slot) + NEXT_OFFSET));
    }

    /** Where the order in a slot keeps its link to the next; the other place for no slot. */
    long nextPlace(int slot, long placeOfNone) {
        return slot == NONE ? placeOfNone : addressOf(slot) + NEXT_OFFSET;
    }

    /** Where the order in a slot keeps its link to the previous; the other place for no slot. */
    long previousPlace(int slot, long placeOfNone) {
        return slot == NONE ? placeOfNone : addressOf(slot) + PREVIOUS_OFFSET;
    }

    /** Both links of an order: previous in the low half, next in the high half. */
    long links(int slot) {
        return UnsafeApi.getLong(addressOf(slot) + PREVIOUS_OFFSET);
    }

    int book(int slot) {
        return OrderSlotDescriptor.book(state(slot),
            UnsafeApi.getLong(addressOf(slot) + PREVIOUS_OFFSET));
    }

    int count() {
        return count;
    }

    int capacity() {
        return mask + 1;
    }

    long bytes() {
        return region.length();
    }

    boolean isEmpty(int slot) {
        return OrderSlotDescriptor.isEmpty(state(slot));
    }

    /**
     * Every order can be found from its id, the count is right, and no vacated slot stands before
     * an empty one.
     */
    void checkInvariants() {
        int live = 0;
        for (int slot = 0; slot <= mask; slot++) {
            long state = state(slot);
            if (OrderSlotDescriptor.size(state) > 0) {
                live++;
                if (find(orderId(slot), book(slot)) != slot) {
                    throw new IllegalStateException("order in slot " + slot + " cannot be found");
                }
            } else if (!isEmpty(slot)
                && ((state & STATE_MASK) != VACATED || isEmpty(slot + 1 & mask))) {
                throw new IllegalStateException("slot " + slot + " should be empty");
            }
        }
        if (live != count) {
            throw new IllegalStateException(live + " orders, " + count + " counted");
        }
    }

    private boolean isOf(long slotAddress, long state, int book) {
        return OrderSlotDescriptor.isOf(state, UnsafeApi.getLong(slotAddress + PREVIOUS_OFFSET),
            book);
    }

    int home(long orderId, int book) {
        return (int) ((orderId + book * BOOK_FACTOR) * ORDER_FACTOR >>> shift);
    }

    private long addressOf(int slot) {
        return address + ((long) slot << LENGTH_SHIFT);
    }
}
