// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.codec.event.StrategyChangedDecoder;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.DirectBuffer;

/**
 * Names of the strategies that events detached, on board or not: a chain that goes on elsewhere
 * does not call them either. Owned by the chain's thread.
 */
final class DetachedNames {
    /** Most names; a further one is not kept. */
    static final int LIMIT = 256;

    private static final int LENGTH = StrategyChangedDecoder.strategyLength();

    private final byte[] names = new byte[LIMIT * LENGTH];
    private int count;

    /** Keeps a name that stands in a buffer, padded with zeros; false when there is no room. */
    boolean add(DirectBuffer buffer, int offset) {
        for (int index = 0; index < count; index++) {
            if (isAt(index, buffer, offset)) {
                return true;
            }
        }
        if (count == LIMIT) {
            return false;
        }
        buffer.getBytes(offset, names, count * LENGTH, LENGTH);
        count++;
        return true;
    }

    boolean has(String name) {
        for (int index = 0; index < count; index++) {
            if (isAt(index, name)) {
                return true;
            }
        }
        return false;
    }

    void save(StateWriter writer) {
        writer.begin("detached");
        writer.putInt(count);
        writer.putBytes(names);
    }

    void restore(StateReader reader) {
        reader.begin("detached");
        count = reader.getInt("number of names", 0, LIMIT);
        reader.getBytes(names);
    }

    private boolean isAt(int index, DirectBuffer buffer, int offset) {
        for (int i = 0; i < LENGTH; i++) {
            if (names[index * LENGTH + i] != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAt(int index, String name) {
        for (int i = 0; i < LENGTH; i++) {
            if (names[index * LENGTH + i] != (i < name.length() ? name.charAt(i) : 0)) {
                return false;
            }
        }
        return true;
    }
}
