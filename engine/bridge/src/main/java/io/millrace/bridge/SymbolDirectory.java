// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * Symbols by permanent id: those of the epoch's head, and those its events define, read ahead only
 * when an id is not known yet. One thread.
 */
public final class SymbolDirectory implements AutoCloseable {
    /** Ids above are damage. */
    private static final int MAX_ID = 1 << 22;

    private final List<String> symbolById = new ArrayList<>();
    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
    private JournalTail tail;

    /** The securities of one epoch, which has begun. */
    public static SymbolDirectory of(Path epochDirectory) {
        SymbolDirectory symbols = new SymbolDirectory();
        symbols.open(epochDirectory);
        return symbols;
    }

    /** Knows an epoch's securities as well; ids are the same in all epochs of a root. */
    void open(Path epochDirectory) {
        close();
        List<String> symbols = Journal.head(epochDirectory).symbols();
        for (int i = 0; i < symbols.size(); i++) {
            put(i + 1, symbols.get(i));
        }
        tail = JournalTail.following(epochDirectory, JournalQueue.INBOUND)
            .damageListener(damage -> { });
    }

    /** Symbol of an id, or null when no event defined it. */
    public String symbol(int id) {
        if (id < 1 || id > MAX_ID) {
            return null;
        }
        while (!isKnown(id)) {
            if (tail == null || !tail.next()) {
                return null;
            }
            learn(tail.event());
        }
        return symbolById.get(id);
    }

    private void learn(EventView event) {
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID
            && event.instrumentId() > 0 && event.instrumentId() <= MAX_ID) {
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            put(event.instrumentId(), defined.symbol().trim());
        }
    }

    private boolean isKnown(int id) {
        return id < symbolById.size() && symbolById.get(id) != null;
    }

    private void put(int id, String symbol) {
        while (symbolById.size() <= id) {
            symbolById.add(null);
        }
        symbolById.set(id, symbol);
    }

    @Override
    public void close() {
        CloseHelper.close(tail);
        tail = null;
    }
}
