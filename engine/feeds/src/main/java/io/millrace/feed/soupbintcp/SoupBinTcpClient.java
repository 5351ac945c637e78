// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import static io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder.HEADER_LENGTH;
import static io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder.LENGTH_LENGTH;
import static io.millrace.feed.soupbintcp.SoupBinTcpState.CONNECTING;
import static io.millrace.feed.soupbintcp.SoupBinTcpState.ENDED;
import static io.millrace.feed.soupbintcp.SoupBinTcpState.LOGGING_IN;
import static io.millrace.feed.soupbintcp.SoupBinTcpState.REFUSED;
import static io.millrace.feed.soupbintcp.SoupBinTcpState.STOPPED;
import static io.millrace.feed.soupbintcp.SoupBinTcpState.UP;
import static io.millrace.feed.soupbintcp.SoupBinTcpState.WAITING;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.soupbintcp.ClientHeartbeatDecoder;
import io.millrace.codec.soupbintcp.DebugDecoder;
import io.millrace.codec.soupbintcp.EndOfSessionDecoder;
import io.millrace.codec.soupbintcp.LoginAcceptedDecoder;
import io.millrace.codec.soupbintcp.LoginRejectedDecoder;
import io.millrace.codec.soupbintcp.LoginRequestEncoder;
import io.millrace.codec.soupbintcp.LogoutRequestDecoder;
import io.millrace.codec.soupbintcp.SequencedDataDecoder;
import io.millrace.codec.soupbintcp.ServerHeartbeatDecoder;
import io.millrace.codec.soupbintcp.UnsequencedDataDecoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.transport.RetryDelay;
import io.millrace.feed.transport.StreamConnection;
import io.millrace.feed.transport.StreamHandler;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The client's side of SoupBinTCP on one connection after another: logs in, keeps alive, tells
 * packets apart, and comes back after a delay when a connection fails. What the packets mean is its
 * listener's. Takes no packet for whose events the ring has no room, so that the server waits.
 * Knows no time but what it is told, allocates nothing while a connection stands. Owned by the
 * ingress thread.
 */
public final class SoupBinTcpClient implements AutoCloseable {
    private static final int LAST_POLLS = 256;
    /** Of one packet, with the Clock events before it. */
    private static final int EVENTS_PER_PACKET = 8;

    private final SoupBinTcpContext context;
    private final StreamConnection connection;
    private final EventPublisher publisher;
    private final ChainClock chainClock;
    private final SoupBinTcpListener listener;
    private final SoupBinTcpCounters counters = new SoupBinTcpCounters();
    private final SoupBinTcpPacketEncoder packets = new SoupBinTcpPacketEncoder();
    private final LoginAcceptedDecoder accepted = new LoginAcceptedDecoder();
    private final LoginRejectedDecoder rejected = new LoginRejectedDecoder();
    private final UnsafeBuffer scratch =
        new UnsafeBuffer(new byte[LoginRequestEncoder.BLOCK_LENGTH]);
    private final byte[] session = new byte[LoginAcceptedDecoder.sessionLength()];
    private final RetryDelay delay;
    private final StreamHandler stream = this::onStream;

    private SoupBinTcpState state = STOPPED;
    private Disconnection refusal;
    private boolean isDue;
    private boolean isHeldBack;
    private int rejections;
    private long sequence;
    private long nowNs;
    private long sinceNs;
    private long upSinceNs;
    private long retryAtNs;
    private long lastReceivedNs;
    private long lastSentNs;

    /**
     * @param connection not shared
     * @param publisher  writer of the inbound ring, asked for room
     * @param chainClock moved on before what came is handed on
     */
    public SoupBinTcpClient(SoupBinTcpContext context, StreamConnection connection,
                            EventPublisher publisher, ChainClock chainClock,
                            SoupBinTcpListener listener) {
        if (context.credentials() == null) {
            throw new IllegalArgumentException("a SoupBinTCP client needs credentials");
        }
        this.context = context;
        this.connection = connection;
        this.publisher = publisher;
        this.chainClock = chainClock;
        this.listener = listener;
        delay = new RetryDelay(context.firstRetryNs(), context.longestRetryNs(),
            context.jitterSeed());
    }

    /** Begins to connect, at the next {@link #onTime(long)}. */
    public void start() {
        if (!isOpen()) {
            state = WAITING;
            isDue = true;
            rejections = 0;
            delay.reset();
        }
    }

    /**
     * Does what there is to do.
     *
     * @param timeNs monotonic
     * @return how much it did
     */
    public int onTime(long timeNs) {
        nowNs = timeNs;
        int workCount = switch (state) {
            case WAITING -> connectWhenDue();
            case CONNECTING -> awaitConnection();
            case LOGGING_IN, UP -> converse();
            default -> 0;
        };
        counters.show(state);
        return workCount;
    }

    /** Ends the connection for a reason of the listener's; another one follows after a delay. */
    public void giveUp(Disconnection reason) {
        if (state != STOPPED) {
            disconnect(reason);
        }
    }

    /** Logs out and closes; the listener is not told. */
    public void stop() {
        if (state == UP) {
            send(LogoutRequestDecoder.TEMPLATE_ID);
        }
        if (state != STOPPED) {
            connection.close();
            counters.onDisconnected(Disconnection.STOPPED);
            state = STOPPED;
        }
    }

    /** Takes what has come already, then stops. */
    @Override
    public void close() {
        for (int i = 0; i < LAST_POLLS && state == UP && converse() > 0; i++) {
            publisher.commit();
        }
        stop();
        counters.show(state);
    }

    /** Where it stands. */
    public SoupBinTcpState state() {
        return state;
    }

    /** What became of the connections. */
    public SoupBinTcpCounters counters() {
        return counters;
    }

    /** Name of the server. */
    public String serverName() {
        return connection.name();
    }

    private boolean isOpen() {
        return state == UP || state == LOGGING_IN;
    }

    private int connectWhenDue() {
        if (!isDue && nowNs - retryAtNs < 0) {
            return 0;
        }
        isDue = false;
        counters.onConnect();
        connection.connect();
        state = CONNECTING;
        sinceNs = nowNs;
        return 1 + awaitConnection();
    }

    private int awaitConnection() {
        switch (connection.advance()) {
            case CONNECTED:
                logIn();
                return 1;
            case CONNECTING:
                if (nowNs - sinceNs >= context.connectTimeoutNs()) {
                    disconnect(Disconnection.CONNECT_TIMED_OUT);
                }
                return 0;
            default:
                disconnect(Disconnection.CONNECT_FAILED);
                return 1;
        }
    }

    private void logIn() {
        listener.onLoginDue();
        int length = packets.loginRequest(scratch, 0, context.credentials(),
            listener.wantedSession(), listener.wantedSequence());
        boolean isSent = connection.send(scratch, 0, length);
        scratch.setMemory(0, length, (byte) 0);
        state = LOGGING_IN;
        sinceNs = nowNs;
        lastSentNs = nowNs;
        lastReceivedNs = nowNs;
        if (!isSent) {
            disconnect(Disconnection.SEND_BLOCKED);
        }
    }

    private int converse() {
        isHeldBack = false;
        int taken = connection.poll(stream);
        if (isOpen()) {
            if (taken == StreamHandler.REFUSED) {
                disconnect(refusal);
            } else if (taken == StreamConnection.ENDED && !isHeldBack) {
                disconnect(Disconnection.CLOSED_BY_SERVER);
            } else {
                checkTimes();
            }
        }
        publisher.commit();
        return Math.max(0, taken);
    }

    private void checkTimes() {
        if (state == LOGGING_IN) {
            if (nowNs - sinceNs >= context.loginTimeoutNs()) {
                disconnect(Disconnection.LOGIN_TIMED_OUT);
            }
        } else if (nowNs - lastReceivedNs >= context.receiveTimeoutNs()) {
            disconnect(Disconnection.SILENT);
        } else if (nowNs - lastSentNs >= context.heartbeatNs()) {
            counters.onHeartbeatSent();
            send(ClientHeartbeatDecoder.TEMPLATE_ID);
        }
    }

    private void send(int type) {
        lastSentNs = nowNs;
        if (!connection.send(scratch, 0, packets.bare(scratch, 0, type))) {
            disconnect(Disconnection.SEND_BLOCKED);
        }
    }

    private int onStream(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        if (!hasRoom()) {
            return 0;
        }
        chainClock.onTime(receiveTimeNs);
        int position = 0;
        while (isOpen() && length - position >= LENGTH_LENGTH) {
            int packet = offset + position;
            int total = LENGTH_LENGTH + (buffer.getShort(packet, BIG_ENDIAN) & 0xFFFF);
            refusal = SoupBinTcpPacketCheck.refusal(buffer, packet, length - position, state);
            if (refusal != null) {
                return StreamHandler.REFUSED;
            }
            if (total > length - position || !hasRoom()) {
                break;
            }
            position += total;
            lastReceivedNs = nowNs;
            onPacket(buffer, packet, total, receiveTimeNs);
        }
        return position;
    }

    /** While the ring is full what was read waits, and that is not the server's silence. */
    private boolean hasRoom() {
        if (publisher.hasCapacity(EVENTS_PER_PACKET)) {
            return true;
        }
        isHeldBack = true;
        sinceNs = nowNs;
        lastReceivedNs = nowNs;
        return false;
    }

    private void onPacket(DirectBuffer buffer, int packet, int total, long receiveTimeNs) {
        counters.onPacket();
        int message = packet + HEADER_LENGTH;
        int length = total - HEADER_LENGTH;
        switch (buffer.getByte(packet + LENGTH_LENGTH)) {
            case SequencedDataDecoder.TEMPLATE_ID:
                counters.onSequenced();
                listener.onSequenced(buffer, message, length, sequence++, receiveTimeNs);
                break;
            case UnsequencedDataDecoder.TEMPLATE_ID:
                counters.onUnsequenced();
                listener.onUnsequenced(buffer, message, length, receiveTimeNs);
                break;
            case DebugDecoder.TEMPLATE_ID:
                counters.onDebug();
                listener.onSignOfLife();
                break;
            case ServerHeartbeatDecoder.TEMPLATE_ID:
                counters.onHeartbeat();
                listener.onSignOfLife();
                break;
            case EndOfSessionDecoder.TEMPLATE_ID:
                onEndOfSession();
                break;
            case LoginAcceptedDecoder.TEMPLATE_ID:
                onLoginAccepted(buffer, packet);
                break;
            default:
                onLoginRejected(buffer, packet);
                break;
        }
    }

    private void onEndOfSession() {
        listener.onEndOfSession();
        if (isOpen()) {
            disconnect(Disconnection.END_OF_SESSION);
        }
    }

    private void onLoginAccepted(DirectBuffer buffer, int packet) {
        accepted.wrap(buffer, packet, LoginAcceptedDecoder.BLOCK_LENGTH, 0);
        boolean isNamed = SoupBinTcpName.copy(buffer,
            packet + LoginAcceptedDecoder.sessionEncodingOffset(), session);
        sequence = AsciiNumber.parse(buffer,
            packet + LoginAcceptedDecoder.sequenceNumberEncodingOffset(),
            LoginAcceptedDecoder.sequenceNumberLength());
        if (!isNamed || sequence < 1) {
            disconnect(Disconnection.BAD_LOGIN_ANSWER);
            return;
        }
        state = UP;
        upSinceNs = nowNs;
        rejections = 0;
        counters.onLogin();
        listener.onLoginAccepted(session, sequence);
    }

    private void onLoginRejected(DirectBuffer buffer, int packet) {
        byte reason = rejected.wrap(buffer, packet, LoginRejectedDecoder.BLOCK_LENGTH, 0).reason();
        listener.onLoginRejected(reason);
        if (reason == 'S') {
            disconnect(Disconnection.SESSION_NOT_AVAILABLE);
        } else {
            rejections++;
            disconnect(Disconnection.NOT_AUTHORISED);
        }
    }

    /** Only a connection that stood for long makes the next failure the first one. */
    private void disconnect(Disconnection reason) {
        if (state == UP && nowNs - upSinceNs >= context.longestRetryNs()) {
            delay.reset();
        }
        String problem = connection.problem();
        connection.close();
        counters.onDisconnected(reason);
        state = reason == Disconnection.END_OF_SESSION ? ENDED
            : rejections >= context.rejectionLimit() ? REFUSED : WAITING;
        retryAtNs = nowNs + (state == WAITING ? delay.nextNs() : 0);
        if (reason.isFailure()) {
            String detail = problem.isEmpty() ? "" : " (" + problem + ')';
            context.errors().onError(new IOException("SoupBinTCP " + connection.name() + ' '
                + context.credentials() + ": " + reason.text() + detail));
        }
        listener.onDisconnected(reason, counters.packets() == 0 ? 0 : nowNs - lastReceivedNs);
    }
}
