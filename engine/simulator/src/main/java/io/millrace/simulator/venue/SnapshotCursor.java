// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.ItchWriter;
import io.millrace.simulator.SimulatedBooks;
import org.agrona.MutableDirectBuffer;

/**
 * The state of a venue as ITCH messages, one per call: what was told about securities, then every
 * open order, book by book, best level first, in time priority. The flow must stand still from
 * {@link #begin} to the last message. Owned by the thread that owns the books.
 */
final class SnapshotCursor {
    private final StateMessages state;
    private final SimulatedBooks books;
    private final ItchWriter writer = new ItchWriter();
    private int typeIndex;
    private int slot;
    private int side;
    private int level;
    private int order;

    SnapshotCursor(StateMessages state, SimulatedBooks books) {
        this.state = state;
        this.books = books;
    }

    /** Goes back to the first message. */
    void begin() {
        typeIndex = 0;
        slot = 0;
        side = SimulatedBooks.bidSide(1);
        level = -1;
        order = SimulatedBooks.NONE;
    }

    /** Writes the next message with its own timestamp; its length, or 0 when there is no more. */
    int next(MutableDirectBuffer buffer, int offset) {
        for (; typeIndex < StateMessages.TYPES.length(); typeIndex++) {
            int found = nextOfType(StateMessages.TYPES.charAt(typeIndex));
            if (found >= 0) {
                return state.copy(found, buffer, offset);
            }
            slot = 0;
        }
        return advanceOrder() ? writeOrder(buffer, offset) : 0;
    }

    private int nextOfType(char type) {
        while (slot < state.count()) {
            if (state.type(slot) == type) {
                return slot++;
            }
            slot++;
        }
        return -1;
    }

    private boolean advanceOrder() {
        if (order != SimulatedBooks.NONE) {
            order = books.nextOrder(order);
        }
        int lastSide = SimulatedBooks.askSide(books.symbolCount());
        while (order == SimulatedBooks.NONE && side <= lastSide) {
            level++;
            if (level < books.depth(side)) {
                order = books.firstOrder(side, level);
            } else {
                side++;
                level = -1;
            }
        }
        return order != SimulatedBooks.NONE;
    }

    private int writeOrder(MutableDirectBuffer buffer, int offset) {
        writer.wrap(buffer, offset, 0);
        return writer.openOrder(books, side, order, books.price(side, level));
    }
}
