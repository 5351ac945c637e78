// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.agrona.ErrorHandler;

/**
 * Every id that the epochs under a root are known to have given. Whoever says first what an id
 * means is believed; what contradicts it and what is damaged is reported, never thrown. Ids above
 * all that were seen are free. Control thread.
 */
final class InstrumentLedger {
    private static final int MAX_ID = 1 << 20;

    private final ErrorHandler errors;
    private final Map<LocalDate, Long> lastByDate = new TreeMap<>();
    private final Map<String, Integer> idBySymbol = new HashMap<>();
    /** By id from 1; null where an id was used and its definition is lost. */
    private final List<String> symbols = new ArrayList<>();
    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();

    InstrumentLedger(ErrorHandler errors) {
        this.errors = errors;
    }

    /**
     * What the file under a root says; when it is missing or damaged, what was known when epochs
     * were deleted last, if any were.
     */
    static InstrumentLedger load(Path root, ErrorHandler errors) {
        InstrumentLedger ledger = new InstrumentLedger(errors);
        if (!ledger.load(root.resolve(InstrumentFile.NAME))) {
            ledger.load(root.resolve(InstrumentFile.KEPT));
        }
        return ledger;
    }

    private boolean load(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try {
            InstrumentFile file = InstrumentFile.read(path);
            lastByDate.putAll(file.lastByDate());
            define(file.symbols());
            return true;
        } catch (JournalException e) {
            errors.onError(e);
            return false;
        }
    }

    void save(Path root) {
        new InstrumentFile(lastByDate, symbols()).write(root, InstrumentFile.NAME);
    }

    /** Saves it twice, for when epochs are deleted that told some of the ids. */
    void keep(Path root) {
        save(root);
        new InstrumentFile(lastByDate, symbols()).write(root, InstrumentFile.KEPT);
    }

    /** Sets how far an epoch's inbound journal is known. */
    void known(LocalDate date, long lastSequence) {
        lastByDate.put(date, lastSequence);
    }

    /** Forgets how far an epoch's inbound journal is known; not its ids. */
    void unknown(LocalDate date) {
        lastByDate.remove(date);
    }

    /** Learns what was kept of an epoch's events, if that is more than was known. */
    void learn(LocalDate date, Path epochDirectory, KeptEvents kept) {
        if (kept.sequence() > lastByDate.getOrDefault(date, 0L)) {
            readHead(epochDirectory);
            kept.forEach(this::learn);
            reserve(kept.greatestInstrumentId());
            lastByDate.put(date, kept.sequence());
        }
    }

    /** Reads what an epoch holds beyond what is known of it. */
    void read(LocalDate date, Path epochDirectory) {
        long known = lastByDate.getOrDefault(date, -1L);
        if (known >= 0) {
            long last = last(epochDirectory);
            if (last == known) {
                return;
            }
            known = last < known ? -1 : known;
        }
        if (known < 0) {
            readHead(epochDirectory);
        }
        try (JournalTail tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)) {
            tail.damageListener(damage -> report(damage.toString()));
            if (known > 0) {
                tail.seekSequence(known + 1);
            }
            while (tail.next()) {
                learn(tail.event());
            }
            lastByDate.put(date, tail.excerptLastSequence());
        }
    }

    /** The same, unless all is known, beginning with what is kept of its events. */
    void read(LocalDate date, Path epochDirectory, Function<Path, KeptEvents> kept) {
        if (lastByDate.getOrDefault(date, -1L) != last(epochDirectory)) {
            learn(date, epochDirectory, kept.apply(epochDirectory));
            read(date, epochDirectory);
        }
    }

    private static long last(Path epochDirectory) {
        try (JournalTail tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)) {
            return tail.damageListener(damage -> { }).seekEnd();
        }
    }

    /** A head that is whole but refused still throws: its ids exist, and cannot be known. */
    private void readHead(Path epochDirectory) {
        for (JournalQueue queue : JournalQueue.values()) {
            if (HeadExcerpts.isWhole(queue.directory(epochDirectory))) {
                define(Journal.head(epochDirectory).symbols());
                return;
            }
        }
        report("the head of " + epochDirectory + " cannot be read in either queue");
    }

    private void learn(EventView event) {
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            define(event.instrumentId(), defined.symbol().trim());
        } else if (event.instrumentId() > symbols.size()) {
            reserve(event.instrumentId());
        }
    }

    /** Takes over symbols by id from 1. */
    void define(List<String> symbolById) {
        for (int i = 0; i < symbolById.size(); i++) {
            define(i + 1, symbolById.get(i));
        }
    }

    private void define(int id, String symbol) {
        if (id < 1 || !reserve(id) || symbol.isEmpty() || symbol.equals(lost(id))) {
            return;
        }
        String before = symbols.get(id - 1);
        int other = idBySymbol.getOrDefault(symbol, id);
        if (before == null && other == id) {
            symbols.set(id - 1, symbol);
            idBySymbol.put(symbol, id);
        } else if (!symbol.equals(before)) {
            report("security '" + symbol + "' has id " + other + " and id " + id
                + (before == null ? "" : ", which is '" + before + "'"));
        }
    }

    /** False when an id is above any that a directory can hold. */
    private boolean reserve(int id) {
        if (id > MAX_ID) {
            report("instrument id " + id + " is above " + MAX_ID);
            return false;
        }
        while (symbols.size() < id) {
            symbols.add(null);
        }
        return true;
    }

    /** Symbols by id from 1; a stand-in where the symbol is lost, so that its id stays used. */
    List<String> symbols() {
        List<String> known = new ArrayList<>(symbols);
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i) == null) {
                known.set(i, lost(i + 1));
            }
        }
        return known;
    }

    /** No venue's symbol begins with this sign. */
    private static String lost(int id) {
        return "#" + id;
    }

    private void report(String message) {
        errors.onError(new JournalException(message));
    }
}
