// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;

import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.bridge.lookup.LatestAnswer.LastTrade;
import io.millrace.bridge.lookup.QuoteTier;
import io.millrace.instrument.Price;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;

/**
 * The newest rows of quotes and trades that a security has in the files that count, read from the
 * newest file back to the first one that has it, at most {@value #MAX_FILES} of each table. What
 * the bridge has not listed yet is not seen. One thread; an interrupt ends a search.
 */
public final class ParquetQuotes implements QuoteTier {
    /** Most files that one search opens of a table. */
    public static final int MAX_FILES = 256;

    private static final Set<String> BEST = Set.of("BBO", "NBBO");

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
        Group quote = newest("quotes", symbol, row -> BEST.contains(row.getString("kind", 0)));
        Group trade = newest("trades", symbol, row -> true);
        return LatestAnswer.ofRows(symbol,
            quote == null ? null : new BestQuote(number(quote, "bid"), number(quote, "bid_size"),
                number(quote, "ask"), number(quote, "ask_size"),
                quote.getLong("receive_time", 0)),
            trade == null ? null : new LastTrade(number(trade, "price"), number(trade, "size"),
                trade.getLong("receive_time", 0)));
    }

    private Group newest(String table, String symbol, Predicate<Group> wanted)
        throws IOException {
        for (String file : Archive.newest(root, table, groups.group(symbol), MAX_FILES)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            Group row = last(root.resolve(file), symbol, wanted);
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    /** The last such row of a file, or null. */
    private static Group last(Path file, String symbol, Predicate<Group> wanted)
        throws IOException {
        Group last = null;
        try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file)).withFilter(
            FilterCompat.get(eq(binaryColumn("symbol"), Binary.fromString(symbol)))).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                last = wanted.test(row) ? row : last;
            }
        }
        return last;
    }

    private static long number(Group row, String column) {
        return row.getFieldRepetitionCount(column) == 0 ? Price.UNDEFINED
            : row.getLong(column, 0);
    }
}
