// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every time of a day at which a line, or a whole feed, was not heard, as the journal alone tells
 * it: since when, until when, how often a feed was probed or listened to in vain. One thread; it
 * writes nothing.
 */
public final class LineLedger {
    /** In place of a line: the whole feed, by its breaker. */
    public static final int WHOLE_FEED = 0;

    private final Consumer<Outage> ended;
    private final Map<Long, Open> openByLine = new LinkedHashMap<>();
    private final LineStatusDecoder decoder = new LineStatusDecoder();

    private LineLedger(Consumer<Outage> ended) {
        this.ended = ended;
    }

    /**
     * A line, or a feed, that was not heard.
     *
     * @param venueId   venue
     * @param channelId channel
     * @param line      from 1, {@link #WHOLE_FEED} for the feed
     * @param state     SILENT or DOWN of a line, BREAKER_OPEN or BREAKER_HALF_OPEN of a feed: the
     *                  last one before it was heard again
     * @param fromNs    receive time at which that was told
     * @param toNs      receive time at which it was heard again, UNDEFINED when it never was
     * @param silenceNs silence before it was told
     * @param trials    times that a feed was half-open
     * @param lost      messages that the channel lost meanwhile
     */
    public record Outage(int venueId, int channelId, int line, LineState state, long fromNs,
                         long toNs, long silenceNs, int trials, long lost) {
        /** True when it was heard again. */
        public boolean isOver() {
            return toNs != EventDescriptor.UNDEFINED;
        }
    }

    /** An outage in the making. */
    private static final class Open {
        private final int venueId;
        private final int channelId;
        private final int line;
        private final long fromNs;
        private final long silenceNs;
        private final long lostBefore;
        private LineState state;
        private int trials;
        private long lost;

        Open(EventView event, LineStatusDecoder status) {
            venueId = event.venueId();
            channelId = event.channelId();
            line = status.line();
            fromNs = event.receiveTimeNs();
            silenceNs = status.silenceNs();
            lostBefore = status.lostCount();
        }

        Outage at(long toNs) {
            return new Outage(venueId, channelId, line, state, fromNs, toNs, silenceNs, trials,
                lost);
        }
    }

    /**
     * Reads an epoch.
     *
     * @param damage is told of damaged parts, which are passed over
     * @param ended  is told of each outage when it is over, in the end of those that never were
     */
    public static void read(Path epochDirectory, Consumer<Damage> damage,
        Consumer<Outage> ended) {
        LineLedger ledger = new LineLedger(ended);
        try (JournalTail tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)) {
            tail.damageListener(damage);
            while (tail.next()) {
                if (tail.event().templateId() == LineStatusDecoder.TEMPLATE_ID) {
                    ledger.onStatus(tail.event());
                }
            }
        }
        ledger.openByLine.values()
            .forEach(open -> ended.accept(open.at(EventDescriptor.UNDEFINED)));
    }

    private void onStatus(EventView event) {
        decoder.wrap(event.buffer(), event.offset(), event.blockLength(),
            LineStatusDecoder.SCHEMA_VERSION);
        long key = (long) event.venueId() << 16 | event.channelId() << 8 | decoder.line();
        LineState state = decoder.state();
        boolean isHeard = state == LineState.UP || state == LineState.BREAKER_CLOSED;
        Open open = isHeard ? openByLine.remove(key)
            : openByLine.computeIfAbsent(key, absent -> new Open(event, decoder));
        if (open == null) {
            return;
        }
        open.lost = Math.max(0, decoder.lostCount() - open.lostBefore);
        if (isHeard) {
            ended.accept(open.at(event.receiveTimeNs()));
        } else {
            open.state = state;
            open.trials += state == LineState.BREAKER_HALF_OPEN ? 1 : 0;
        }
    }
}
