// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;

import io.millrace.bridge.BestQuotes;
import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.bridge.lookup.LatestAnswer.LastTrade;
import io.millrace.bridge.lookup.QuoteTier;
import io.millrace.bridge.table.TableFile;
import io.millrace.instrument.Price;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;

/**
 * The newest rows of quotes and trades that a security has in the files that count, read from the
 * newest file back to the first one that has it, at most {@value #MAX_FILES} of each table. What
 * the bridge has not listed yet is not seen. Of a date with quotes across venues (NBBO) only those
 * count, as {@link BestQuotes} has it. One thread; an interrupt ends a search.
 */
public final class ParquetQuotes implements QuoteTier {
    /** Most files that one search opens of a table. */
    public static final int MAX_FILES = 256;

    private final Path root;
    private final SymbolGroups groups;

    /** @param context concluded here */
    public ParquetQuotes(ParquetContext context) {
        context.conclude();
        root = context.directory().toAbsolutePath().normalize();
        groups = new SymbolGroups(context.symbolGroups());
    }

    /** The library's way to give rows. */
    private static final class Builder extends ParquetReader.Builder<Group> {
        Builder(InputFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    @Override
    public String name() {
        return ParquetSink.NAME;
    }

    @Override
    public LatestAnswer find(String symbol) throws IOException {
        Group quote = bestQuote(symbol);
        Group trade = newest("trades", symbol);
        return LatestAnswer.ofRows(symbol,
            quote == null ? null : new BestQuote(number(quote, "bid"), number(quote, "bid_size"),
                number(quote, "ask"), number(quote, "ask_size"),
                quote.getLong("receive_time", 0)),
            trade == null ? null : new LastTrade(number(trade, "price"), number(trade, "size"),
                trade.getLong("receive_time", 0)));
    }

    private Group bestQuote(String symbol) throws IOException {
        FilterPredicate wanted = is("symbol", symbol);
        Group newest = null;
        Path folder = null;
        for (TableFile listed : files("quotes", symbol)) {
            Path file = root.resolve(listed.path());
            if (newest != null && !file.getParent().equals(folder)) {
                return newest;
            }
            Group consolidated =
                listed.hasNbbo() ? last(file, and(wanted, is("kind", "NBBO"))) : null;
            if (consolidated != null) {
                return consolidated;
            }
            newest = newest == null ? last(file, and(wanted, is("kind", "BBO"))) : newest;
            folder = file.getParent();
        }
        return newest;
    }

    private Group newest(String table, String symbol) throws IOException {
        for (TableFile listed : files(table, symbol)) {
            Group row = last(root.resolve(listed.path()), is("symbol", symbol));
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    /** Those of a security's group, newest first. */
    private List<TableFile> files(String table, String symbol) throws IOException {
        return Archive.newest(root, table, groups.group(symbol), MAX_FILES);
    }

    private static FilterPredicate is(String column, String value) {
        return eq(binaryColumn(column), Binary.fromString(value));
    }

    /** The last such row of a file, or null. */
    private static Group last(Path file, FilterPredicate wanted) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        Group last = null;
        try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file))
            .withFilter(FilterCompat.get(wanted)).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                last = row;
            }
        }
        return last;
    }

    private static long number(Group row, String column) {
        return row.getFieldRepetitionCount(column) == 0 ? Price.UNDEFINED
            : row.getLong(column, 0);
    }
}
