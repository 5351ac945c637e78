// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.instrument.Venue;
import io.millrace.journal.KeptEvents;
import io.millrace.server.feed.FeedProtocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Where sessions go on is the same by the events that checkpoints keep as by all of them. */
class KeptHistoryTest {
    private static final int SEEDS = 20;
    private static final int EVENTS = 300;
    private static final LineState[] LINE_STATES = {LineState.UP, LineState.SILENT,
        LineState.BREAKER_OPEN, LineState.BREAKER_HALF_OPEN, LineState.BREAKER_CLOSED};
    private static final ClearReason[] CLEAR_REASONS = {ClearReason.SESSION_CHANGE,
        ClearReason.SNAPSHOT, ClearReason.VENUE_REQUEST};

    private final Pipeline pipeline = new Pipeline(new EngineContext()
        .threadingMode(ThreadingMode.INVOKER).maxInstruments(64).maxOrders(1 << 10).maxVenues(2)
        .conclude());
    private final EventPublisher publisher = pipeline.inbound();
    private final EventReader reader = pipeline.inboundRing().newGatingReader();
    private Random random;
    private long next = 1;

    @Test
    void shouldTellFromKeptEventsWhatAllEventsTell() {
        for (FeedProtocol protocol : List.of(FeedProtocol.ITCH50, FeedProtocol.IEX_DEEP)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                random = new Random(seed);
                check(protocol, protocol + ", seed " + seed);
            }
        }
    }

    private void check(FeedProtocol protocol, String what) {
        FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
        ChannelHistory all = history(protocol, channel);
        KeptEvents kept = new KeptEvents();
        for (int i = 0; i < EVENTS; i++) {
            publish(protocol, channel);
            publisher.commit();
            read(event -> {
                all.onEvent(event);
                kept.onEvent(event);
            });
            ChannelHistory again = history(protocol, channel);
            kept.forEach(again::onEvent);
            assertEquals(told(all), told(again), what + ", behind event " + kept.sequence());
        }
    }

    private void publish(FeedProtocol protocol, FeedChannel channel) {
        ChannelEvents events = new ChannelEvents(publisher, channel);
        long to = next + 1 + random.nextInt(3);
        switch (random.nextInt(24)) {
            case 0 -> session(events, random.nextBoolean());
            case 1 -> events.opened(next, to, 1);
            case 2 -> events.healed(next, to, random.nextBoolean(), 1);
            case 3 -> {
                events.lost(next, to);
                next = to;
            }
            case 4 -> events.healedBySnapshot(next - 1, next);
            case 5 -> events.snapshotBegun(next, 1);
            case 6 -> events.snapshotEnded(next);
            case 7 -> events.cleared(CLEAR_REASONS[random.nextInt(CLEAR_REASONS.length)], next);
            case 8, 9, 10 -> events.line(random.nextInt(2),
                LINE_STATES[random.nextInt(LINE_STATES.length)], (byte) 0, next, 0, 0, 0);
            case 11 -> define(channel);
            default -> message(protocol == FeedProtocol.IEX_DEEP, channel);
        }
    }

    private void session(ChannelEvents events, boolean isCleared) {
        byte[] name = ("DAY" + random.nextInt(9)).getBytes(StandardCharsets.US_ASCII);
        if (random.nextBoolean()) {
            events.session(SessionEventKind.MARKET_CLOSED, new byte[0], next++);
        } else if (isCleared) {
            events.sessionChanged(new UnsafeBuffer(name), 0, name.length, next);
        } else {
            events.sessionBegun(new UnsafeBuffer(name), 0, name.length, next);
        }
    }

    private void define(FeedChannel channel) {
        int offset = claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, channel, EventFlag.LAST);
        new InstrumentDefinedEncoder().wrap(publisher.buffer(), offset).symbol("SYM")
            .roundLotSize(1);
    }

    /** Whole or not; a message of a snapshot has a number of its own. */
    private void message(boolean isLevel, FeedChannel channel) {
        int kind = random.nextInt(8);
        int flags = kind == 0 ? EventFlag.SNAPSHOT : kind < 3 ? 0 : EventFlag.LAST;
        if (isLevel) {
            claim(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH, channel,
                flags);
        } else {
            claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH, channel, flags);
        }
    }

    private int claim(int templateId, int blockLength, FeedChannel channel, int flags) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, EventDescriptor.UNDEFINED, 1 + random.nextInt(8),
            channel.venueId(), channel.channelId(), flags, next);
        next += (flags & EventFlag.SNAPSHOT) == 0 ? 1 : 0;
        return offset;
    }

    private void read(Consumer<EventView> target) {
        EventView event = new EventView();
        long last = reader.available();
        for (long slot = reader.next(); slot <= last; slot++) {
            target.accept(event.wrap(reader.ring().buffer(), reader.ring().blockOffset(slot)));
            reader.release(slot);
        }
    }

    private ChannelHistory history(FeedProtocol protocol, FeedChannel channel) {
        return new ChannelHistory(new VenueFeed(protocol, publisher, pipeline.instruments(),
            channel).decoder());
    }

    private static List<Object> told(ChannelHistory history) {
        List<Object> told = new ArrayList<>(List.of(history.next(), history.knownEnd(),
            history.open().all(), history.lost().all(),
            new String(history.name(), StandardCharsets.US_ASCII)));
        told.addAll(List.of("snapshot", history.isSnapshotOpen(), "maybe bad",
            history.isMaybeBad(), "clear", history.isClearDue(), "down", history.isDown()));
        return told;
    }
}
