// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.lookup;

import io.millrace.bridge.BestQuotes;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.MarketRecord.Kind;
import io.millrace.bridge.OrderPrices;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.bridge.lookup.LatestAnswer.LastTrade;
import io.millrace.codec.event.BookStaleDecoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.StaleState;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.CloseHelper;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The newest values of each security of an epoch, as whoever follows its journal hands them in. One
 * thread hands in and publishes; any thread asks, and sees what was published.
 */
public final class QuoteMemory implements QuoteTier {
    private static final String NAME = "engine";

    private final Path epochDirectory;
    private final OrderPrices orders;
    private final BestQuotes bestQuotes = new BestQuotes();
    private final MarketRecord record = new MarketRecord();
    private final BookStaleDecoder bookStale = new BookStaleDecoder();
    private final Int2ObjectHashMap<Values> valuesById = new Int2ObjectHashMap<>();
    private final List<Values> changed = new ArrayList<>();
    private final Map<String, LatestAnswer> answers = new ConcurrentHashMap<>();
    private SymbolDirectory symbols;
    private long staleVenues;

    /** @param maxOrders resting orders whose prices are known to executions that name none */
    public QuoteMemory(Path epochDirectory, int maxOrders) {
        this.epochDirectory = epochDirectory;
        orders = new OrderPrices(maxOrders);
    }

    /** Of one security; in {@link #changed} until they are published. */
    private static final class Values {
        private final String symbol;
        private BestQuote quote = BestQuote.NONE;
        private LastTrade trade = LastTrade.NONE;
        private int quotedBy;
        private long staleVenues;
        private boolean isChanged;

        Values(String symbol) {
            this.symbol = symbol;
        }

        LatestAnswer answer(long staleChannels) {
            return new LatestAnswer(symbol, quote, trade,
                ((staleVenues | staleChannels) & 1L << quotedBy) != 0);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isAtHand() {
        return true;
    }

    /** Takes the next event of a queue. */
    public void onEvent(JournalQueue queue, EventView event) {
        boolean isInbound = queue == JournalQueue.INBOUND;
        if (isInbound) {
            orders.onEvent(event);
        }
        if (event.templateId() == BookStaleDecoder.TEMPLATE_ID) {
            onBookStale(event);
            return;
        }
        Kind kind = record.wrap(event, isInbound ? orders.price() : Price.UNDEFINED,
            isInbound ? orders.side() : Side.UNKNOWN);
        if (bestQuotes.onEvent(event)) {
            onQuote(event);
        } else if (kind == Kind.TRADE) {
            onTrade(event);
        }
    }

    private void onQuote(EventView event) {
        Values values = change(event);
        if (values != null) {
            values.quote = new BestQuote(record.bidPrice(), record.bidSize(),
                record.askPrice(), record.askSize(), event.receiveTimeNs());
            values.quotedBy = event.venueId();
        }
    }

    private void onTrade(EventView event) {
        Values values = change(event);
        if (values != null) {
            values.trade = new LastTrade(record.price(), record.size(), event.receiveTimeNs());
        }
    }

    /** An event without a security is of all that the venue's channel has. */
    private void onBookStale(EventView event) {
        bookStale.wrap(event.buffer(), event.offset(), event.blockLength(),
            BookStaleDecoder.SCHEMA_VERSION);
        long venue = 1L << event.venueId();
        boolean isStale = bookStale.state() == StaleState.STALE;
        if (event.instrumentId() == EventDescriptor.NO_INSTRUMENT) {
            staleVenues = isStale ? staleVenues | venue : staleVenues & ~venue;
            valuesById.values().forEach(this::mark);
            return;
        }
        Values values = change(event);
        if (values != null) {
            values.staleVenues = isStale ? values.staleVenues | venue
                : values.staleVenues & ~venue;
        }
    }

    /** Null when no event has told the symbol. */
    private Values change(EventView event) {
        Values values = valuesById.get(event.instrumentId());
        if (values == null) {
            symbols = symbols == null ? SymbolDirectory.of(epochDirectory) : symbols;
            String symbol = symbols.symbol(event.instrumentId());
            if (symbol == null) {
                return null;
            }
            values = new Values(symbol);
            valuesById.put(event.instrumentId(), values);
        }
        mark(values);
        return values;
    }

    private void mark(Values values) {
        if (!values.isChanged) {
            values.isChanged = true;
            changed.add(values);
        }
    }

    /** From now on all that was handed in is seen by whoever asks. */
    public void publish() {
        for (Values values : changed) {
            values.isChanged = false;
            LatestAnswer answer = values.answer(staleVenues);
            if (answer.timeNs() > 0) {
                answers.put(values.symbol, answer);
            }
        }
        changed.clear();
    }

    @Override
    public LatestAnswer find(String symbol) {
        return answers.get(symbol);
    }

    /** By the thread that hands in, or after it; what was published can still be asked for. */
    public void onClose() {
        CloseHelper.close(symbols);
        symbols = null;
    }
}
