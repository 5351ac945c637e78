// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.engine.ChainPosition;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.instrument.Venue;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.state.StateMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The books of one security at any nanosecond of an epoch: from the nearest checkpoint before it,
 * by running the security's events through the chain up to that moment. Without checkpoints, going
 * forward continues and going back begins anew. One thread.
 */
public final class TimeTravel implements AutoCloseable {
    private static final int DRAIN_INTERVAL = 256;

    private final String symbol;
    private final JournalHead head;
    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
    private final CheckpointStore store;
    private final List<ChainPosition> checkpoints;
    private final Pipeline pipeline;
    private final StateMemory start = StateMemory.growing();
    private final JournalTail tail;
    private boolean isPending;
    private int instrumentId;
    private long timeNs = Long.MIN_VALUE;
    private long lastSequence;
    private long touchedCount;
    private long checkpointSequence;

    /**
     * @param epochDirectory directory of an epoch
     * @param symbol         symbol of a security
     */
    public TimeTravel(Path epochDirectory, String symbol) {
        this.symbol = symbol;
        head = Journal.head(epochDirectory);
        store = new CheckpointStore(epochDirectory);
        checkpoints = new ArrayList<>();
        store.list().forEach(checkpoint -> checkpoints.add(checkpoint.position()));
        pipeline = new Pipeline(EngineSection.read(head).conclude());
        pipeline.state().save(start);
        tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND);
        instrumentId = head.symbols().indexOf(symbol) + 1;
    }

    /**
     * The books after all events received at a time, in ns since the Unix epoch, or before.
     *
     * @throws JournalException when there is a hole on the way and no checkpoint behind it
     */
    public BookState at(long atNs) {
        touchedCount = 0;
        checkpointSequence = 0;
        goNear(atNs);
        timeNs = atNs;
        int count = 0;
        while (isAvailable() && tail.event().receiveTimeNs() <= atNs) {
            EventView event = tail.event();
            refuseHole(event);
            lastSequence = event.sequence();
            isPending = false;
            touchedCount++;
            if (concerns(event)) {
                pipeline.inbound().copy(event.buffer(), event.offset() - HEADER_LENGTH,
                    event.length());
                count++;
            }
            if (count == DRAIN_INTERVAL) {
                drain();
                count = 0;
            }
        }
        drain();
        return state();
    }

    /** Events that the last answer had to read. */
    public long touchedCount() {
        return touchedCount;
    }

    /** Inbound sequence of the checkpoint that the last answer began at, 0 for none. */
    public long checkpointSequence() {
        return checkpointSequence;
    }

    /** Restores a checkpoint when one is nearer than where the chain is; a damaged one is not. */
    private void goNear(long atNs) {
        boolean isBack = atNs < timeNs;
        long from = isBack ? -1 : lastSequence;
        boolean isNearer =
            checkpoints.stream().anyMatch(position -> isBetween(position, from, atNs));
        ChainPosition restored = isNearer ? store.restore(pipeline.state(),
            position -> isBetween(position, from, atNs), reason -> { }) : null;
        if (restored == null && isBack) {
            pipeline.state().restore(start.source());
            restored = pipeline.state().position();
        }
        if (restored != null) {
            begin(restored);
        }
    }

    private static boolean isBetween(ChainPosition position, long from, long atNs) {
        return position.inboundSequence() > from && position.receiveTimeNs() <= atNs;
    }

    private void begin(ChainPosition position) {
        lastSequence = position.inboundSequence();
        checkpointSequence = lastSequence;
        isPending = tail.seekSequence(lastSequence + 1) && tail.next();
        instrumentId = head.symbols().indexOf(symbol) + 1;
        if (instrumentId == 0) {
            instrumentId = pipeline.market().instrumentId(symbol);
        }
    }

    private boolean isAvailable() {
        isPending = isPending || tail.next();
        return isPending;
    }

    private void refuseHole(EventView event) {
        if (event.templateId() == JournalGapDecoder.TEMPLATE_ID
            && event.sequence() > lastSequence + 1) {
            throw new JournalException("events " + (lastSequence + 1) + " to "
                + (event.sequence() - 1) + " are not in the journal, and there is no checkpoint"
                + " behind them");
        }
    }

    private boolean concerns(EventView event) {
        if (instrumentId == 0 && event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            if (symbol.equals(defined.symbol().trim())) {
                instrumentId = event.instrumentId();
            }
        }
        return event.instrumentId() == instrumentId
            || event.instrumentId() == EventDescriptor.NO_INSTRUMENT;
    }

    private void drain() {
        pipeline.inbound().commit();
        int workCount;
        do {
            workCount = pipeline.chain().doWork();
        } while (workCount > 0);
    }

    private BookState state() {
        List<BookState.VenueBook> venues = new ArrayList<>();
        for (Venue venue : Venue.values()) {
            BookState.VenueBook book = BookState.copy(venue.id(),
                pipeline.bareBook(instrumentId, venue.id()));
            if (!book.bids().isEmpty() || !book.asks().isEmpty()) {
                venues.add(book);
            }
        }
        return new BookState(symbol, instrumentId, timeNs, lastSequence, venues);
    }

    @Override
    public void close() {
        tail.close();
    }
}
