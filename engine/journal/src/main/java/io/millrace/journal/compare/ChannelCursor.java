// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** What the messages of one channel became in an inbound journal, in order. One thread. */
final class ChannelCursor implements AutoCloseable {
    private final int channel;
    private final JournalTail tail;
    private final ChannelStream stream = new ChannelStream();
    private final SnapshotEndedDecoder ended = new SnapshotEndedDecoder();
    private final Set<JournalHole> holes = new LinkedHashSet<>();
    private final Set<Integer> channels = new TreeSet<>();
    private boolean hasEvent;
    private boolean isBehindHole;
    private boolean isBehindSnapshot;
    private long snapshotNext;
    private boolean isBehindStart;
    private int firstTemplateId;
    private int session;
    private long channelSequence;
    private long snapshotEvents;

    /** @param channel as {@link #channel} has it */
    ChannelCursor(Path epochDirectory, int channel) {
        this.channel = channel;
        tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND).holeListener(hole -> {
            holes.add(hole);
            isBehindHole = true;
        });
    }

    /** Venue and channel of an event in one number. */
    static int channel(EventView event) {
        return event.venueId() << 8 | event.channelId();
    }

    /** Moves to what the next message became. */
    void next() {
        isBehindHole = false;
        isBehindSnapshot = false;
        isBehindStart = false;
        do {
            hasEvent = tail.next();
        } while (hasEvent && !isNext());
    }

    boolean hasEvent() {
        return hasEvent;
    }

    EventView event() {
        return tail.event();
    }

    /** Below 0 when the event is of an earlier message, above when of a later one. */
    int compareTo(int otherSession, long otherSequence) {
        return session != otherSession ? Integer.compare(session, otherSession)
            : Long.compareUnsigned(channelSequence, otherSequence);
    }

    int session() {
        return session;
    }

    long channelSequence() {
        return channelSequence;
    }

    /** What is not here the journal says that it has not: it was lost on the wire. */
    boolean isLost(int otherSession, long otherSequence) {
        return stream.isLost(otherSession, otherSequence);
    }

    /** True when the journal has a hole in front of the event, or of the end. */
    boolean isBehindHole() {
        return isBehindHole;
    }

    /** True when a snapshot in front of the event told what a message did. */
    boolean isInSnapshot(long otherSequence) {
        return isBehindSnapshot && Long.compareUnsigned(otherSequence, snapshotNext) < 0;
    }

    ChannelStream stream() {
        return stream;
    }

    Set<JournalHole> holes() {
        return holes;
    }

    /** All channels of which the journal has messages, as far as it was read. */
    Set<Integer> channels() {
        return channels;
    }

    long snapshotEvents() {
        return snapshotEvents;
    }

    @Override
    public void close() {
        tail.close();
    }

    private boolean isNext() {
        EventView event = tail.event();
        isBehindStart |= VenueMessages.isEngineStart(event);
        if (channel(event) != channel) {
            if (VenueMessages.isMessage(event)) {
                channels.add(channel(event));
            }
            return false;
        }
        if (!stream.onEvent(event)) {
            onOther(event);
            return false;
        }
        channels.add(channel);
        boolean isSameMessage =
            channelSequence == event.originSequence() && session == stream.session();
        if (isSameMessage && isBehindStart && event.templateId() == firstTemplateId) {
            return false;
        }
        if (!isSameMessage) {
            firstTemplateId = event.templateId();
        }
        session = stream.session();
        channelSequence = event.originSequence();
        return true;
    }

    private void onOther(EventView event) {
        if ((event.flags() & EventFlag.SNAPSHOT) != 0) {
            snapshotEvents++;
        }
        if (event.templateId() == SnapshotEndedDecoder.TEMPLATE_ID) {
            ended.wrap(event.buffer(), event.offset(), event.blockLength(),
                SnapshotEndedDecoder.SCHEMA_VERSION);
            isBehindSnapshot = true;
            snapshotNext = ended.nextChannelSequence();
        }
    }
}
