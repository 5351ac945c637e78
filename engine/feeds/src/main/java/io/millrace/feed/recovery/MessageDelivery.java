// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.event.EventPublisher;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.history.MissingRanges;
import io.millrace.feed.transport.MessageHandler;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Hands messages on once and in sequence. What comes beyond a hole is held until the hole is healed
 * or given up; then it is handed on as far as the ring has room. When no more can be held the first
 * hole is given up, and if that makes no room the packet is left out, as if lost on the wire. A
 * packet ahead of all that is known is a claim until a second one agrees with it: what nothing
 * agreed with opens no hole, loses nothing and is counted as suspicious. Numbers are unsigned.
 * Owned by the ingress thread.
 */
public final class MessageDelivery {
    /** In place of a line: the answer to a request. */
    public static final int ANSWER = 0;
    /** Greatest number of events that one message becomes. */
    public static final int EVENTS_PER_MESSAGE = 2;
    /** A hole opened, one healed, one lost, and what follows them. */
    public static final int OWN_EVENTS = 4;

    private final RecoveryContext context;
    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters counters;
    private final ByteOrder lengthOrder;
    private final RecoveryCounters recoveryCounters = new RecoveryCounters();
    private final MessageHandler handler;
    private final ChannelEvents events;
    private final OpenHoles holes = new OpenHoles();
    private final HeldPackets held;
    private final Recovery recovery;
    private final ClaimedPacket claim = new ClaimedPacket();
    private long expected;
    /** Behind the last message that is believed to exist: delivered, held, or in a hole. */
    private long knownEnd;
    private long packets;
    private long nowNs = Long.MIN_VALUE;

    /**
     * @param publisher   where gaps go
     * @param lengthOrder of the blocks' lengths
     * @param requests    asks for what is missing
     * @param handler     takes the messages
     */
    public MessageDelivery(RecoveryContext context, EventPublisher publisher, FeedChannel channel,
                           FeedCounters counters, ByteOrder lengthOrder, RequestSender requests,
                           MessageHandler handler) {
        this.context = context;
        this.publisher = publisher;
        this.channel = channel;
        this.counters = counters;
        this.lengthOrder = lengthOrder;
        this.handler = handler;
        events = new ChannelEvents(publisher, channel);
        held = new HeldPackets(context.holdPackets(), context.holdLengthBytes());
        recovery = new Recovery(context, holes, held, requests, recoveryCounters);
    }

    /** Begins with a number; nothing is open or held. */
    public void start(long sequence) {
        assert holes.isEmpty() && held.isEmpty();
        expected = sequence;
        knownEnd = sequence;
    }

    /**
     * Begins where an earlier life ended: what was missing then is missing still, and what came
     * behind it and was held is gone. A hole that was filled before its end was told is told now.
     */
    public void resume(ChannelHistory past) {
        start(past.next());
        for (MissingRanges.Range missing : past.open().all()) {
            if (!isBefore(expected, missing.to())) {
                events.healed(missing.from(), missing.to(), false, ANSWER);
            } else if (!isBefore(knownEnd, missing.from())
                || reveal(missing.from(), ANSWER)) {
                addHole(missing.from(), missing.to());
            }
        }
        if (isBefore(knownEnd, past.knownEnd())) {
            reveal(past.knownEnd(), ANSWER);
        }
    }

    /** Time moves on, never back. */
    public void time(long timeNs) {
        nowNs = Math.max(nowNs, timeNs);
    }

    /** Next message to hand on. */
    public long expected() {
        return expected;
    }

    /** Behind the last message known of. */
    public long knownEnd() {
        return knownEnd;
    }

    /** True while something is missing or held. */
    public boolean isWaiting() {
        return !holes.isEmpty() || !held.isEmpty();
    }

    /** True when the packet held first waits for room in the ring alone. */
    public boolean isReady() {
        return !held.isEmpty() && !isBefore(expected, held.firstSequence());
    }

    /** Bytes of the packet that is not believed yet, 0 when there is none. */
    public int claimLength() {
        return claim.length();
    }

    /** What holes cost and how they ended. */
    public RecoveryCounters recoveryCounters() {
        return recoveryCounters;
    }

    /** Shows its counts to other threads. */
    public void show() {
        recoveryCounters.show(holes, held);
    }

    /**
     * Takes a packet: tells of the hole before it, hands its messages on or holds them. One that is
     * ahead of all that is known waits until another one agrees with it.
     *
     * @param line that it came on, or {@link #ANSWER}
     * @return how many of its messages had not come before
     */
    public long accept(NumberedPacket packet, int line, long receiveTimeNs) {
        packets += line == ANSWER ? 0 : 1;
        if (isBefore(knownEnd, packet.sequence()) && !isBelieved(packet, line)) {
            setClaim(packet, line, receiveTimeNs);
            return 0;
        }
        long fresh = admit(packet, line, receiveTimeNs);
        if (claim.isSet() && !isBefore(knownEnd, claim.sequence())) {
            admitClaim();
        } else if (claim.isSet() && fresh > 0 && claim.isOutlived()) {
            dropClaim();
        }
        return fresh;
    }

    /** An answer brought something that was missing. */
    public void onAnswer(int server, long first, long end) {
        recovery.onAnswer(server, first, end, nowNs);
    }

    /** Does what is due by time, then hands on what can be. */
    public int onTime(long confirmed) {
        int workCount = recovery.onTime(nowNs, packets, expected, confirmed);
        long before = expected;
        advance(confirmed);
        return workCount + (expected == before ? 0 : 1);
    }

    /** Hands on what is held and gives up what is due, as far as the ring has room. */
    public void advance(long confirmed) {
        while (isWaiting()) {
            boolean isReady = isReady();
            if (!publisher.hasCapacity(isReady ? eventsOfFirst() : OWN_EVENTS)) {
                return;
            }
            if (isReady) {
                deliverFirst();
            } else if (!holes.first().isGivenUp() || !loseFirst(confirmed)) {
                return;
            }
        }
    }

    /** Gives up all that is missing and hands on all that is held, however long the ring takes. */
    public void giveUpAll() {
        if (claim.isSet()) {
            dropClaim();
        }
        while (isWaiting()) {
            if (isReady()) {
                deliverFirst();
            } else {
                loseFirst(knownEnd);
            }
        }
    }

    /**
     * True when a packet and the claim bear each other out; a claim before it is taken first. Who
     * heals nothing believes each one.
     */
    private boolean isBelieved(NumberedPacket packet, int line) {
        if (context.isImmediate()) {
            return true;
        }
        if (!claim.isSet() || !claim.isBorneOutBy(packet, line)) {
            return false;
        }
        if (isBefore(packet.sequence(), claim.sequence())) {
            return true;
        }
        admitClaim();
        return !isBefore(knownEnd, packet.sequence());
    }

    private void setClaim(NumberedPacket packet, int line, long receiveTimeNs) {
        if (claim.isSet() && claim.isRepeatedBy(packet, line)) {
            counters.onDuplicates(packet.count());
            return;
        }
        if (claim.isSet()) {
            dropClaim();
        }
        claim.set(packet, line, receiveTimeNs);
    }

    private void admitClaim() {
        admit(claim, claim.line(), claim.receiveTimeNs());
        claim.clear();
    }

    private void dropClaim() {
        counters.onSuspiciousPacket();
        claim.clear();
    }

    private long admit(NumberedPacket packet, int line, long receiveTimeNs) {
        long fresh = place(packet, line, receiveTimeNs);
        if (line != ANSWER) {
            counters.lines().onPacket(line, packet.sequence(), packet.count(), receiveTimeNs,
                fresh);
        }
        return fresh;
    }

    private long place(NumberedPacket packet, int line, long receiveTimeNs) {
        long first = packet.sequence();
        if (isBefore(knownEnd, first) && !reveal(first, line)) {
            recoveryCounters.onDiscarded();
            return 0;
        }
        if (packet.count() == 0) {
            return 0;
        }
        return isBefore(expected, first) ? hold(packet, line, receiveTimeNs)
            : deliver(packet, line, receiveTimeNs);
    }

    private boolean reveal(long first, int line) {
        if (context.isImmediate()) {
            lose(first);
            knownEnd = first;
            return true;
        }
        if (holes.isFull() && !giveUpForRoom()) {
            return false;
        }
        events.opened(knownEnd, first, line);
        addHole(knownEnd, first);
        return true;
    }

    private void addHole(long from, long to) {
        recovery.await(holes.add(from, to), nowNs, packets);
        recoveryCounters.onOpened();
        knownEnd = to;
    }

    private long deliver(NumberedPacket packet, int line, long receiveTimeNs) {
        long before = expected;
        deliver(packet.buffer(), packet.firstBlock(), packet.sequence(), packet.count(),
            receiveTimeNs);
        if (isBefore(knownEnd, expected)) {
            knownEnd = expected;
        }
        noteHealed(line);
        return expected - before;
    }

    private long hold(NumberedPacket packet, int line, long receiveTimeNs) {
        long first = packet.sequence();
        long end = packet.endSequence();
        if (held.covers(first, end)) {
            counters.onDuplicates(packet.count());
            return 0;
        }
        int length = packet.blocksLength();
        while (!held.hasRoom(length)) {
            if (!giveUpForRoom()) {
                recoveryCounters.onDiscarded();
                return 0;
            }
            if (!isBefore(expected, first)) {
                return deliver(packet, line, receiveTimeNs);
            }
        }
        long twice = held.add(first, end, packet.buffer(), packet.firstBlock(), length,
            receiveTimeNs, line);
        counters.onDuplicates(twice);
        recoveryCounters.onHeld(held.size(), held.lengthBytes());
        if (isBefore(knownEnd, end)) {
            knownEnd = end;
        }
        return packet.count() - twice;
    }

    /** Gives the first hole up and hands on what that frees; false when nothing moved. */
    private boolean giveUpForRoom() {
        long before = expected;
        if (!isReady()) {
            holes.first().giveUp();
            recoveryCounters.onGivenUpForRoom();
        }
        advance(knownEnd);
        return expected != before;
    }

    private void deliverFirst() {
        int line = held.line();
        int count = (int) (held.endSequence() - held.firstSequence());
        deliver(held.buffer(), held.content(), held.firstSequence(), count,
            held.receiveTimeNs());
        held.removeFirst();
        noteHealed(line);
    }

    private void deliver(DirectBuffer buffer, int firstBlock, long first, int count,
                         long receiveTimeNs) {
        long behind = expected - first;
        int seen = Long.compareUnsigned(behind, count) < 0 ? (int) behind : count;
        counters.onDuplicates(seen);
        int block = firstBlock;
        for (int i = 0; i < count; i++) {
            int length = buffer.getShort(block, lengthOrder) & 0xFFFF;
            int message = block + NumberedPacket.PREFIX_LENGTH;
            block = message + length;
            if (i < seen) {
                continue;
            }
            if (length == 0) {
                counters.onEmptyMessage();
            } else {
                handler.onMessage(buffer, message, length, first + i, receiveTimeNs);
            }
        }
        if (seen < count) {
            expected = first + count;
        }
    }

    /** Closes the holes that the delivered messages filled. */
    private void noteHealed(int line) {
        while (!holes.isEmpty() && isBefore(holes.first().from(), expected)) {
            Hole hole = holes.first();
            if (isBefore(hole.closedTo(), expected)) {
                hole.filledBy(line);
            }
            if (isBefore(expected, hole.to())) {
                return;
            }
            closeHealed(hole, hole.to());
            holes.removeFirst();
        }
    }

    /** The missing messages at the head of the first hole are lost; false when none are, yet. */
    private boolean loseFirst(long confirmed) {
        assert !holes.isEmpty();
        Hole hole = holes.first();
        long to = held.isEmpty() || isBefore(hole.to(), held.firstSequence()) ? hole.to()
            : held.firstSequence();
        to = isBefore(confirmed, to) ? confirmed : to;
        if (!isBefore(expected, to)) {
            recovery.await(hole, nowNs, packets);
            return false;
        }
        closeHealed(hole, expected);
        lose(to);
        hole.closeTo(to);
        if (to == hole.to()) {
            holes.removeFirst();
        }
        return true;
    }

    /** What of a hole was filled and not told yet is healed. */
    private void closeHealed(Hole hole, long to) {
        if (isBefore(hole.closedTo(), to)) {
            events.healed(hole.closedTo(), to, hole.isAskedFor(), hole.line());
            recoveryCounters.onHealed(hole.isAskedFor(), to - hole.closedTo());
        }
    }

    private void lose(long to) {
        counters.onGap(expected, to);
        if (!context.snapshots().onGivenUp(expected, to)) {
            channel.markMaybeBad();
            events.lost(expected, to);
        }
        expected = to;
    }

    private int eventsOfFirst() {
        int count = (int) (held.endSequence() - held.firstSequence());
        return Math.min(EVENTS_PER_MESSAGE * count + OWN_EVENTS, publisher.ring().capacity() / 2);
    }

    /** True when a number is lower than another one. */
    public static boolean isBefore(long left, long right) {
        return Long.compareUnsigned(left, right) < 0;
    }
}
