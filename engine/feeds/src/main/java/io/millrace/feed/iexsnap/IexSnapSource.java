// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iexsnap;

import io.millrace.codec.iexsnap.SnapshotRequestEncoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.iexsnap.IexSnapAnswer.Outcome;
import io.millrace.feed.iextp.IexTpStream;
import io.millrace.feed.snapshot.SnapshotHandler;
import io.millrace.feed.snapshot.SnapshotSource;
import io.millrace.feed.transport.RetryDelay;
import io.millrace.feed.transport.StreamConnection;
import io.millrace.feed.transport.StreamHandler;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Snapshots of an IEX-TP stream by SNAP: one connection each, one request, one answer. Asks for one
 * that is not older than the next live message, in the name of the session that is followed; one
 * that does not exist yet is asked for again. Takes no frame for whose events the ring has no room.
 * Knows no time but what it is told. Owned by the ingress thread.
 */
public final class IexSnapSource implements SnapshotSource {
    /** Of one frame, with the Clock events before it. */
    private static final int EVENTS_PER_FRAME = 8;
    private static final int REQUEST_LENGTH = SnapshotRequestEncoder.BLOCK_LENGTH;

    private enum State { STOPPED, WAITING, CONNECTING, READING, REFUSED }

    private final IexSnapContext context;
    private final StreamConnection connection;
    private final EventPublisher publisher;
    private final ChainClock chainClock;
    private final IexSnapAnswer answer = new IexSnapAnswer();
    private final SnapshotRequestEncoder request = new SnapshotRequestEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[REQUEST_LENGTH]);
    private final RetryDelay delay;
    private final StreamHandler frames = this::onStream;
    private IexTpStream stream;
    private SnapshotHandler handler;
    private State state = State.STOPPED;
    private boolean isDue;
    private boolean isHeldBack;
    private long nowNs;
    private long sinceNs;
    private long retryAtNs;
    private long lastReceivedNs;

    /**
     * @param connection not shared
     * @param publisher  writer of the inbound ring, asked for room
     * @param chainClock moved on before what came is handed on
     */
    public IexSnapSource(IexSnapContext context, StreamConnection connection,
                         EventPublisher publisher, ChainClock chainClock) {
        this.context = context;
        this.connection = connection;
        this.publisher = publisher;
        this.chainClock = chainClock;
        delay = new RetryDelay(context.firstRetryNs(), context.longestRetryNs(),
            context.jitterSeed());
    }

    /** The stream that snapshots are of; told once, before the first start. */
    public IexSnapSource follow(IexTpStream followed) {
        stream = followed;
        return this;
    }

    @Override
    public void start(SnapshotHandler snapshotHandler) {
        handler = snapshotHandler;
        if (state != State.READING && state != State.CONNECTING) {
            state = State.WAITING;
            isDue = true;
            delay.reset();
        }
    }

    @Override
    public void retry() {
        connection.close();
        if (state != State.STOPPED) {
            state = State.WAITING;
            retryAtNs = nowNs + delay.nextNs();
        }
    }

    @Override
    public void stop() {
        connection.close();
        state = State.STOPPED;
    }

    @Override
    public int onTime(long timeNs) {
        nowNs = timeNs;
        return switch (state) {
            case WAITING -> connectWhenDue();
            case CONNECTING -> awaitConnection();
            case READING -> read();
            default -> 0;
        };
    }

    @Override
    public String name() {
        return connection.name();
    }

    /** A snapshot that is not whole by now never will be. */
    @Override
    public void close() {
        stop();
    }

    private int connectWhenDue() {
        if (!stream.isKnown() || !isDue && nowNs - retryAtNs < 0) {
            return 0;
        }
        isDue = false;
        connection.connect();
        state = State.CONNECTING;
        sinceNs = nowNs;
        return 1 + awaitConnection();
    }

    private int awaitConnection() {
        switch (connection.advance()) {
            case CONNECTED:
                ask();
                return 1;
            case CONNECTING:
                if (nowNs - sinceNs >= context.connectTimeoutNs()) {
                    fail("not connected in time");
                }
                return 0;
            default:
                fail("not connected");
                return 1;
        }
    }

    private void ask() {
        handler.onSnapshotAsked();
        answer.begin(stream, handler);
        state = State.READING;
        lastReceivedNs = nowNs;
        request.wrap(scratch, 0)
            .frameLength(REQUEST_LENGTH - IexSnapAnswer.PREFIX_LENGTH)
            .frameType((byte) SnapshotRequestEncoder.TEMPLATE_ID)
            .putToken(context.token(), 0)
            .channelId(stream.channelId())
            .sessionId(stream.sessionId())
            .minimumSequence(stream.expectedSequence());
        boolean isSent = connection.send(scratch, 0, REQUEST_LENGTH);
        scratch.setMemory(0, REQUEST_LENGTH, (byte) 0);
        if (!isSent) {
            fail("request not sent");
        }
    }

    private int read() {
        isHeldBack = false;
        int taken = connection.poll(frames);
        if (state == State.READING) {
            if (taken == StreamHandler.REFUSED) {
                fail("a frame that cannot be right");
            } else if (taken == StreamConnection.ENDED && !isHeldBack) {
                fail("closed by the server before the end");
            } else if (nowNs - lastReceivedNs >= context.silenceNs()) {
                fail("silent");
            }
        }
        publisher.commit();
        return Math.max(0, taken);
    }

    private int onStream(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
        if (!hasRoom()) {
            return 0;
        }
        chainClock.onTime(receiveTimeNs);
        int position = 0;
        while (state == State.READING) {
            int frame = IexSnapAnswer.frameLength(buffer, offset + position, length - position);
            if (frame == 0 || frame > length - position || !hasRoom()) {
                break;
            }
            lastReceivedNs = nowNs;
            Outcome outcome = answer.onFrame(buffer, offset + position, frame, receiveTimeNs);
            if (outcome == Outcome.BAD) {
                return StreamHandler.REFUSED;
            }
            position += frame;
            if (state != State.READING) {
                break;
            }
            if (outcome == Outcome.ERROR) {
                onError();
            } else if (outcome == Outcome.END) {
                delay.reset();
                handler.onSnapshotEnded(answer.lastIncluded() + 1);
            }
        }
        return position;
    }

    /** While the ring is full what was read waits, and that is not the server's silence. */
    private boolean hasRoom() {
        if (publisher.hasCapacity(EVENTS_PER_FRAME)) {
            return true;
        }
        isHeldBack = true;
        lastReceivedNs = nowNs;
        return false;
    }

    /** Neither token, channel nor request get better by asking again. */
    private void onError() {
        switch (answer.reason()) {
            case 'A', 'C', 'U':
                tell("refused, reason " + (char) answer.reason());
                connection.close();
                state = State.REFUSED;
                handler.onSnapshotRefused();
                break;
            default:
                fail("no snapshot, reason " + (answer.reason() & 0xFF));
                break;
        }
    }

    private void fail(String why) {
        tell(why);
        connection.close();
        state = State.WAITING;
        retryAtNs = nowNs + delay.nextNs();
        handler.onSnapshotFailed();
    }

    private void tell(String why) {
        String detail = connection.problem().isEmpty() ? "" : " (" + connection.problem() + ')';
        context.errors().onError(new IOException("SNAP " + connection.name() + ": " + why
            + detail));
    }
}
