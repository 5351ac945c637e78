// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every hole of a day as the journal alone tells it: when it opened, what healed it, what of it was
 * lost, when it was closed. A hole may be closed part by part. One thread; it writes nothing.
 */
public final class GapLedger {
    /** How a hole ended. */
    public enum End {
        /** Everything came after all. */
        HEALED,
        /** Nothing of it came. */
        LOST,
        /** Some of it came. */
        PARTLY_LOST,
        /** It was neither healed nor declared lost. */
        NEVER_CLOSED
    }

    private final Consumer<Hole> closed;
    private final Map<Long, Deque<Open>> openByChannel = new HashMap<>();
    private final GapDecoder decoder = new GapDecoder();

    /** @param closed is told of each hole when it closes */
    public GapLedger(Consumer<Hole> closed) {
        this.closed = closed;
    }

    /**
     * A hole and its end.
     *
     * @param venueId      venue
     * @param channelId    channel
     * @param instrumentId the only security that it concerns, or NO_INSTRUMENT
     * @param fromSequence first missing message
     * @param toSequence   first message behind it
     * @param openedNs     receive time, UNDEFINED when only its end was told
     * @param closedNs     receive time, UNDEFINED when it was never closed
     * @param line         that brought the last part, 0 for none
     * @param cure         the strongest that was needed
     * @param healed       messages that came
     * @param lost         messages that did not
     */
    public record Hole(int venueId, int channelId, int instrumentId, long fromSequence,
                       long toSequence, long openedNs, long closedNs, int line, GapCure cure,
                       long healed, long lost) {
        /** Messages. */
        public long messages() {
            return toSequence - fromSequence;
        }

        /** How it ended. */
        public End end() {
            if (closedNs == EventDescriptor.UNDEFINED) {
                return End.NEVER_CLOSED;
            }
            if (lost == 0) {
                return End.HEALED;
            }
            return healed == 0 ? End.LOST : End.PARTLY_LOST;
        }
    }

    /** A hole in the making. */
    private static final class Open {
        private final long from;
        private final long to;
        private final long openedNs;
        private GapCure cure = GapCure.NONE;
        private int line;
        private long healed;
        private long lost;

        Open(long from, long to, long openedNs) {
            this.from = from;
            this.to = to;
            this.openedNs = openedNs;
        }

        boolean holds(long sequence) {
            return Long.compareUnsigned(from, sequence) <= 0
                && Long.compareUnsigned(sequence, to) < 0;
        }

        void close(GapDecoder part) {
            long length = part.toSequence() - part.fromSequence();
            if (part.state() == GapState.LOST) {
                lost += length;
            } else {
                healed += length;
                line = part.line();
            }
            cure = part.cure().value() > cure.value() ? part.cure() : cure;
        }

        boolean isClosed() {
            return healed + lost == to - from;
        }

        Hole at(EventView event, long closedNs) {
            return new Hole(event.venueId(), event.channelId(), event.instrumentId(), from, to,
                openedNs, closedNs, line, cure, healed, lost);
        }
    }

    /**
     * Reads an epoch.
     *
     * @param damage is told of damaged parts, which are passed over
     * @param closed is told of each hole when it closes, in the end of those that never did
     */
    public static void read(Path epochDirectory, Consumer<Damage> damage, Consumer<Hole> closed) {
        read(epochDirectory, damage, hole -> { }, closed);
    }

    /**
     * The same with an ear for what the journal itself does not hold.
     *
     * @param missing is told of holes of the journal, in which holes of channels may be hidden
     */
    public static void read(Path epochDirectory, Consumer<Damage> damage,
        Consumer<JournalHole> missing, Consumer<Hole> closed) {
        GapLedger ledger = new GapLedger(closed);
        try (JournalTail tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)) {
            tail.damageListener(damage).holeListener(missing);
            while (tail.next()) {
                ledger.onEvent(tail.event());
            }
        }
        ledger.forEachOpen(closed);
    }

    /** Takes an inbound event; those that tell of no hole leave no trace. */
    public void onEvent(EventView event) {
        if (event.templateId() == GapDecoder.TEMPLATE_ID) {
            onGap(event);
        }
    }

    /** Tells the holes that have not closed yet. */
    public void forEachOpen(Consumer<Hole> open) {
        openByChannel.forEach((key, holes) -> holes.forEach(hole -> open.accept(new Hole(
            (int) (key >> 40) & 0xFF, (int) (key >> 32) & 0xFF, key.intValue(), hole.from, hole.to,
            hole.openedNs, EventDescriptor.UNDEFINED, hole.line, hole.cure, hole.healed,
            hole.lost))));
    }

    private void onGap(EventView event) {
        decoder.wrap(event.buffer(), event.offset(), event.blockLength(),
            GapDecoder.SCHEMA_VERSION);
        Deque<Open> holes = openByChannel.computeIfAbsent(key(event), key -> new ArrayDeque<>());
        if (decoder.state() == GapState.OPEN) {
            holes.add(new Open(decoder.fromSequence(), decoder.toSequence(),
                event.receiveTimeNs()));
            return;
        }
        for (Iterator<Open> all = holes.iterator(); all.hasNext();) {
            Open hole = all.next();
            if (hole.holds(decoder.fromSequence())) {
                hole.close(decoder);
                if (hole.isClosed()) {
                    all.remove();
                    closed.accept(hole.at(event, event.receiveTimeNs()));
                }
                return;
            }
        }
        onUnopened(event);
    }

    /** A loss that was declared at once, or one that healed after it was declared. */
    private void onUnopened(EventView event) {
        long openedNs = decoder.state() == GapState.LOST ? event.receiveTimeNs()
            : EventDescriptor.UNDEFINED;
        Open hole = new Open(decoder.fromSequence(), decoder.toSequence(), openedNs);
        hole.close(decoder);
        closed.accept(hole.at(event, event.receiveTimeNs()));
    }

    private static long key(EventView event) {
        return (long) event.venueId() << 40 | (long) event.channelId() << 32
            | event.instrumentId() & 0xFFFF_FFFFL;
    }
}
