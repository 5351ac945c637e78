// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/** Knows from a journal that is written how far its one channel is. */
final class ChannelFollower implements AutoCloseable {
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final long POLL_NS = 1_000_000L;
    private static final VenueDecoder NOBODY = new VenueDecoder() {
        @Override
        public void tradingDate(TradingDate date) {
            // Times do not matter.
        }

        @Override
        public long exchangeTimeNs(DirectBuffer buffer, int offset, int length) {
            return 0;
        }

        @Override
        public boolean recall(EventView event) {
            return (event.flags() & EventFlag.LAST) != 0;
        }

        @Override
        public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
            long receiveTimeNs) {
            throw new IllegalStateException("no message is decoded");
        }
    };

    private final ChannelHistory history = new ChannelHistory(NOBODY);
    private final JournalTail tail;

    ChannelFollower(Path epochDirectory) {
        tail = JournalTail.following(epochDirectory, JournalQueue.INBOUND);
    }

    /** Waits for {@link #hasAll}. */
    void await(long messages) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!hasAll(messages)) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("only up to " + history.next() + " of " + messages);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** True when all messages up to a number were journaled and none is missing. */
    boolean hasAll(long messages) {
        while (tail.next()) {
            if (tail.event().channelId() != 0) {
                history.onEvent(tail.event());
            }
        }
        return history.next() > messages && history.open().isEmpty() && !history.isMaybeBad()
            && !history.isSnapshotOpen();
    }

    @Override
    public void close() {
        tail.close();
    }
}
