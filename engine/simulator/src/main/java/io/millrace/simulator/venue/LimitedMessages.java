// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.MessageSource;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;

/**
 * Gives so many messages of another source, in all sessions, and not one more before the limit
 * grows. One thread.
 */
final class LimitedMessages implements MessageSource {
    private final MessageSource source;
    private final LongSupplier limit;
    private long given;

    LimitedMessages(MessageSource source, LongSupplier limit) {
        this.source = source;
        this.limit = limit;
    }

    @Override
    public int next(MutableDirectBuffer buffer, int offset) {
        int length = given < limit.getAsLong() ? source.next(buffer, offset) : 0;
        given += length > 0 ? 1 : 0;
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
