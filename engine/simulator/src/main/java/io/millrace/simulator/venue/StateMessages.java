// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.simulator.OrderFlow;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2IntHashMap;

/**
 * What a late joiner must know besides orders: the system events and market makers so far, and of
 * every other kind of message the last one about each security. Owned by the venue's thread.
 */
final class StateMessages {
    /** Types in the order in which a snapshot tells them. */
    static final String TYPES = "SRHYLVKJh";

    private static final String EVERY_ONE = "SL";
    private static final int SLOT_LENGTH = OrderFlow.MAX_MESSAGE_LENGTH;
    private static final int LENGTH_OFFSET = SLOT_LENGTH - 1;
    private static final int NONE = -1;
    private static final int LOCATE_BITS = 16;

    private final ExpandableArrayBuffer slots = new ExpandableArrayBuffer(1 << 16);
    private final Int2IntHashMap slotOfKey = new Int2IntHashMap(NONE);
    private final SystemEventDecoder prefix = new SystemEventDecoder();
    private int count;

    /** Keeps a message if it is one that a late joiner needs. */
    void onMessage(DirectBuffer buffer, int offset, int length) {
        prefix.wrap(buffer, offset, SystemEventDecoder.BLOCK_LENGTH, 0);
        int type = prefix.messageType();
        if (TYPES.indexOf(type) < 0) {
            return;
        }
        int slot = EVERY_ONE.indexOf(type) >= 0 ? count++ : slotOf(type, prefix.stockLocate());
        slots.putBytes(slot * SLOT_LENGTH, buffer, offset, length);
        slots.putByte(slot * SLOT_LENGTH + LENGTH_OFFSET, (byte) length);
    }

    int count() {
        return count;
    }

    /** Type of the message in a slot. */
    char type(int slot) {
        return (char) slots.getByte(slot * SLOT_LENGTH);
    }

    /** Copies the message of a slot; returns its length. */
    int copy(int slot, MutableDirectBuffer target, int offset) {
        int length = slots.getByte(slot * SLOT_LENGTH + LENGTH_OFFSET);
        target.putBytes(offset, slots, slot * SLOT_LENGTH, length);
        return length;
    }

    private int slotOf(int type, int locate) {
        int key = type << LOCATE_BITS | locate;
        int slot = slotOfKey.get(key);
        if (slot == NONE) {
            slot = count++;
            slotOfKey.put(key, slot);
        }
        return slot;
    }
}
