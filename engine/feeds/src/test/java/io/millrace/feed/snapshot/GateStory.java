// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.instrument.Venue;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What the decoder gets and what a gate tells, in order. A live message is its number, with ? in a
 * channel that lost some; one of a snapshot begins with S, the last one of its instrument ends
 * with !.
 */
final class GateStory {
    private final List<String> lines = new ArrayList<>();
    private final EventLog log = new EventLog();
    private final FeedChannel channel = new FeedChannel(Venue.SIMA, 3, 0);
    private final FeedCounters counters = new FeedCounters();
    private int told;

    SnapshotGate gate(SnapshotSource source, SnapshotContext context) {
        return new SnapshotGate(log.publisher(), channel, counters, new Recorder(), source,
            context);
    }

    FeedCounters counters() {
        return counters;
    }

    /** The lines that were told last. */
    List<String> lines() {
        return lines;
    }

    /** The same with what the gate told since. */
    List<String> story() {
        List<EventView> events = log.events();
        for (; told < events.size(); told++) {
            String text = text(events.get(told));
            if (!text.isEmpty()) {
                lines.add(text);
            }
        }
        return lines;
    }

    private static String text(EventView event) {
        DirectBuffer buffer = event.buffer();
        int length = event.blockLength();
        switch (event.templateId()) {
            case GapDecoder.TEMPLATE_ID:
                GapDecoder gap = new GapDecoder().wrap(buffer, event.offset(), length, 0);
                return gap.state() + " " + gap.fromSequence() + " " + gap.toSequence();
            case SnapshotBegunDecoder.TEMPLATE_ID:
                return "BEGUN";
            case BookClearedDecoder.TEMPLATE_ID:
                return "CLEARED";
            case SnapshotEndedDecoder.TEMPLATE_ID:
                return "ENDED " + new SnapshotEndedDecoder()
                    .wrap(buffer, event.offset(), length, 0).nextChannelSequence();
            default:
                return "";
        }
    }

    private final class Recorder implements MessageHandler {
        @Override
        public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                              long receiveTimeNs) {
            boolean isSnapshot = (channel.flags() & EventFlag.SNAPSHOT) != 0;
            boolean isBad = (channel.flags() & EventFlag.MAYBE_BAD) != 0;
            boolean isLast = channel.lastFlag() == EventFlag.LAST;
            story().add((isSnapshot ? "S" : "") + channelSequence + (isBad ? "?" : "")
                + (isSnapshot && isLast ? "!" : ""));
        }

        @Override
        public void onSessionChanged() {
            story().add("session");
        }
    }
}
