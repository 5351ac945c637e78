// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static io.millrace.event.EventDescriptor.EXCHANGE_TIME_OFFSET;
import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.INSTRUMENT_ID_OFFSET;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;
import static io.millrace.event.EventDescriptor.ORIGIN_SEQUENCE_OFFSET;
import static io.millrace.event.EventDescriptor.RECEIVE_TIME_OFFSET;
import static io.millrace.event.EventDescriptor.SEQUENCE_OFFSET;
import static io.millrace.event.EventDescriptor.SLOT_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.lmax.disruptor.SingleProducerSequencer;
import io.millrace.codec.event.ClockEncoder;
import io.millrace.instrument.InstrumentDirectory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The single writer of an {@link EventRing}; owned by one thread. An event is claimed, its fields
 * are encoded in place behind the common ones, and {@link #commit()} shows all claimed events to
 * the readers. Nothing claimed is dropped: when the ring is full a claim waits, so whoever may
 * discard asks {@link #hasCapacity(int)} first.
 */
public final class EventPublisher extends PublisherPositions {
    /**
     * What the writer does while the ring is full: idle, or run the reader when it lives on the
     * same thread.
     */
    @FunctionalInterface
    public interface FullRing {
        /** Called again and again until a slot is free. */
        void onFull();
    }

    private final EventRing ring;
    private final SingleProducerSequencer sequencer;
    private final UnsafeBuffer buffer;
    private final FullRing fullRing;
    private final EpochNanoClock clock;
    private final int commitInterval;
    private final InstrumentDirectory instruments;
    private int timeFlags;
    private int schemaVersion = ClockEncoder.SCHEMA_VERSION;

    /** Keep the positions' line free of what stands behind this object. */
    private long q01;
    private long q02;
    private long q03;
    private long q04;
    private long q05;
    private long q06;
    private long q07;
    private long q08;
    private long q09;
    private long q10;
    private long q11;
    private long q12;
    private long q13;
    private long q14;
    private long q15;

    /**
     * @param ring           the ring this publisher is the only writer of
     * @param fullRing       what to do while the ring is full
     * @param clock          stamps publishDeltaNs once per commit, or null for no stamps
     * @param commitInterval claimed events that are committed without being asked, 1 or more
     */
    public EventPublisher(EventRing ring, FullRing fullRing, EpochNanoClock clock,
        int commitInterval) {
        this(ring, fullRing, clock, commitInterval, null);
    }

    /**
     * A publisher of one shard: events of securities that the shard has not are not claimed.
     *
     * @param instruments knows which securities the shard has, or null when it has all
     * @see #EventPublisher(EventRing, FullRing, EpochNanoClock, int)
     */
    public EventPublisher(EventRing ring, FullRing fullRing, EpochNanoClock clock,
        int commitInterval, InstrumentDirectory instruments) {
        this.instruments = instruments;
        this.ring = ring;
        this.fullRing = fullRing;
        this.clock = clock;
        this.commitInterval = commitInterval;
        sequencer = ring.sequencer();
        buffer = ring.buffer();
        published = ring.cursor();
        claimed = published;
        reserved = published;
    }

    /**
     * True when this many more events can be claimed without waiting. Asks the readers only when
     * the slots that were free the last time are used up.
     */
    public boolean hasCapacity(int events) {
        if (claimed + events > reserved) {
            reserved = published + sequencer.remainingCapacity();
        }
        return claimed + events <= reserved;
    }

    /**
     * Claims the next slot and writes header, sequence and receive time; padding and measurement
     * become zero.
     *
     * @return offset of the block within {@link #buffer()}
     */
    public int claim(int templateId, int blockLength) {
        if (claimed - published >= commitInterval) {
            commit();
        }
        if (claimed == reserved) {
            awaitCapacity();
        }
        claimed++;
        int offset = ring.blockOffset(claimed);
        buffer.putLong(offset - HEADER_LENGTH,
            EventDescriptor.header(templateId, blockLength, schemaVersion), LITTLE_ENDIAN);
        buffer.putLong(offset + blockLength - 2 * MEASUREMENT_LENGTH, 0L);
        buffer.putLong(offset + blockLength - MEASUREMENT_LENGTH, 0L);
        buffer.putLong(offset + SEQUENCE_OFFSET, firstSequence + claimed, LITTLE_ENDIAN);
        buffer.putLong(offset + RECEIVE_TIME_OFFSET, receiveTimeNs, LITTLE_ENDIAN);
        return offset;
    }

    /**
     * Writes the common fields that a claim does not know. The claim of an event that belongs to
     * another shard is given back: what is still written there is overwritten by the next one.
     *
     * @param originSequence channelSequence of an inbound event, causeSequence of a derived one
     */
    public void common(int offset, long exchangeTimeNs, int instrumentId, int venueId,
        int channelId, int flags,
                       long originSequence) {
        buffer.putLong(offset + EXCHANGE_TIME_OFFSET, exchangeTimeNs, LITTLE_ENDIAN);
        buffer.putLong(offset + INSTRUMENT_ID_OFFSET,
            (instrumentId & 0xFFFF_FFFFL) | (venueId & 0xFFL) << 32
            | (channelId & 0xFFL) << 40 | (long) (flags | timeFlags) << 48, LITTLE_ENDIAN);
        buffer.putLong(offset + ORIGIN_SEQUENCE_OFFSET, originSequence, LITTLE_ENDIAN);
        if (instruments != null && !instruments.isOwn(instrumentId)) {
            claimed--;
            elsewhere++;
        }
    }

    /**
     * Copies a whole event, header included, into the next slot as it stands, sequence and
     * measurement too: the way in for replay. The rest of the slot becomes zero, so that a block
     * shorter than its kind never shows what stood there before.
     *
     * @param length bytes from the header's first to the block's last, at most a slot
     */
    public void copy(DirectBuffer source, int headerOffset, int length) {
        if (claimed - published >= commitInterval) {
            commit();
        }
        if (claimed == reserved) {
            awaitCapacity();
        }
        claimed++;
        int slot = ring.blockOffset(claimed) - HEADER_LENGTH;
        buffer.putBytes(slot, source, headerOffset, length);
        buffer.setMemory(slot + length, SLOT_LENGTH - length, (byte) 0);
    }

    /** Shows all claimed events to the readers. */
    public void commit() {
        if (claimed == published) {
            return;
        }
        if (clock != null) {
            stamp();
        }
        sequencer.claim(claimed);
        sequencer.publish(claimed);
        published = claimed;
    }

    /**
     * Sets the receive time of the events to come; it never goes back, an earlier time is taken as
     * the last one.
     */
    public void receiveTimeNs(long timeNs) {
        receiveTimeNs = Math.max(receiveTimeNs, timeNs);
    }

    /** Marks the events to come with BAD_TIME, or no longer: the clock of their stamps stepped. */
    public void doubtTime(boolean isDoubted) {
        timeFlags = isDoubted ? EventFlag.BAD_TIME : 0;
    }

    /** Receive time of the events to come. */
    public long receiveTimeNs() {
        return receiveTimeNs;
    }

    /** Sets the schema version of the events to come: what is derived again keeps the old one. */
    public void schemaVersion(int version) {
        schemaVersion = version;
    }

    /** Sets the event sequence that the next claim gets. */
    public void nextSequence(long sequence) {
        firstSequence = sequence - claimed - 1;
    }

    /**
     * Goes on where another publisher was: event sequence and receive time of the events to come.
     */
    public void resume(long nextSequence, long timeNs) {
        nextSequence(nextSequence);
        receiveTimeNs = timeNs;
    }

    /** Event sequence that the next claim gets; sequences start at 1 per epoch. */
    public long nextSequence() {
        return firstSequence + claimed + 1;
    }

    /**
     * Ring sequence of the last claimed event, committed or not. Its slot can be read by this
     * thread.
     */
    public long claimed() {
        return claimed;
    }

    /** Events that were left to other shards. Writing thread, or after it ended. */
    public long elsewhere() {
        return elsewhere;
    }

    /** The memory that claims return offsets into. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** The ring this publisher writes. */
    public EventRing ring() {
        return ring;
    }

    /**
     * Commits, then does once what a claim does while the ring is full: for whoever waits for
     * capacity itself.
     */
    public void onFull() {
        commit();
        fullRing.onFull();
    }

    private void awaitCapacity() {
        if (hasCapacity(1)) {
            return;
        }
        commit();
        while (!hasCapacity(1)) {
            fullRing.onFull();
        }
    }

    private void stamp() {
        long nowNs = clock.nanoTime();
        for (long sequence = published + 1; sequence <= claimed; sequence++) {
            Measurement.publishedAt(buffer, ring.blockOffset(sequence), nowNs);
        }
    }
}
