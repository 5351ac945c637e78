// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.MessageSource;
import org.agrona.MutableDirectBuffer;

/** Keeps every message that another source gives. Owned by the venue's thread. */
final class StoredMessages implements MessageSource {
    private final MessageSource source;
    private final MessageStore store;

    StoredMessages(MessageSource source, MessageStore store) {
        this.source = source;
        this.store = store;
    }

    @Override
    public int next(MutableDirectBuffer buffer, int offset) {
        int length = source.next(buffer, offset);
        if (length > 0) {
            store.append(buffer, offset, length);
        }
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
