// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.instrument.InstrumentDirectory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.agrona.ErrorHandler;

/**
 * Keeps ids permanent across the epochs under one root, in whichever order they are written: what
 * any of them knew at its start or learnt during its day keeps its id. One epoch of a root is
 * written at a time. Control thread, before an epoch is created and after it is closed.
 */
public final class InstrumentStore {
    private InstrumentStore() {
    }

    /**
     * Gives the securities of all epochs but that of a date their ids again. Reads only what the
     * last clean close did not note: journals of days that were killed, or all when the note is
     * missing or damaged. Damage hides what it hit and nothing else; its ids stay used.
     *
     * @param directory an empty directory
     * @param kept      what is kept of an epoch's events, given its directory: in a hole of the
     *                  journal securities are defined that it does not tell of
     * @param errors    hears of damage and contradictions
     * @return number of securities known
     * @throws JournalException when ids cannot be kept because the directory is too small or was
     *                          not empty
     */
    public static int restore(Path root, LocalDate tradingDate, InstrumentDirectory directory,
        Function<Path, KeptEvents> kept, ErrorHandler errors) {
        InstrumentLedger ledger = InstrumentLedger.load(root, errors);
        ledger.unknown(tradingDate);
        return restore(ledger, root, tradingDate, directory, kept);
    }

    /**
     * The same for an epoch that goes on: what it gave itself comes before what others gave.
     *
     * @param own  kept of the epoch's events, so that only what follows them is read
     * @param kept of the others
     * @see #restore(Path, LocalDate, InstrumentDirectory, Function, ErrorHandler)
     */
    public static int resume(Path root, LocalDate tradingDate, InstrumentDirectory directory,
        KeptEvents own, Function<Path, KeptEvents> kept, ErrorHandler errors) {
        InstrumentLedger ledger = InstrumentLedger.load(root, errors);
        ledger.learn(tradingDate, Journal.directory(root, tradingDate), own);
        ledger.read(tradingDate, Journal.directory(root, tradingDate));
        return restore(ledger, root, tradingDate, directory, kept);
    }

    private static int restore(InstrumentLedger ledger, Path root, LocalDate tradingDate,
        InstrumentDirectory directory, Function<Path, KeptEvents> kept) {
        List<LocalDate> dates = new ArrayList<>(Journal.list(root));
        Collections.reverse(dates);
        for (LocalDate date : dates) {
            if (!date.equals(tradingDate)) {
                ledger.read(date, Journal.directory(root, date), kept);
            }
        }
        ledger.save(root);
        restore(ledger.symbols(), directory);
        return directory.count();
    }

    /**
     * Notes the securities that are known when an epoch is closed.
     *
     * @param lastSequence last inbound sequence of the epoch
     */
    public static void save(Path root, LocalDate tradingDate, long lastSequence,
        InstrumentDirectory directory, ErrorHandler errors) {
        InstrumentLedger ledger = InstrumentLedger.load(root, errors);
        ledger.define(symbols(directory));
        ledger.known(tradingDate, lastSequence);
        ledger.save(root);
    }

    /**
     * Notes all that the epochs under a root know, twice, since some of them are about to be
     * deleted.
     *
     * @param kept   what is kept of an epoch's events, given its directory
     * @param errors hears of damage and contradictions
     */
    public static void keep(Path root, Function<Path, KeptEvents> kept, ErrorHandler errors) {
        InstrumentLedger ledger = InstrumentLedger.load(root, errors);
        List<LocalDate> dates = new ArrayList<>(Journal.list(root));
        Collections.reverse(dates);
        dates.forEach(date -> ledger.read(date, Journal.directory(root, date), kept));
        ledger.keep(root);
    }

    /**
     * Gives the securities of one epoch their ids again: its head's and those its events defined.
     *
     * @param errors hears of damage and contradictions
     */
    public static void restore(Path epochDirectory, InstrumentDirectory directory,
        ErrorHandler errors) {
        InstrumentLedger ledger = new InstrumentLedger(errors);
        ledger.read(LocalDate.EPOCH, epochDirectory);
        restore(ledger.symbols(), directory);
    }

    private static void restore(List<String> symbols, InstrumentDirectory directory) {
        for (int i = 0; i < symbols.size(); i++) {
            restore(directory, symbols.get(i), i + 1);
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
