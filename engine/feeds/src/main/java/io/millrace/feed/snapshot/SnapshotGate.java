// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import static io.millrace.feed.snapshot.SnapshotState.DRAINING;
import static io.millrace.feed.snapshot.SnapshotState.HOLDING;
import static io.millrace.feed.snapshot.SnapshotState.PASSING;
import static io.millrace.feed.snapshot.SnapshotState.READING;
import static io.millrace.feed.snapshot.SnapshotState.SEEKING;
import static io.millrace.feed.snapshot.SnapshotState.VOID;

import io.millrace.codec.event.ClearReason;
import io.millrace.event.EventPublisher;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.IngressTask;
import io.millrace.feed.SnapshotRecovery;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.transport.MessageHandler;
import org.agrona.DirectBuffer;

/**
 * Stands between a live session and its decoder, and lets a snapshot in when the session gave
 * messages up. From the moment a server is asked the live messages are held; once the snapshot is
 * whole, those it contains are left out and the others follow it from exactly its number on. Until
 * a server is found they go through, marked. A snapshot that is cut off, older than what is held,
 * too slow for the memory, or without an end is abandoned, counted and asked for again; after the
 * last attempt the channel goes on, marked, its books withheld. Nothing is ever delivered twice,
 * and what is left out without a snapshot is declared lost. Sequences are positive. Owned by the
 * ingress thread.
 */
public final class SnapshotGate implements MessageHandler, SnapshotRecovery, IngressTask {
    /** Messages that a snapshot may be ahead of the live ones; beyond, its number is not right. */
    public static final long MAX_AHEAD = 1_000_000;

    private static final int DRAIN_LIMIT = 512;
    /** Of one message, with the events around it. */
    private static final int EVENTS_PER_MESSAGE = 4;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters feed;
    private final MessageHandler decoder;
    private final SnapshotSource source;
    private final int attemptLimit;
    private final long messageLimit;
    private final ChannelEvents events;
    private final SnapshotCounters counters = new SnapshotCounters();
    private final DeclaredHoles holes = new DeclaredHoles();
    private final HeldMessages held;
    private final HeldMessages.Handler drain = new Drain();
    private final HeldMessages.Handler drop = new Drop();
    private final SnapshotHandler snapshot = new Snapshot();

    private SnapshotState state = PASSING;
    private boolean isSeeking;
    /** A snapshot began and none has ended since. */
    private boolean isWithheld;
    private int attempts;
    /** Behind the last message, or hole, that the session told of. */
    private long nextLive;
    /** Next for the decoder while messages are held. */
    private long nextDelivered;
    /** First of those held, and of those dropped before. */
    private long heldFrom;
    /** What is below is contained in the last snapshot. */
    private long resumeAt;
    private long droppedCount;
    /** Messages of the snapshot that is read. */
    private long messageCount;
    private ChannelHistory past = ChannelHistory.none();

    /**
     * @param publisher writer of the inbound ring
     * @param feed      counters of the session
     * @param decoder   takes live messages and those of snapshots
     */
    public SnapshotGate(EventPublisher publisher, FeedChannel channel, FeedCounters feed,
                        MessageHandler decoder, SnapshotSource source, SnapshotContext context) {
        this.publisher = publisher;
        this.channel = channel;
        this.feed = feed;
        this.decoder = decoder;
        this.source = source;
        attemptLimit = context.attemptLimit();
        messageLimit = context.messageLimit();
        held = new HeldMessages(context.holdLengthBytes());
        events = new ChannelEvents(publisher, channel);
    }

    /** Goes on where an earlier life of the engine was. Before the start. */
    public void resume(ChannelHistory earlier) {
        past = earlier;
        nextLive = past.next();
    }

    /** A snapshot that was not whole is read anew, and one that was due is asked for again. */
    @Override
    public void onStart() {
        past.lost().all().forEach(missing -> holes.addLost(missing.from(), missing.to()));
        if (past.isSnapshotOpen()) {
            isWithheld = true;
            nextDelivered = nextLive;
            heldFrom = nextLive;
            state = VOID;
            seek();
        } else if (past.isMaybeBad()) {
            seek();
        } else {
            holes.heal(events);
        }
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                          long receiveTimeNs) {
        nextLive = channelSequence + 1;
        if (state == PASSING) {
            decoder.onMessage(buffer, offset, length, channelSequence, receiveTimeNs);
            return;
        }
        while (!held.add(buffer, offset, length, channelSequence, receiveTimeNs)) {
            makeRoom();
        }
        counters.onHeld(held.lengthBytes());
        if (state == DRAINING) {
            drain(2);
        }
    }

    @Override
    public boolean onGivenUp(long from, long to) {
        if (from < 0 || to < from) {
            return false;
        }
        nextLive = to;
        if (state == PASSING) {
            declareLost(from, to);
            seek();
        } else {
            while (!held.addHole(from, to)) {
                makeRoom();
            }
        }
        return true;
    }

    /** What is held of the old session goes on, or is declared lost, before its books are void. */
    @Override
    public void onSessionChanged() {
        settle();
        source.stop();
        isSeeking = false;
        holes.clear();
        channel.markWhole();
        if (isWithheld) {
            events.cleared(ClearReason.SNAPSHOT, 1);
            events.snapshotEnded(1);
            isWithheld = false;
        }
        state = PASSING;
        nextLive = 0;
        resumeAt = 0;
        decoder.onSessionChanged();
    }

    @Override
    public int onTime(long nowNs) {
        int workCount = source.onTime(nowNs);
        if (state == DRAINING) {
            workCount += drain(DRAIN_LIMIT);
            publisher.commit();
        }
        counters.show(state());
        return workCount;
    }

    @Override
    public void close() {
        settle();
        source.close();
        isSeeking = false;
        state = PASSING;
        counters.show(state);
        publisher.commit();
    }

    /** What the gate does now. */
    public SnapshotState state() {
        return state == PASSING && isSeeking ? SEEKING : state;
    }

    /** What became of the snapshots. */
    public SnapshotCounters counters() {
        return counters;
    }

    /** Name of the snapshot server. */
    public String serverName() {
        return source.name();
    }

    private void seek() {
        if (!isSeeking) {
            isSeeking = true;
            attempts = 0;
            source.start(snapshot);
        }
    }

    private void declareLost(long from, long to) {
        channel.markMaybeBad();
        events.lost(from, to);
        holes.addLost(from, to);
    }

    /** What happens where the memory ends. */
    private void makeRoom() {
        switch (state) {
            case HOLDING, READING:
                counters.onAbandoned();
                source.retry();
                fail();
                break;
            case VOID:
                held.takeFirst(drop);
                break;
            default:
                held.takeFirst(drain);
                break;
        }
    }

    /** A snapshot came to nothing. What it has not voided yet goes on. */
    private void fail() {
        state = state == HOLDING ? DRAINING : state == READING ? VOID : state;
        attempts++;
        if (attempts < attemptLimit) {
            return;
        }
        counters.onGivenUp();
        source.stop();
        isSeeking = false;
        if (state == VOID) {
            declareDropped(heldFrom);
            state = DRAINING;
        }
    }

    /** The holes among them were counted by the session. */
    private void declareDropped(long to) {
        if (droppedCount > 0) {
            feed.onGap(to - droppedCount, to);
            droppedCount = 0;
        }
        if (nextDelivered < to) {
            channel.markMaybeBad();
            holes.lose(nextDelivered, to, events);
            holes.addLost(nextDelivered, to);
            nextDelivered = to;
        }
    }

    /** Hands on what is held, or declares it lost where a snapshot has voided the books. */
    private void settle() {
        boolean isVoid = state == READING || state == VOID;
        while (!held.isEmpty()) {
            held.takeFirst(isVoid ? drop : drain);
        }
        if (isVoid) {
            declareDropped(nextLive);
        }
    }

    private int drain(int limit) {
        int count = 0;
        while (count < limit && !held.isEmpty() && publisher.hasCapacity(EVENTS_PER_MESSAGE)) {
            held.takeFirst(drain);
            count++;
        }
        if (held.isEmpty() && nextLive >= resumeAt) {
            state = PASSING;
        }
        return count;
    }

    /** What was held goes to the decoder, unless a snapshot contains it. */
    private final class Drain implements HeldMessages.Handler {
        @Override
        public void onHeldMessage(DirectBuffer buffer, int offset, int length, long sequence,
                                  long receiveTimeNs) {
            if (sequence < resumeAt) {
                counters.onSuperseded(1);
                return;
            }
            nextDelivered = sequence + 1;
            decoder.onMessage(buffer, offset, length, sequence, receiveTimeNs);
        }

        @Override
        public void onHeldHole(long from, long to) {
            long healedTo = Math.min(to, resumeAt);
            if (healedTo > from) {
                events.healedBySnapshot(from, healedTo);
            }
            if (to > resumeAt) {
                declareLost(Math.max(from, resumeAt), to);
                nextDelivered = to;
                seek();
            }
        }
    }

    /** What was held makes room: a snapshot will contain it, or it is declared lost. */
    private final class Drop implements HeldMessages.Handler {
        @Override
        public void onHeldMessage(DirectBuffer buffer, int offset, int length, long sequence,
                                  long receiveTimeNs) {
            if (sequence < resumeAt) {
                counters.onSuperseded(1);
                return;
            }
            heldFrom = sequence + 1;
            droppedCount++;
            counters.onDropped();
        }

        @Override
        public void onHeldHole(long from, long to) {
            heldFrom = Math.max(heldFrom, to);
            holes.addOpen(from, to);
        }
    }

    /** What the source tells. */
    private final class Snapshot implements SnapshotHandler {
        @Override
        public void onSnapshotAsked() {
            counters.onAsked();
            if (state == PASSING || state == DRAINING) {
                nextDelivered = state == PASSING ? nextLive : nextDelivered;
                heldFrom = nextDelivered;
                state = HOLDING;
            }
            // A snapshot asked for now is newer than most of what is held, and needs room to last.
            while (state == VOID && held.isMoreThanHalfFull()) {
                held.takeFirst(drop);
            }
        }

        @Override
        public void onSnapshotMessage(DirectBuffer buffer, int offset, int length, long sequence,
                                      long receiveTimeNs) {
            if (!begin(sequence)) {
                return;
            }
            channel.markSnapshot();
            decode(buffer, offset, length, sequence, receiveTimeNs);
        }

        @Override
        public void onLastSnapshotMessage(DirectBuffer buffer, int offset, int length,
                                          long sequence, long receiveTimeNs) {
            if (!begin(sequence)) {
                return;
            }
            channel.markSnapshotLast();
            decode(buffer, offset, length, sequence, receiveTimeNs);
        }

        @Override
        public void onSnapshotEnded(long next) {
            messageCount = 0;
            begin(1);
            if (next < heldFrom) {
                counters.onTooOld();
                source.retry();
                fail();
            } else if (next - nextLive > MAX_AHEAD) {
                source.retry();
                onSnapshotFailed();
            } else {
                end(next);
            }
        }

        @Override
        public void onSnapshotFailed() {
            counters.onFailed();
            fail();
        }

        @Override
        public void onSnapshotRefused() {
            counters.onFailed();
            attempts = attemptLimit;
            fail();
        }

        /** Returns false when the snapshot has more messages than it may have. */
        private boolean begin(long sequence) {
            if (state != READING) {
                state = READING;
                messageCount = 0;
                isWithheld = true;
                counters.onBegun();
                events.snapshotBegun(nextDelivered, sequence);
                events.cleared(ClearReason.SNAPSHOT, nextDelivered);
            }
            if (messageCount++ < messageLimit) {
                return true;
            }
            counters.onAbandoned();
            source.retry();
            fail();
            return false;
        }

        private void decode(DirectBuffer buffer, int offset, int length, long sequence,
                            long receiveTimeNs) {
            counters.onSnapshotMessage();
            decoder.onMessage(buffer, offset, length, sequence, receiveTimeNs);
            channel.markLive();
        }

        private void end(long next) {
            source.stop();
            isSeeking = false;
            isWithheld = false;
            counters.onEnded();
            counters.onSuperseded(droppedCount);
            droppedCount = 0;
            channel.markWhole();
            events.snapshotEnded(next);
            holes.heal(events);
            resumeAt = next;
            nextDelivered = next;
            state = DRAINING;
        }
    }
}
