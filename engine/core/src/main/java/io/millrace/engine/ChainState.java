// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookStage;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.sequence.SequenceStage;
import io.millrace.state.StateException;
import io.millrace.state.StateReader;
import io.millrace.state.StateSink;
import io.millrace.state.StateSource;
import io.millrace.state.StateWriter;
import io.millrace.strategy.ChainView;
import io.millrace.strategy.StrategyStage;

/**
 * All that the chain's later output depends on, saved after one inbound event and restored into
 * another pipeline of the same shape, which then derives the very same from the events that follow.
 * What strategies know is not in it. While the chain's thread runs it belongs to that thread;
 * before and afterwards to the control thread.
 */
public final class ChainState {
    /**
     * Raised whenever a class saves something else, or makes something else of what it saved:
     * another version is refused.
     */
    public static final int VERSION = 1;

    private final EngineContext context;
    private final EventPublisher inbound;
    private final EventReader reader;
    private final EventPublisher outbound;
    private final SequenceStage sequence;
    private final BookStage books;
    private final ChainView market;
    private final StrategyStage strategies;
    private final FingerprintStage fingerprint;
    private final EventView event = new EventView();
    /** Where the chain began, or was when it was restored. */
    private ChainPosition restored = ChainPosition.START;
    private long restoredAt = -1;

    ChainState(EngineContext context, EventPublisher inbound, EventReader reader,
        EventPublisher outbound, Stages stages) {
        this.context = context;
        this.inbound = inbound;
        this.reader = reader;
        this.outbound = outbound;
        sequence = stages.sequence;
        books = stages.books;
        market = stages.market;
        strategies = stages.strategies;
        fingerprint = stages.fingerprint;
    }

    /** What has a state, in the order in which it is saved. */
    record Stages(SequenceStage sequence, BookStage books, ChainView market,
        StrategyStage strategies, FingerprintStage fingerprint) {
    }

    /**
     * The options that a saved state and the pipeline that takes it must have in common, one
     * {@code key=value} per line.
     */
    public String shape() {
        return "state=" + VERSION
            + "\nengine.fingerprint-interval=" + context.fingerprintInterval()
            + "\nengine.level-updates=" + String.join(",", context.levelUpdates())
            + "\nengine.max-instruments=" + context.maxInstruments()
            + "\nengine.max-orders=" + context.maxOrders()
            + "\nengine.max-venues=" + context.maxVenues() + "\n";
    }

    /** Where the chain stands: behind the last inbound event that it took, all of it. */
    public ChainPosition position() {
        return positionAt(reader.position());
    }

    /** True when the chain took every inbound event that there is. */
    public boolean isAtRest() {
        return reader.ring().cursor() == reader.position();
    }

    /**
     * Saves the state after {@link #position()}.
     *
     * @throws IllegalStateException while there is an inbound event that the chain did not take
     */
    public void save(StateSink sink) {
        requireRest();
        StateWriter writer = new StateWriter(sink);
        save(writer, reader.position());
        writer.flush();
    }

    /** Saves the state after an inbound event, at which the chain's thread is. */
    void save(StateWriter writer, long ringSequence) {
        ChainPosition position = positionAt(ringSequence);
        writer.begin("chain");
        writer.putInt(VERSION);
        writer.putLong(position.inboundSequence());
        writer.putLong(position.receiveTimeNs());
        writer.putLong(position.outboundSequence());
        writer.putLong(outbound.receiveTimeNs());
        sequence.save(writer);
        books.save(writer);
        market.save(writer);
        strategies.save(writer);
        fingerprint.save(writer);
    }

    /**
     * Takes over a saved state in place of the one there is. Before the engine starts, or between
     * two events when everything runs on the caller's thread.
     *
     * @throws StateException when the state is damaged or of another shape; the pipeline is useless
     *                        then, unless another state is restored into it
     */
    public void restore(StateSource source) {
        restore(new StateReader(source));
    }

    /** The same behind what was read before. */
    public void restore(StateReader in) {
        requireRest();
        in.begin("chain");
        in.expect("version", VERSION);
        long inboundSequence = in.getLong();
        long receiveTimeNs = in.getLong();
        long outboundSequence = in.getLong();
        long outboundTimeNs = in.getLong();
        sequence.restore(in);
        books.restore(in);
        market.restore(in, receiveTimeNs);
        strategies.restore(in);
        fingerprint.restore(in);
        in.end();
        inbound.resume(inboundSequence + 1, receiveTimeNs);
        outbound.resume(outboundSequence + 1, outboundTimeNs);
        restored = new ChainPosition(inboundSequence, outboundSequence, receiveTimeNs);
        restoredAt = reader.position();
    }

    /** Bytes that a save would take now, about; any thread, a moment's truth. */
    public long estimatedBytes() {
        return books.stateBytes() + context.maxInstruments() * 36L + (1 << 16);
    }

    /** Where the chain stands once it took an event of the ring. */
    ChainPosition positionAt(long ringSequence) {
        if (ringSequence == restoredAt) {
            return restored;
        }
        EventRing ring = reader.ring();
        event.wrap(ring.buffer(), ring.blockOffset(ringSequence));
        return new ChainPosition(event.sequence(), outbound.nextSequence() - 1,
            event.receiveTimeNs());
    }

    private void requireRest() {
        if (!isAtRest()) {
            throw new IllegalStateException("there are inbound events that the chain did not take");
        }
    }
}
