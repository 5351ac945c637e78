// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.soupbintcp.LoginAcceptedDecoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.IngressTask;
import io.millrace.feed.SnapshotRecovery;
import io.millrace.feed.breaker.WatchedFeed;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.StreamConnection;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One live channel by SoupBinTCP: hands each sequenced message on once and in order, whatever
 * happens to the connection, for after each cut it asks for exactly the next one. A server that
 * goes on further ahead leaves a hole, which is given up to the snapshots or declared lost; one
 * that goes on before repeats itself, which is counted. An answer absurdly far ahead, or of another
 * session than was asked for, is believed when it is given twice. Owned by the ingress thread.
 */
public final class SoupBinTcpSession implements IngressTask, WatchedFeed {
    /** Messages that one login's answer alone may be ahead by. */
    static final long MAX_BELIEVED_JUMP = 1_000_000;
    /** The one line that there is. */
    private static final int LINE = 1;

    private final FeedChannel channel;
    private final FeedCounters counters;
    private final MessageHandler handler;
    private final SnapshotRecovery recovery;
    private final ChannelEvents events;
    private final SoupBinTcpClient client;
    private final LeftSession own = new LeftSession();
    private final byte[] session = new byte[LoginAcceptedDecoder.sessionLength()];
    private final byte[] doubted = new byte[LoginAcceptedDecoder.sessionLength()];

    private LeftSession left = new LeftSession();
    private byte[] firstSession;
    private boolean isKnown;
    private boolean isUp;
    private boolean hasEnded;
    private long firstSequence;
    private long next;
    private long suspected;
    private int sessionCount;
    private ChannelHistory past;

    /**
     * Starts to connect when it is run.
     *
     * @param parts what it works with
     */
    public SoupBinTcpSession(SoupBinTcpContext context, StreamConnection connection, Parts parts) {
        channel = parts.channel();
        counters = parts.counters();
        handler = parts.handler();
        recovery = parts.recovery();
        events = new ChannelEvents(parts.publisher(), channel);
        client = new SoupBinTcpClient(context, connection, parts.publisher(), parts.chainClock(),
            new Packets());
        firstSession = context.session();
        firstSequence = context.startSequence();
        client.start();
    }

    /**
     * What a session works with.
     *
     * @param publisher  writer of the inbound ring
     * @param chainClock tells time on that ring
     * @param channel    what the events carry
     * @param counters   told of everything that comes
     * @param handler    takes the messages
     * @param recovery   asked for a snapshot when messages are lost
     */
    public record Parts(EventPublisher publisher, ChainClock chainClock, FeedChannel channel,
                        FeedCounters counters, MessageHandler handler,
                        SnapshotRecovery recovery) {
    }

    /** Goes on where an earlier life of the engine was. Before the start. */
    public void resume(ChannelHistory earlier) {
        if (earlier.hasSession()) {
            past = earlier;
            System.arraycopy(past.name(), 0, session, 0, session.length);
            isKnown = true;
            next = past.next();
            sessionCount = 1;
            nameOwn();
        }
    }

    /**
     * Begins a trading date behind another: asks for the active session from its first message, and
     * never takes the one of the date before for it. Before the start, and before what an earlier
     * life of the engine has left is resumed.
     */
    public void follow(LeftSession yesterday) {
        left = yesterday;
        firstSession = new byte[session.length];
        Arrays.fill(firstSession, (byte) ' ');
        firstSequence = 1;
    }

    /** What the next trading date knows this one's session by. */
    public LeftSession leave() {
        return sessionCount == 0 ? left : own;
    }

    @Override
    public void onStart() {
        if (past != null && past.isClearDue()) {
            events.cleared(ClearReason.SESSION_CHANGE, next);
        }
    }

    @Override
    public int onTime(long nowNs) {
        int workCount = client.onTime(nowNs);
        if (workCount > 0) {
            counters.show();
        }
        return workCount;
    }

    @Override
    public void close() {
        client.close();
        counters.show();
    }

    /** Number of the message that comes next; 0 before the first login. */
    @Override
    public long expectedSequence() {
        return next;
    }

    /** True when the session said that it is over. */
    @Override
    public boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public int lines() {
        return LINE;
    }

    @Override
    public String lineName(int line) {
        return client.serverName();
    }

    @Override
    public long packets(int line) {
        return client.counters().packets();
    }

    @Override
    public boolean tellsOfLines() {
        return true;
    }

    /** What is missing was never sent, or is told to be lost at once. */
    @Override
    public boolean isWaiting() {
        return false;
    }

    /** A server that says nothing is left and asked anew; a lost one is asked anew anyway. */
    @Override
    public void probe() {
        if (client.state() == SoupBinTcpState.UP) {
            client.giveUp(Disconnection.SILENT);
        }
    }

    /** The protocol's side. */
    public SoupBinTcpClient client() {
        return client;
    }

    private void adopt(byte[] name, long sequence) {
        System.arraycopy(name, 0, session, 0, session.length);
        isKnown = true;
        nameOwn();
        boolean isJoined = firstSequence == 0;
        next = isJoined ? sequence : firstSequence;
        hasEnded = false;
        if (sessionCount++ > 0) {
            counters.onSessionChanged();
            handler.onSessionChanged();
            channel.markWhole();
            events.session(SessionEventKind.SESSION_CHANGED, session, next);
            events.cleared(ClearReason.SESSION_CHANGE, next);
        } else {
            events.session(SessionEventKind.SESSION_CHANGED, session, next);
        }
        if (isJoined && recovery != SnapshotRecovery.NONE && sequence > 1) {
            next = 1;
        }
    }

    private void nameOwn() {
        own.leave(high(session), low(session));
    }

    private static long high(byte[] name) {
        return new UnsafeBuffer(name).getLong(0);
    }

    private static long low(byte[] name) {
        return new UnsafeBuffer(name).getShort(Long.BYTES);
    }

    /** True when an answer names another session than was asked for, for the second time. */
    private boolean isOtherToldTwice(byte[] name) {
        boolean isTwice = Arrays.equals(name, doubted);
        if (!isTwice) {
            System.arraycopy(name, 0, doubted, 0, doubted.length);
            counters.onSuspiciousPacket();
        }
        return isTwice;
    }

    /** The session is over as far as the server knows: the next login asks for the active one. */
    private void forget() {
        isKnown = false;
        firstSequence = 1;
    }

    private void giveUpTo(long sequence) {
        counters.onGap(next, sequence);
        if (!recovery.onGivenUp(next, sequence)) {
            channel.markMaybeBad();
            events.lost(next, sequence);
        }
        next = sequence;
    }

    private boolean believes(long sequence) {
        long expected = isKnown ? next : firstSequence == 0 ? sequence : firstSequence;
        if (sequence - expected <= MAX_BELIEVED_JUMP
            || suspected > 0 && sequence >= suspected
            && sequence - suspected <= MAX_BELIEVED_JUMP) {
            suspected = 0;
            return true;
        }
        suspected = sequence;
        counters.onSuspiciousPacket();
        return false;
    }

    private void line(LineState state, byte code, long silenceNs) {
        events.line(LINE, state, code, next, silenceNs, client.counters().packets(),
            counters.missing());
    }

    /** What the server tells. */
    private final class Packets implements SoupBinTcpListener {
        @Override
        public void onLoginDue() {
            // What is wanted is known at any time.
        }

        @Override
        public byte[] wantedSession() {
            return isKnown ? session : firstSessionWanted();
        }

        @Override
        public long wantedSequence() {
            return isKnown ? next : firstSequence;
        }

        @Override
        public void onLoginAccepted(byte[] name, long sequence) {
            counters.onPacket();
            if (!isKnown && left.isLeft(high(name), low(name))) {
                client.giveUp(Disconnection.LEFT_SESSION);
                return;
            }
            if (isKnown && !Arrays.equals(name, session)) {
                if (isOtherToldTwice(name)) {
                    forget();
                }
                client.giveUp(Disconnection.OTHER_SESSION);
                return;
            }
            if (!believes(sequence)) {
                client.giveUp(Disconnection.SUSPICIOUS_SEQUENCE);
                return;
            }
            if (!isKnown) {
                adopt(name, sequence);
            }
            doubted[0] = 0;
            isUp = true;
            line(LineState.UP, (byte) 0, 0);
            if (sequence > next) {
                giveUpTo(sequence);
            }
        }

        @Override
        public void onLoginRejected(byte reason) {
            counters.onPacket();
            line(LineState.DOWN, reason, 0);
            if (reason == 'S' && isKnown) {
                forget();
            }
        }

        @Override
        public void onSequenced(DirectBuffer buffer, int offset, int length, long sequence,
                                long receiveTimeNs) {
            counters.onPacket();
            if (sequence < next) {
                counters.onDuplicates(1);
                return;
            }
            next = sequence + 1;
            if (length == 0) {
                counters.onEmptyMessage();
            } else {
                handler.onMessage(buffer, offset, length, sequence, receiveTimeNs);
            }
        }

        @Override
        public void onUnsequenced(DirectBuffer buffer, int offset, int length,
                                  long receiveTimeNs) {
            counters.onPacket();
        }

        @Override
        public void onSignOfLife() {
            counters.onPacket();
            counters.onHeartbeat();
        }

        @Override
        public void onEndOfSession() {
            counters.onPacket();
            counters.onEndOfSession();
            hasEnded = true;
            events.session(SessionEventKind.MESSAGES_ENDED, session, next);
        }

        @Override
        public void onDisconnected(Disconnection reason, long silenceNs) {
            if (isUp) {
                isUp = false;
                line(LineState.DOWN, (byte) 0, silenceNs);
            }
        }

        /** Once a session was left, whichever is active. */
        private byte[] firstSessionWanted() {
            if (sessionCount == 0) {
                return firstSession;
            }
            Arrays.fill(session, (byte) ' ');
            return session;
        }
    }
}
