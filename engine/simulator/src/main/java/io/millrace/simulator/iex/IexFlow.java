// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

import io.millrace.simulator.MessageSource;
import io.millrace.simulator.SimulatedBooks;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Order flow as an IEX venue tells it: each event of the order flow, one message or several,
 * becomes trades, then either the levels that it changed, with the event flag on the last, or
 * the quote if it changed. Levels and quotes are read from the simulator's own books when the event
 * is over.
 * Owned by the flow's thread.
 */
public final class IexFlow implements MessageSource {
    private static final int SLOT_LENGTH = 64;

    private final IexOrigin origin;
    private final SimulatedBooks books;
    private final IexFeed feed;
    private final IexTranslator translator;
    private final LevelLog touched = new LevelLog();
    private final IexWriter writer = new IexWriter();
    private final IexQuote[] quotes;
    private final UnsafeBuffer itch = new UnsafeBuffer(new byte[SLOT_LENGTH]);
    private final ExpandableArrayBuffer slots = new ExpandableArrayBuffer(1 << 16);
    private int[] lengths = new int[1 << 10];
    private int first;
    private int count;
    private int session;

    /**
     * @param origin     the order flow
     * @param midnightNs start of the trading date, ns since the epoch
     */
    public IexFlow(IexOrigin origin, IexFeed feed, long midnightNs) {
        this.origin = origin;
        this.feed = feed;
        books = origin.books();
        books.listener(touched);
        quotes = new IexQuote[books.symbolCount() + 1];
        for (int locate = 1; locate < quotes.length; locate++) {
            quotes[locate] = new IexQuote();
        }
        translator = new IexTranslator(books, writer, feed, midnightNs);
    }

    @Override
    public int next(MutableDirectBuffer buffer, int offset) {
        while (first == count) {
            if (!takeEvent()) {
                return 0;
            }
        }
        buffer.putBytes(offset, slots, first * SLOT_LENGTH, lengths[first]);
        return lengths[first++];
    }

    @Override
    public long timeNs() {
        return origin.timeNs();
    }

    @Override
    public boolean isMidEvent() {
        return first < count;
    }

    private boolean takeEvent() {
        first = 0;
        count = 0;
        touched.clear();
        do {
            int length = origin.next(itch, 0);
            if (length == 0) {
                return false;
            }
            if (session != origin.session()) {
                session = origin.session();
                forgetQuotes();
            }
            translate();
        } while (origin.isInEvent());
        tellBooks();
        return true;
    }

    private void translate() {
        boolean isNewOrder = translator.wrap(itch);
        if (isNewOrder) {
            touched.onTouch(translator.side(), translator.price());
        }
        for (int part = 0; part < IexTranslator.PARTS; part++) {
            append(translator.write(part, slots, count * SLOT_LENGTH, touched));
        }
    }

    private void tellBooks() {
        int lastLocate = 0;
        for (int i = 0; i < touched.count(); i++) {
            int side = touched.side(i);
            int locate = side >>> 1;
            if (feed == IexFeed.DEEP) {
                boolean isComplete = i + 1 == touched.count();
                append(level(side, touched.price(i), isComplete));
            } else if (locate != lastLocate && quotes[locate].update(books, locate)) {
                append(at().quote(books.stock(locate), quotes[locate],
                    translator.isHalted(locate), translator.isRegular()));
            }
            lastLocate = locate;
        }
    }

    private int level(int side, int price, boolean isComplete) {
        long symbol = books.stock(side >>> 1);
        long size = books.sharesAt(side, price);
        return (side & 1) == 0 ? at().buyLevel(symbol, size, price, isComplete)
            : at().sellLevel(symbol, size, price, isComplete);
    }

    private IexWriter at() {
        return writer.wrap(slots, count * SLOT_LENGTH, translator.timestampNs());
    }

    private void append(int length) {
        if (length == 0) {
            return;
        }
        if (count == lengths.length) {
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        lengths[count++] = length;
    }

    private void forgetQuotes() {
        for (int locate = 1; locate < quotes.length; locate++) {
            quotes[locate].clear();
        }
    }
}
