// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos.wire;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes on their way in one direction of a connection, a bounded number. One thread. */
final class VirtualPipe {
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private int length;

    VirtualPipe(int capacity) {
        memory = ByteBuffer.allocateDirect(capacity);
        buffer = new UnsafeBuffer(memory);
    }

    /** Takes what fits. */
    int write(ByteBuffer source) {
        int taken = Math.min(source.remaining(), buffer.capacity() - length);
        buffer.putBytes(length, source, taken);
        length += taken;
        return taken;
    }

    /** Takes all or nothing. */
    boolean write(DirectBuffer source, int offset, int bytes) {
        if (bytes > buffer.capacity() - length) {
            return false;
        }
        buffer.putBytes(length, source, offset, bytes);
        length += bytes;
        return true;
    }

    /** Gives what fits. */
    int read(ByteBuffer target) {
        int given = Math.min(target.remaining(), length);
        buffer.getBytes(0, target, target.position(), given);
        target.position(target.position() + given);
        remove(given);
        return given;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Forgets the first bytes. */
    void remove(int bytes) {
        length -= bytes;
        buffer.putBytes(0, buffer, bytes, length);
    }

    void clear() {
        length = 0;
    }
}
