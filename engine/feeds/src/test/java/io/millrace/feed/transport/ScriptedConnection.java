// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection whose server is the test: one chunk is read with each poll. */
public final class ScriptedConnection implements StreamConnection {
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private byte[] unread = new byte[0];
    private ConnectionState state = ConnectionState.CLOSED;
    private ConnectionState next = ConnectionState.CONNECTED;
    private boolean isBlocked;
    private int connects;

    /** What the next attempts to connect come to. */
    public ScriptedConnection next(ConnectionState outcome) {
        next = outcome;
        return this;
    }

    /** Nothing can be sent any more. */
    public void block() {
        isBlocked = true;
    }

    /** Sends to the client. */
    public void write(byte[] chunk) {
        chunks.add(chunk);
    }

    /** Ends the connection behind what was written. */
    public void end() {
        chunks.add(new byte[0]);
    }

    /** What the client sent, each time it did. */
    public List<byte[]> sent() {
        return sent;
    }

    /** Attempts so far. */
    public int connects() {
        return connects;
    }

    @Override
    public void connect() {
        connects++;
        chunks.clear();
        unread = new byte[0];
        state = next == ConnectionState.CONNECTED ? ConnectionState.CONNECTING : next;
    }

    @Override
    public ConnectionState advance() {
        state = state == ConnectionState.CONNECTING ? next : state;
        return state;
    }

    @Override
    public int poll(StreamHandler handler) {
        int taken = handOn(handler);
        if (taken == StreamHandler.REFUSED) {
            return taken;
        }
        if (state == ConnectionState.CONNECTED && !chunks.isEmpty()) {
            byte[] chunk = chunks.poll();
            if (chunk.length == 0) {
                state = ConnectionState.BROKEN;
            }
            int length = unread.length;
            unread = Arrays.copyOf(unread, length + chunk.length);
            System.arraycopy(chunk, 0, unread, length, chunk.length);
            int more = handOn(handler);
            taken = more == StreamHandler.REFUSED ? more : taken + more;
        }
        return state == ConnectionState.BROKEN && taken == 0 ? ENDED : taken;
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        sent.add(bytes);
        return !isBlocked && state == ConnectionState.CONNECTED;
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public String problem() {
        return state == ConnectionState.BROKEN ? "scripted" : "";
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public void close() {
        state = ConnectionState.CLOSED;
    }

    private int handOn(StreamHandler handler) {
        if (unread.length == 0) {
            return 0;
        }
        UnsafeBuffer bytes = new UnsafeBuffer(unread);
        int taken = handler.onStream(bytes, 0, unread.length, 1_000);
        if (taken > 0) {
            unread = Arrays.copyOfRange(unread, taken, unread.length);
        }
        return taken;
    }
}
