// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.instrument.InstrumentDirectory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries permanent ids from one epoch to the next: whatever the newest earlier epoch knew at its
 * start or learnt during its day keeps its id. Control thread, before an epoch is created.
 */
public final class InstrumentStore {
    private InstrumentStore() {
    }

    /**
     * Gives the securities of the newest epoch before a date their ids again.
     *
     * @param directory an empty directory
     * @return number of securities known
     * @throws JournalException when ids cannot be kept because the directory is too small or was
     *                          not empty
     */
    public static int restore(Path root, LocalDate tradingDate, InstrumentDirectory directory) {
        List<LocalDate> earlier = Journal.list(root).stream()
            .filter(date -> date.isBefore(tradingDate)).toList();
        if (!earlier.isEmpty()) {
            restore(Journal.directory(root, earlier.get(earlier.size() - 1)), directory);
        }
        return directory.count();
    }

    /**
     * Gives the securities of one epoch their ids again: its head's and those its events defined.
     */
    public static void restore(Path epochDirectory, InstrumentDirectory directory) {
        List<String> symbols = Journal.head(epochDirectory).symbols();
        for (int i = 0; i < symbols.size(); i++) {
            restore(directory, symbols.get(i), i + 1);
        }
        InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
        try (JournalTail tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)) {
            while (tail.next()) {
                if (tail.event().templateId() == InstrumentDefinedDecoder.TEMPLATE_ID
                    && tail.event().instrumentId() > directory.count()) {
                    defined.wrap(tail.event().buffer(), tail.event().offset(),
                        tail.event().blockLength(), InstrumentDefinedDecoder.SCHEMA_VERSION);
                    restore(directory, defined.symbol().trim(), defined.instrumentId());
                }
            }
        }
    }

    /** Symbols of a directory by id from 1, as a journal's head wants them. */
    public static List<String> symbols(InstrumentDirectory directory) {
        List<String> symbols = new ArrayList<>(directory.count());
        for (int id = 1; id <= directory.count(); id++) {
            symbols.add(directory.symbol(id));
        }
        return symbols;
    }

    private static void restore(InstrumentDirectory directory, String symbol, int id) {
        int restored = directory.findOrAdd(symbol);
        if (restored != id) {
            throw new JournalException("security '" + symbol + "' had id " + id + " and would get "
                + restored
                + "; " + directory.count() + " of " + directory.capacity() + " ids are given");
        }
    }
}
