// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import io.millrace.feed.deep.DeepDecoder;
import io.millrace.feed.tops.TopsDecoder;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.time.LocalDate;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A decoder between messages and the log of its events. */
public final class DecoderBench {
    /** Receives all events. */
    public final EventLog log = new EventLog();
    /** Told of every message. */
    public final FeedCounters counters = new FeedCounters();
    /** Carried by all events. */
    public final FeedChannel channel = new FeedChannel(Venue.IEXG, 9, EventFlag.SIMULATED);
    /** Small, so that it can be full. */
    public final InstrumentDirectory directory = new InstrumentDirectory(4);
    /** What is tested. */
    public final VenueDecoder decoder;

    private long sequence = 100;

    private DecoderBench(boolean isDeep) {
        decoder = isDeep ? new DeepDecoder(log.publisher(), channel, counters, directory)
            : new TopsDecoder(log.publisher(), channel, counters, directory);
        decoder.tradingDate(TradingDate.of(LocalDate.of(2023, 11, 14)));
    }

    /** With the decoder of TOPS. */
    public static DecoderBench tops() {
        return new DecoderBench(false);
    }

    /** With the decoder of DEEP. */
    public static DecoderBench deep() {
        return new DecoderBench(true);
    }

    /** Decodes messages, in buffers of exactly their length. */
    public DecoderBench decode(byte[]... messages) {
        for (byte[] message : messages) {
            decoder.onMessage(new UnsafeBuffer(message), 0, message.length, sequence++, 7);
        }
        return this;
    }

    /** The last event so far. */
    public EventView last() {
        List<EventView> events = log.events();
        return events.get(events.size() - 1);
    }

    /** The event's flags by name, without that of the bench itself. */
    public static String flags(EventView event) {
        int flags = event.flags() & ~EventFlag.SIMULATED;
        return ((flags & EventFlag.LAST) != 0 ? "last " : "")
            + ((flags & EventFlag.MAYBE_BAD) != 0 ? "maybeBad " : "")
            + ((flags & EventFlag.BAD_TIME) != 0 ? "badTime " : "");
    }
}
