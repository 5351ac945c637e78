// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.rig.LevelChecksum;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.book.BookView;
import io.millrace.codec.itch50.StockDirectoryDecoder;
import io.millrace.instrument.Venue;
import io.millrace.strategy.MarketView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Checksum over all levels of our books in the wire's units, by locate as the peers know them. */
public final class BookSum {
    private static final long PRICE_UNITS = 100_000;
    private static final long SHARE_UNITS = 1_000_000;
    private static final int SYMBOL_LENGTH = 8;

    private final Map<String, Integer> locateBySymbol = new TreeMap<>();

    /** @param first the chunk that holds the directory */
    public BookSum(ByteBuffer first) {
        int offset = 0;
        while (offset < first.capacity()) {
            int at = offset + MessageFile.LENGTH_BYTES;
            if (first.get(at) == StockDirectoryDecoder.TEMPLATE_ID) {
                int locate = first.getShort(at + StockDirectoryDecoder.stockLocateEncodingOffset());
                locateBySymbol.put(symbol(first, at), locate & 0xFFFF);
            }
            offset = at + (first.getShort(offset) & 0xFFFF);
        }
    }

    /** The checksum of all books. */
    public long of(MarketView market) {
        LevelChecksum checksum = new LevelChecksum();
        locateBySymbol.forEach((symbol, locate) -> add(checksum, locate,
            market.book(market.instrumentId(symbol), Venue.XNAS.id())));
        return checksum.value();
    }

    private static void add(LevelChecksum checksum, int locate, BookView book) {
        for (int i = 0; i < book.bidLevelCount(); i++) {
            checksum.level(locate, true, book.bidPrice(i) / PRICE_UNITS,
                book.bidSize(i) / SHARE_UNITS);
        }
        for (int i = 0; i < book.askLevelCount(); i++) {
            checksum.level(locate, false, book.askPrice(i) / PRICE_UNITS,
                book.askSize(i) / SHARE_UNITS);
        }
    }

    private static String symbol(ByteBuffer chunk, int at) {
        byte[] bytes = new byte[SYMBOL_LENGTH];
        chunk.get(at + StockDirectoryDecoder.stockEncodingOffset(), bytes);
        return new String(bytes, StandardCharsets.US_ASCII).trim();
    }
}
