// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.LevelSlotDescriptor.COUNT_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.EMPTY;
import static io.millrace.book.LevelSlotDescriptor.HEAD_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.LENGTH;
import static io.millrace.book.LevelSlotDescriptor.LENGTH_SHIFT;
import static io.millrace.book.LevelSlotDescriptor.OWNER_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.PRICE_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.SIZE_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.TAIL_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.TOUCH_OFFSET;
import static io.millrace.book.LevelSlotDescriptor.VACATED;
import static io.millrace.book.OrderSlotDescriptor.nextLink;
import static io.millrace.book.OrderSlotDescriptor.previousLink;

import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * The price levels of all books: open addressing over off-heap slots, found from book, side and
 * price alone, so that a level's line can be brought near before anything of its book was read. A
 * level is named by its address, stable while the level lives. Probes are bounded as in the {@link
 * OrderTable}. Owned by the chain's thread.
 */
final class LevelTable {
    static final int MAX_LEVELS = 10_000_000;
    /** No level, or no memory for one. */
    static final long NONE = 0;

    private static final int MAX_PROBE = 1024;
    private static final long PRICE_FACTOR = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long BOOK_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final Region region;
    private final long address;
    private final int mask;
    private final int shift;
    private final int maxLevels;
    private int count;

    LevelTable(int maxLevels) {
        this.maxLevels = maxLevels;
        int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(64, (int) (maxLevels * 5L / 4)));
        mask = capacity - 1;
        shift = Long.numberOfLeadingZeros(mask);
        region = new Region((long) capacity * LENGTH);
        address = region.address();
    }

    /** Brings the line near where a level of either side is, or will be; changes nothing. */
    void touch(int book, long price) {
        UnsafeApi.putByte(addressOf(home(book, price)) + TOUCH_OFFSET, (byte) 0);
    }

    /** Address of a level, or NONE. */
    long find(int book, int side, long price) {
        int owner = LevelSlotDescriptor.owner(book, side);
        int slot = home(book, price);
        for (int probe = 0; probe < MAX_PROBE; probe++) {
            long level = addressOf(slot);
            int found = UnsafeApi.getInt(level + OWNER_OFFSET);
            if (found == owner && UnsafeApi.getLong(level + PRICE_OFFSET) == price) {
                return level;
            }
            if (found == EMPTY) {
                return NONE;
            }
            slot = slot + 1 & mask;
        }
        return NONE;
    }

    /** Address of a new level without size and orders, or NONE; there must be no such level yet. */
    long add(int book, int side, long price) {
        int slot = home(book, price);
        for (int probe = 0; probe < MAX_PROBE && count < maxLevels; probe++) {
            long level = addressOf(slot);
            int found = UnsafeApi.getInt(level + OWNER_OFFSET);
            if (found == EMPTY || found == VACATED) {
                count++;
                UnsafeApi.putLong(level + PRICE_OFFSET, price);
                UnsafeApi.putLong(level + SIZE_OFFSET, 0);
                UnsafeApi.putInt(level + OWNER_OFFSET, LevelSlotDescriptor.owner(book, side));
                UnsafeApi.putInt(level + COUNT_OFFSET, 0);
                UnsafeApi.putInt(level + HEAD_OFFSET, nextLink(OrderSlotDescriptor.NONE, book));
                UnsafeApi.putInt(level + TAIL_OFFSET, previousLink(OrderSlotDescriptor.NONE, book));
                return level;
            }
            slot = slot + 1 & mask;
        }
        return NONE;
    }

    void remove(long level) {
        count--;
        int slot = (int) (level - address >>> LENGTH_SHIFT);
        if (owner(slot + 1 & mask) != EMPTY) {
            UnsafeApi.putInt(level + OWNER_OFFSET, VACATED);
            return;
        }
        do {
            UnsafeApi.putInt(addressOf(slot) + OWNER_OFFSET, EMPTY);
            slot = slot - 1 & mask;
        } while (owner(slot) == VACATED);
    }

    static long price(long level) {
        return UnsafeApi.getLong(level + PRICE_OFFSET);
    }

    static long size(long level) {
        return UnsafeApi.getLong(level + SIZE_OFFSET);
    }

    static void size(long level, long size) {
        UnsafeApi.putLong(level + SIZE_OFFSET, size);
    }

    static int orderCount(long level) {
        return UnsafeApi.getInt(level + COUNT_OFFSET);
    }

    static void orderCount(long level, int count) {
        UnsafeApi.putInt(level + COUNT_OFFSET, count);
    }

    /** Link to the first order, as an order keeps one to the next. */
    static int head(long level) {
        return UnsafeApi.getInt(level + HEAD_OFFSET);
    }

    /** Link to the last order, as an order keeps one to the previous. */
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

    /** Every level can be found, the count is right, no vacated slot stands before an empty one. */
    void checkInvariants() {
        int live = 0;
        for (int slot = 0; slot <= mask; slot++) {
            int owner = owner(slot);
            if (owner > EMPTY) {
                live++;
                long level = addressOf(slot);
                int book = LevelSlotDescriptor.book(owner);
                if (find(book, LevelSlotDescriptor.side(owner), price(level)) != level) {
                    throw new IllegalStateException("level in slot " + slot + " cannot be found");
                }
            } else if (owner == VACATED && owner(slot + 1 & mask) == EMPTY) {
                throw new IllegalStateException("level slot " + slot + " should be empty");
            }
        }
        if (live != count) {
            throw new IllegalStateException(live + " levels, " + count + " counted");
        }
    }

    private int owner(int slot) {
        return UnsafeApi.getInt(addressOf(slot) + OWNER_OFFSET);
    }

    private int home(int book, long price) {
        return (int) ((price + book * BOOK_FACTOR) * PRICE_FACTOR >>> shift);
    }

    private long addressOf(int slot) {
        return address + ((long) slot << LENGTH_SHIFT);
    }
}
