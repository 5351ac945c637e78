// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.iextp.MessageProtocol;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One IEX-TP stream on one line or several: the first copy of a message wins, by its number. While
 * a hole may still heal - by the other line, by a late segment, by gap fill - nothing beyond it is
 * handed on; then it is declared lost, and the channel is marked until another session begins.
 * Number and stream offset must agree; a segment on which they do not, or that is absurdly far
 * ahead, or of another session, is set aside until a second one bears it out. The first segments
 * tell which channel is followed. Time is what it is told. Owned by the ingress thread.
 */
public final class IexTpSession implements HealingSession, IexTpStream {
    private static final int FIRST_LINE = 1;
    /** Session change, cleared books, and what a delivery tells by itself. */
    private static final int OWN_EVENTS = 2 + 2 * MessageDelivery.OWN_EVENTS;
    /** The shortest venue message there is, with its length. */
    private static final int SHORTEST_BLOCK_LENGTH = 12;

    private final EventPublisher publisher;
    private final FeedChannel channel;
    private final FeedCounters counters;
    private final MessageHandler handler;
    private final int[] protocolIds;
    private final IexTpSegment segment = new IexTpSegment();
    private final IexTpDoubt doubt = new IexTpDoubt();
    private final RecentEnds recentEnds = new RecentEnds(LineScorecard.MAX_LINES);
    private final IexTpProgress progress;
    private final ChannelEvents events;
    private final IexTpRequests requests;
    private final MessageDelivery delivery;
    private final RequestServers servers;
    private final UnsafeBuffer name =
        new UnsafeBuffer(new byte[SessionEventEncoder.sessionLength()]);
    private ChannelHistory past;
    private long pastSessionId;
    private LeftSession left = new LeftSession();

    /**
     * A session that asks nobody and declares every hole lost at once: for captures.
     *
     * @param publisher where gaps and session changes go
     * @param protocols whose segments are wanted
     * @param handler   takes the messages
     */
    public IexTpSession(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                        SessionStart start, Set<MessageProtocol> protocols,
                        MessageHandler handler) {
        this(publisher, channel, counters, new IexTpSubscription(protocols, start),
            RecoveryContext.none(), List.of(), handler);
    }

    /**
     * A session that heals what it can.
     *
     * @param publisher where gaps and session changes go
     * @param recovery  how
     * @param servers   whom it asks, in turn; closed with the session
     * @param handler   takes the messages
     */
    public IexTpSession(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                        IexTpSubscription subscription, RecoveryContext recovery,
                        List<? extends RequestLine> servers, MessageHandler handler) {
        this.publisher = publisher;
        this.channel = channel;
        this.counters = counters;
        this.handler = handler;
        protocolIds =
            subscription.protocols().stream().mapToInt(MessageProtocol::value).toArray();
        progress = new IexTpProgress(subscription.start(), LineScorecard.MAX_LINES);
        events = new ChannelEvents(publisher, channel);
        this.servers = new RequestServers(publisher, servers, this::onAnswer);
        requests = new IexTpRequests(this.servers);
        delivery = new MessageDelivery(recovery, publisher, channel, counters, LITTLE_ENDIAN,
            requests, handler);
    }

    @Override
    public void resume(ChannelHistory earlier) {
        past = earlier;
    }

    /**
     * Nothing is asked for before a segment has come: the place in the stream, which tells whether
     * an answer makes sense, is known by that alone.
     */
    @Override
    public void onStart(long nowNs) {
        if (past == null || !past.hasSession()) {
            return;
        }
        pastSessionId = Long.parseLong(new String(past.name(), StandardCharsets.US_ASCII).trim());
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
        Malformation malformation = segment.wrap(buffer, offset, length);
        if (malformation != null) {
            counters.onMalformedPacket(malformation);
            return;
        }
        if (!isWanted() || progress.isForeign(segment)
            || left.isLate(0, segment.sessionId())) {
            counters.onForeignPacket();
            return;
        }
        publisher.receiveTimeNs(receiveTimeNs);
        delivery.time(receiveTimeNs);
        if (isBelieved(line, receiveTimeNs)) {
            take(segment, line, receiveTimeNs);
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
    public boolean isKnown() {
        return progress.isKnown();
    }

    @Override
    public int protocolId() {
        return progress.protocolId();
    }

    @Override
    public long channelId() {
        return progress.channelId();
    }

    @Override
    public long sessionId() {
        return progress.sessionId();
    }

    @Override
    public long expectedSequence() {
        return delivery.expected();
    }

    @Override
    public LeftSession leave() {
        if (progress.isKnown() && counters.shownSessionsBehindAnEnd() == 0) {
            left.leave(0, progress.sessionId());
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

    private boolean isWanted() {
        for (int i = 0; i < protocolIds.length; i++) {
            if (protocolIds[i] == segment.protocolId()) {
                return true;
            }
        }
        return false;
    }

    private boolean isBelieved(int line, long receiveTimeNs) {
        if (!progress.isKnown() && isOfPast(segment) && isNearPast(segment)) {
            join(segment);
        } else if (!progress.isKnown() && !hasPast()) {
            adopt(segment);
            tellFirst();
        }
        if (progress.isPlausible(segment) && !progress.isAnew(segment)) {
            doubt.clear();
            return true;
        }
        if (!doubt.isConfirmedBy(segment, line)) {
            doubt.set(segment, line, receiveTimeNs);
            counters.onSuspiciousPacket();
            return false;
        }
        IexTpSegment first = doubt.segment();
        if (!progress.isKnown() && isOfPast(first)) {
            join(first);
        } else if (progress.isOfSession(first)
            && !MessageDelivery.isBefore(first.sequence(), delivery.expected())) {
            progress.correct(first);
        } else {
            changeSession(first);
        }
        take(first, doubt.line(), doubt.receiveTimeNs());
        doubt.clear();
        return true;
    }

    private boolean hasPast() {
        return past != null && past.hasSession();
    }

    /** True when a segment is of the session that an earlier life followed. */
    private boolean isOfPast(IexTpSegment first) {
        return hasPast() && first.sessionId() == pastSessionId;
    }

    private boolean isNearPast(IexTpSegment first) {
        return Long.compareUnsigned(
            first.sequence() - past.next() + IexTpPosition.MAX_BELIEVED_JUMP,
            2 * IexTpPosition.MAX_BELIEVED_JUMP) <= 0;
    }

    private void join(IexTpSegment first) {
        progress.join(first);
        requests.session(first);
    }

    private void tellFirst() {
        if (past != null) {
            int length = name.putNaturalLongAscii(0, progress.sessionId());
            events.sessionBegun(name, 0, length, delivery.expected());
        }
    }

    private void adopt(IexTpSegment first) {
        delivery.start(progress.begin(first));
        requests.session(first);
    }

    private void changeSession(IexTpSegment first) {
        if (!progress.isOfSession(first)) {
            left.leave(0, progress.sessionId());
        }
        delivery.giveUpAll();
        adopt(first);
        recentEnds.clear();
        counters.onSessionChanged();
        counters.lines().onSessionChanged();
        handler.onSessionChanged();
        channel.markWhole();
        int length = name.putNaturalLongAscii(0, first.sessionId());
        events.sessionChanged(name, 0, length, delivery.expected());
    }

    private void take(IexTpSegment taken, int line, long receiveTimeNs) {
        if (taken.count() == 0) {
            counters.onHeartbeat();
            recentEnds.addHeartbeat(taken.sequence());
        } else {
            recentEnds.addData(line, taken.endSequence());
        }
        counters.onStrayBytes(taken.strayBytes());
        progress.take(line, taken);
        delivery.accept(taken, line, receiveTimeNs);
        if (delivery.isWaiting()) {
            delivery.advance(recentEnds.confirmed());
        }
    }

    private void onAnswer(int server, DirectBuffer buffer, int offset, int length, long timeNs) {
        RecoveryCounters recovery = delivery.recoveryCounters();
        recovery.onAnswer();
        Malformation malformation = segment.wrap(buffer, offset, length);
        if (malformation != null) {
            counters.onMalformedPacket(malformation);
        } else if (!progress.isOfSession(segment)) {
            recovery.onWrongSession();
        } else if (segment.count() == 0 || !progress.isPlausible(segment)
            || !MessageDelivery.isBefore(segment.sequence(), delivery.knownEnd())
            || delivery.accept(segment, MessageDelivery.ANSWER, timeNs) == 0) {
            recovery.onUnwanted();
        } else {
            delivery.onAnswer(server, segment.sequence(), segment.endSequence());
        }
    }
}
