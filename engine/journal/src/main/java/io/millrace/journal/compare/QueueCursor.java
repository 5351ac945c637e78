// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.codec.event.FingerprintDecoder;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.EventView;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where the comparison is in one queue of one journal, and what it met there. One thread. */
final class QueueCursor implements AutoCloseable {
    private final Path epochDirectory;
    private final JournalQueue queue;
    private final JournalTail tail;
    private final Set<JournalHole> holes = new LinkedHashSet<>();
    private final Set<Long> starts = new TreeSet<>();
    private JournalHole holeInFront;
    private boolean hasEvent;
    private long sequence;
    private long leftOut;

    QueueCursor(Path epochDirectory, JournalQueue queue) {
        this.epochDirectory = epochDirectory;
        this.queue = queue;
        tail = JournalTail.written(epochDirectory, queue).holeListener(hole -> {
            holes.add(hole);
            holeInFront = hole;
        });
    }

    /** Another cursor at an event. */
    QueueCursor at(long position) {
        QueueCursor cursor = new QueueCursor(epochDirectory, queue);
        cursor.seek(position);
        return cursor;
    }

    void next() {
        holeInFront = null;
        hasEvent = tail.next();
        sequence = hasEvent ? event().sequence() : sequence + 1;
        if (hasEvent && isOfEngineLife() && kind() == SessionEventKind.ENGINE_STARTED.value()) {
            starts.add(sequence);
        }
    }

    void seek(long position) {
        tail.seekSequence(position);
        sequence = position - 1;
        next();
    }

    /** Moves on without comparing. */
    void leaveOut() {
        leftOut++;
        next();
    }

    /** Reads to the end, for what it meets. */
    void finish() {
        while (hasEvent) {
            next();
        }
    }

    boolean hasEvent() {
        return hasEvent;
    }

    EventView event() {
        return tail.event();
    }

    /** Sequence of the event; at the end the one that would come. */
    long sequence() {
        return sequence;
    }

    boolean isBehindHole() {
        return hasEvent && holeInFront != null;
    }

    /** True when another journal may have something else in front of this event. */
    boolean isAtBorder() {
        return isBehindHole() || hasEvent && isOfEngineLife();
    }

    boolean isFingerprint() {
        return event().templateId() == FingerprintDecoder.TEMPLATE_ID;
    }

    /** True for more than what an engine tells of itself and its lines. */
    boolean isData() {
        return event().isDerived() ? !isFingerprint()
            : event().venueId() != 0 && event().templateId() != LineStatusDecoder.TEMPLATE_ID;
    }

    /** True when data stands here or behind. */
    boolean hasData() {
        if (!hasEvent) {
            return false;
        }
        try (QueueCursor ahead = at(sequence)) {
            while (ahead.hasEvent && !ahead.isData()) {
                ahead.next();
            }
            return ahead.hasEvent;
        }
    }

    /** What stands from a sequence on, up to here; learns what it passed over. */
    Border.Part since(long from) {
        long count = 0;
        long dataCount = 0;
        try (QueueCursor cursor = at(from)) {
            for (; cursor.hasEvent && cursor.sequence < sequence; cursor.next()) {
                count++;
                dataCount += cursor.isData() ? 1 : 0;
            }
            starts.addAll(cursor.starts);
            holes.addAll(cursor.holes);
        }
        return new Border.Part(from, sequence, count, dataCount);
    }

    Comparison.Side side(boolean isDifferent) {
        long differing = isDifferent && hasEvent ? sequence : 0;
        finish();
        return new Comparison.Side(differing, new ArrayList<>(starts), List.copyOf(holes), leftOut);
    }

    @Override
    public void close() {
        tail.close();
    }

    private boolean isOfEngineLife() {
        return event().templateId() == SessionEventDecoder.TEMPLATE_ID && event().venueId() == 0
            && (kind() == SessionEventKind.ENGINE_STARTED.value()
            || kind() == SessionEventKind.ENGINE_STOPPED.value());
    }

    private int kind() {
        return event().buffer()
            .getByte(event().offset() + SessionEventDecoder.kindEncodingOffset()) & 0xFF;
    }
}
