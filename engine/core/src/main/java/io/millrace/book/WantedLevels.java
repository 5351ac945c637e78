// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Of which instruments LevelUpdated events are derived: those named by id, and those whose symbol
 * was asked for, from the event on that defines it. Owned by the chain's thread.
 */
final class WantedLevels {
    private static final int SYMBOL_OFFSET = InstrumentDefinedDecoder.symbolEncodingOffset();
    private static final int SYMBOL_LENGTH = InstrumentDefinedDecoder.symbolLength();

    private final boolean[] isWanted;
    private final boolean isAnyWanted;
    private final InstrumentDirectory symbols;

    WantedLevels(int maxInstruments, BitSet instrumentIds, List<String> symbols) {
        isWanted = new boolean[maxInstruments + 1];
        instrumentIds.stream().filter(id -> id <= maxInstruments)
            .forEach(id -> isWanted[id] = true);
        isAnyWanted = !instrumentIds.isEmpty() || !symbols.isEmpty();
        this.symbols = new InstrumentDirectory(Math.max(1, symbols.size()));
        symbols.forEach(this.symbols::findOrAdd);
    }

    /** False when nobody asked for any instrument. */
    boolean isAnyWanted() {
        return isAnyWanted;
    }

    void save(StateWriter writer) {
        writer.begin("wanted");
        for (int id = 1; id < isWanted.length; id++) {
            if (isWanted[id]) {
                writer.putInt(id);
            }
        }
        writer.putInt(0);
    }

    void restore(StateReader reader) {
        reader.begin("wanted");
        Arrays.fill(isWanted, false);
        int id = reader.getInt("wanted security", 0, isWanted.length - 1);
        while (id != 0) {
            isWanted[id] = true;
            id = reader.getInt("wanted security", 0, isWanted.length - 1);
        }
    }

    boolean isWanted(int instrumentId) {
        return isWanted[instrumentId];
    }

    void onInstrumentDefined(EventView event) {
        int id = event.instrumentId();
        if (id < 1 || id >= isWanted.length
            || event.blockLength() < SYMBOL_OFFSET + SYMBOL_LENGTH) {
            return;
        }
        isWanted[id] |= symbols.find(event.buffer(), event.offset() + SYMBOL_OFFSET, SYMBOL_LENGTH)
            != InstrumentDirectory.NOT_FOUND;
    }
}
