// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.MessageSource;
import org.agrona.MutableDirectBuffer;

/** Gives so many messages of another source, in all sessions, and not one more. One thread. */
final class LimitedMessages implements MessageSource {
    private final MessageSource source;
    private long left;

    LimitedMessages(MessageSource source, long limit) {
        this.source = source;
        left = limit;
    }

    @Override
    public int next(MutableDirectBuffer buffer, int offset) {
        int length = left == 0 ? 0 : source.next(buffer, offset);
        left -= length > 0 ? 1 : 0;
        return length;
    }

    @Override
    public long timeNs() {
        return source.timeNs();
    }

    @Override
    public boolean isMidEvent() {
        return source.isMidEvent();
    }
}
