// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.event.ClearReason;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.event.EventPublisher;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.LineScorecard;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.feed.recovery.MessageDelivery;
import io.millrace.feed.recovery.RecentEnds;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.recovery.RecoveryCounters;
import io.millrace.feed.recovery.RequestServers;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.RequestLine;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One MoldUDP64 session on one line or several: the first copy of a message wins, by its number.
 * While a hole may still heal - by the other line, by a late packet, by a request - nothing beyond
 * it is handed on; then it is declared lost, and the channel is marked until another session
 * begins. A packet that is absurdly far ahead, or of another session, is set aside until a second
 * one bears it out, so that one damaged number does not end the session. Time is what it is told.
 * Owned by the ingress thread.
 */
public final class MoldUdp64Session implements HealingSession {
    private static final int FIRST_LINE = 1;
    private static final int SESSION_OFFSET = PacketHeaderDecoder.sessionEncodingOffset();
    private static final int SESSION_LENGTH = PacketHeaderDecoder.sessionLength();
    /** Session change, cleared books, and what a delivery tells by itself. */
    private static final int OWN_EVENTS = 2 + 2 * MessageDelivery.OWN_EVENTS;
    /** The shortest venue message there is, with its length. */
    private static final int SHORTEST_BLOCK_LENGTH = 14;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters counters;
    private final MessageHandler handler;
    private final MoldUdp64Packet packet = new MoldUdp64Packet();
    private final MoldUdp64Doubt doubt = new MoldUdp64Doubt();
    private final RecentEnds recentEnds = new RecentEnds(LineScorecard.MAX_LINES);
    private final MoldUdp64Sequence sequence;
    private final ChannelEvents events;
    private final MoldUdp64Requests requests;
    private final MessageDelivery delivery;
    private final RequestServers servers;
    private ChannelHistory past;
    private LeftSession left = new LeftSession();
    private boolean isEndTold;
    private long endSequence;

    /**
     * A session that asks nobody and declares every hole lost at once: for captures.
     *
     * @param publisher where gaps and session changes go
     * @param handler   takes the messages
     */
    public MoldUdp64Session(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                            SessionStart start, MessageHandler handler) {
        this(publisher, channel, counters, start, RecoveryContext.none(), List.of(), handler);
    }

    /**
     * A session that heals what it can.
     *
     * @param publisher where gaps and session changes go
     * @param recovery  how
     * @param servers   whom it asks, in turn; closed with the session
     * @param handler   takes the messages
     */
    public MoldUdp64Session(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                            SessionStart start, RecoveryContext recovery,
                            List<? extends RequestLine> servers, MessageHandler handler) {
        this.publisher = publisher;
        this.channel = channel;
        this.counters = counters;
        this.handler = handler;
        sequence = new MoldUdp64Sequence(start);
        events = new ChannelEvents(publisher, channel);
        this.servers = new RequestServers(publisher, servers, this::onAnswer);
        requests = new MoldUdp64Requests(this.servers);
        delivery = new MessageDelivery(recovery, publisher, channel, counters, BIG_ENDIAN,
            requests, handler);
    }

    @Override
    public void resume(ChannelHistory earlier) {
        past = earlier;
    }

    @Override
    public void onStart(long nowNs) {
        if (past == null || !past.hasSession()) {
            return;
        }
        UnsafeBuffer header = new UnsafeBuffer(new byte[MoldUdp64Packet.HEADER_LENGTH]);
        header.putBytes(SESSION_OFFSET, past.name(), 0, SESSION_LENGTH);
        packet.wrap(header, 0, header.capacity());
        adopt(packet);
        if (past.isClearDue()) {
            events.cleared(ClearReason.SESSION_CHANGE, past.next());
        }
        delivery.time(nowNs);
        delivery.resume(past);
        publisher.commit();
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        onPacket(FIRST_LINE, buffer, offset, length, receiveTimeNs);
    }

    @Override
    public void onPacket(int line, DirectBuffer buffer, int offset, int length,
                         long receiveTimeNs) {
        counters.onPacket();
        Malformation malformation = packet.wrap(buffer, offset, length);
        if (malformation != null) {
            counters.onMalformedPacket(malformation);
            return;
        }
        if (left.isLate(packet.sessionHigh(), packet.sessionLow())) {
            counters.onForeignPacket();
            return;
        }
        publisher.receiveTimeNs(receiveTimeNs);
        delivery.time(receiveTimeNs);
        if (isBelieved(line, receiveTimeNs)) {
            take(packet, line, receiveTimeNs);
        }
        publisher.commit();
    }

    @Override
    public int eventLimit(DirectBuffer buffer, int offset, int length) {
        int setAside = doubt.length() + delivery.claimLength();
        return MessageDelivery.EVENTS_PER_MESSAGE
            * ((length + setAside) / SHORTEST_BLOCK_LENGTH) + OWN_EVENTS;
    }

    @Override
    public boolean isWaiting() {
        return delivery.isWaiting();
    }

    @Override
    public boolean isReady() {
        return delivery.isReady();
    }

    @Override
    public int onTime(long nowNs) {
        if (!delivery.isWaiting()) {
            return 0;
        }
        publisher.receiveTimeNs(nowNs);
        delivery.time(nowNs);
        int workCount = delivery.recoveryCounters().requests() > 0 ? servers.poll() : 0;
        workCount += delivery.onTime(recentEnds.confirmed());
        publisher.commit();
        return workCount;
    }

    @Override
    public void onEnd() {
        delivery.giveUpAll();
        publisher.commit();
    }

    @Override
    public void show() {
        delivery.show();
    }

    @Override
    public void close() {
        servers.close();
    }

    @Override
    public long expectedSequence() {
        return delivery.expected();
    }

    @Override
    public boolean hasEnded() {
        return isEndTold && delivery.expected() == endSequence;
    }

    @Override
    public LeftSession leave() {
        if (sequence.isKnown() && counters.shownSessionsBehindAnEnd() == 0) {
            left.leave(sequence.sessionHigh(), sequence.sessionLow());
        }
        return left;
    }

    @Override
    public void follow(LeftSession yesterday) {
        left = yesterday;
    }

    @Override
    public RecoveryCounters recovery() {
        return delivery.recoveryCounters();
    }

    private boolean isBelieved(int line, long receiveTimeNs) {
        if (!sequence.isKnown()) {
            adopt(packet);
            tellFirst(packet);
        }
        if (sequence.isOf(packet) && !isFarAhead(packet.sequence())) {
            doubt.clear();
            return true;
        }
        if (!doubt.isConfirmedBy(packet, line)) {
            doubt.set(packet, line, receiveTimeNs);
            counters.onSuspiciousPacket();
            return false;
        }
        if (!sequence.isOf(packet)) {
            changeSession(doubt.packet());
        }
        take(doubt.packet(), doubt.line(), doubt.receiveTimeNs());
        doubt.clear();
        return true;
    }

    private boolean isFarAhead(long first) {
        return MessageDelivery.isBefore(delivery.expected(), first)
            && !MoldUdp64Doubt.isWithinJump(delivery.expected(), first)
            && !MoldUdp64Doubt.isWithinJump(recentEnds.confirmed(), first);
    }

    private void adopt(MoldUdp64Packet first) {
        sequence.adopt(first);
        requests.session(first);
        delivery.start(sequence.expected());
    }

    private void tellFirst(MoldUdp64Packet first) {
        if (past != null) {
            events.sessionBegun(first.buffer(), first.offset() + SESSION_OFFSET, SESSION_LENGTH,
                delivery.expected());
        }
    }

    private void changeSession(MoldUdp64Packet first) {
        left.leave(sequence.sessionHigh(), sequence.sessionLow());
        delivery.giveUpAll();
        adopt(first);
        recentEnds.clear();
        counters.onSessionChanged();
        counters.lines().onSessionChanged();
        handler.onSessionChanged();
        channel.markWhole();
        events.sessionChanged(first.buffer(), first.offset() + SESSION_OFFSET, SESSION_LENGTH,
            delivery.expected());
        isEndTold = false;
    }

    private void take(MoldUdp64Packet taken, int line, long receiveTimeNs) {
        countKind(taken);
        delivery.accept(taken, line, receiveTimeNs);
        if (taken.count() == 0) {
            recentEnds.addHeartbeat(taken.sequence());
        } else {
            recentEnds.addData(line, taken.endSequence());
        }
        if (delivery.isWaiting()) {
            delivery.advance(recentEnds.confirmed());
        }
    }

    private void countKind(MoldUdp64Packet taken) {
        if (taken.isEndOfSession()) {
            counters.onEndOfSession();
            isEndTold = true;
            endSequence = taken.sequence();
        } else if (taken.count() == 0) {
            counters.onHeartbeat();
        }
        counters.onStrayBytes(taken.strayBytes());
    }

    private void onAnswer(int server, DirectBuffer buffer, int offset, int length, long timeNs) {
        RecoveryCounters recovery = delivery.recoveryCounters();
        recovery.onAnswer();
        Malformation malformation = packet.wrap(buffer, offset, length);
        if (malformation != null) {
            counters.onMalformedPacket(malformation);
        } else if (!sequence.isOf(packet)) {
            recovery.onWrongSession();
        } else if (packet.count() == 0
            || !MessageDelivery.isBefore(packet.sequence(), delivery.knownEnd())
            || delivery.accept(packet, MessageDelivery.ANSWER, timeNs) == 0) {
            recovery.onUnwanted();
        } else {
            delivery.onAnswer(server, packet.sequence(), packet.endSequence());
        }
    }
}
