// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Permanent ids of securities, from 1 without holes, keyed by symbol of up to 16 ASCII characters.
 * An id names the security, not a venue's listing line, and is never given to another. Ingress
 * gives the ids; the chain keeps a copy of its own, told by events. Each is written by its one
 * thread; nothing is allocated after construction.
 */
public final class InstrumentDirectory {
    /** Longest symbol in bytes. */
    public static final int MAX_SYMBOL_LENGTH = 16;
    /** Answer when a symbol is unknown, or when the directory is full. */
    public static final int NOT_FOUND = 0;

    private final long[] firstHalf;
    private final long[] secondHalf;
    private final int[] idBySlot;
    private final int slotMask;
    private final Shard shard;
    /** By id, for those of other shards. */
    private final boolean[] isElsewhere;
    private int count;
    private int usedSlots;

    /** @param capacity greatest number of securities, 1 to 1,048,576 */
    public InstrumentDirectory(int capacity) {
        this(capacity, Shard.ALL);
    }

    /**
     * A directory that knows which of its securities belong to a shard.
     *
     * @param capacity greatest number of securities, 1 to 1,048,576
     */
    public InstrumentDirectory(int capacity, Shard shard) {
        if (capacity < 1 || capacity > 1 << 20) {
            throw new IllegalArgumentException(
                "instrument capacity " + capacity + " is not within 1 to " + (1 << 20));
        }
        this.shard = shard;
        isElsewhere = new boolean[capacity + 1];
        firstHalf = new long[capacity + 1];
        secondHalf = new long[capacity + 1];
        idBySlot = new int[Integer.highestOneBit(capacity) * 4];
        slotMask = idBySlot.length - 1;
    }

    /**
     * Id of the symbol that stands right-padded with spaces or zeros in a buffer, or
     * {@link #NOT_FOUND}.
     */
    public int find(DirectBuffer buffer, int offset, int length) {
        return idBySlot[slot(half(buffer, offset, length, 0), half(buffer, offset, length, 8))];
    }

    /**
     * Id of the symbol in a buffer, a new one when it is unknown; {@link #NOT_FOUND} when the
     * directory is full.
     */
    public int findOrAdd(DirectBuffer buffer, int offset, int length) {
        return findOrAdd(half(buffer, offset, length, 0), half(buffer, offset, length, 8));
    }

    /**
     * Id of a symbol, a new one when it is unknown; {@link #NOT_FOUND} when the directory is full.
     */
    public int findOrAdd(String symbol) {
        return findOrAdd(half(symbol, 0), half(symbol, 8));
    }

    /**
     * Takes over an id that another directory gave: how the chain and a resumed ingress learn what
     * events tell.
     *
     * @return false when the id is not within 1 to the capacity, or too many symbols were renamed
     */
    public boolean define(int id, DirectBuffer buffer, int offset, int length) {
        if (id < 1 || id > capacity()) {
            return false;
        }
        long first = half(buffer, offset, length, 0);
        long second = half(buffer, offset, length, 8);
        if (firstHalf[id] == first && secondHalf[id] == second) {
            return true;
        }
        int slot = slot(first, second);
        if (idBySlot[slot] == NOT_FOUND && usedSlots == idBySlot.length / 2) {
            return false;
        }
        put(slot, id, first, second);
        return true;
    }

    /** Id of a symbol, or {@link #NOT_FOUND}. */
    public int find(String symbol) {
        return idBySlot[slot(half(symbol, 0), half(symbol, 8))];
    }

    /** False for a security of another shard; true for what is no id of a security. */
    public boolean isOwn(int id) {
        return id < 1 || id > count || !isElsewhere[id];
    }

    /** Number of securities; ids run from 1 to this. */
    public int count() {
        return count;
    }

    /** Greatest number of securities. */
    public int capacity() {
        return firstHalf.length - 1;
    }

    /** Symbol of an id, without padding. Allocates: not for the hot path. */
    public String symbol(int id) {
        if (id < 1 || id > count) {
            throw new IllegalArgumentException(
                "instrument id " + id + " is not within 1 to " + count);
        }
        byte[] bytes = new byte[MAX_SYMBOL_LENGTH];
        int length = 0;
        for (int i = 0; i < MAX_SYMBOL_LENGTH; i++) {
            long half = i < 8 ? firstHalf[id] : secondHalf[id];
            bytes[i] = (byte) (half >>> (i & 7) * 8);
            length = bytes[i] == 0 ? length : i + 1;
        }
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.US_ASCII);
    }

    /** Saves every id with its symbol. */
    public void save(StateWriter writer) {
        writer.begin("symbols");
        writer.putInt(capacity());
        writer.putInt(count);
        for (int id = 1; id <= count; id++) {
            writer.putLong(firstHalf[id]);
            writer.putLong(secondHalf[id]);
        }
        writer.putInt(usedSlots);
        for (int slot = 0; slot < idBySlot.length; slot++) {
            if (idBySlot[slot] != NOT_FOUND) {
                writer.putInt(slot);
                writer.putInt(idBySlot[slot]);
            }
        }
    }

    /** Becomes what was saved. */
    public void restore(StateReader reader) {
        reader.begin("symbols");
        reader.expect("greatest number of securities", capacity());
        count = reader.getInt("number of securities", 0, capacity());
        for (int id = 1; id <= count; id++) {
            firstHalf[id] = reader.getLong();
            secondHalf[id] = reader.getLong();
            isElsewhere[id] = firstHalf[id] != 0 && !shard.has(firstHalf[id], secondHalf[id]);
        }
        Arrays.fill(firstHalf, count + 1, firstHalf.length, 0);
        Arrays.fill(secondHalf, count + 1, secondHalf.length, 0);
        Arrays.fill(idBySlot, NOT_FOUND);
        usedSlots = reader.getInt("places in use", 0, idBySlot.length / 2);
        for (int used = 0, least = 0; used < usedSlots; used++) {
            int slot = reader.getInt("place of a symbol", least, slotMask);
            idBySlot[slot] = reader.getInt("id of a symbol", 1, count);
            least = slot + 1;
        }
    }

    private int findOrAdd(long first, long second) {
        int slot = slot(first, second);
        if (idBySlot[slot] != NOT_FOUND || count == capacity()) {
            return idBySlot[slot];
        }
        put(slot, count + 1, first, second);
        return count;
    }

    private void put(int slot, int id, long first, long second) {
        usedSlots += idBySlot[slot] == NOT_FOUND ? 1 : 0;
        firstHalf[id] = first;
        secondHalf[id] = second;
        isElsewhere[id] = !shard.has(first, second);
        idBySlot[slot] = id;
        count = Math.max(count, id);
    }

    private int slot(long first, long second) {
        long hash = (first ^ second * 0xC2B2_AE3D_27D4_EB4FL) * 0x9E37_79B9_7F4A_7C15L;
        int slot = (int) (hash >>> 40) & slotMask;
        while (idBySlot[slot] != NOT_FOUND
            && (firstHalf[idBySlot[slot]] != first || secondHalf[idBySlot[slot]] != second)) {
            slot = slot + 1 & slotMask;
        }
        return slot;
    }

    private static long half(DirectBuffer buffer, int offset, int length, int from) {
        int end = Math.min(length, MAX_SYMBOL_LENGTH);
        while (end > 0 && isPadding(buffer.getByte(offset + end - 1))) {
            end--;
        }
        long half = 0;
        for (int i = from; i < Math.min(end, from + 8); i++) {
            half |= (buffer.getByte(offset + i) & 0xFFL) << (i - from) * 8;
        }
        return half;
    }

    private static long half(String symbol, int from) {
        if (symbol.isEmpty() || symbol.length() > MAX_SYMBOL_LENGTH) {
            throw new IllegalArgumentException(
                "symbol '" + symbol + "' has not 1 to 16 characters");
        }
        long half = 0;
        for (int i = from; i < Math.min(symbol.length(), from + 8); i++) {
            half |= (symbol.charAt(i) & 0xFFL) << (i - from) * 8;
        }
        return half;
    }

    private static boolean isPadding(byte value) {
        return value == ' ' || value == 0;
    }
}
