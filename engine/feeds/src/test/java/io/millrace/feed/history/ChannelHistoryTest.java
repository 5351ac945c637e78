// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import io.millrace.feed.deep.DeepDecoder;
import io.millrace.feed.iex.IexMessages;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import io.millrace.feed.iextp.IexTpSession;
import io.millrace.feed.iextp.IexTpSubscription;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.itch50.WireMessages;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A life that ends behind any of its events, in the midst of a message too, and another one that
 * goes on: together they tell what one life would have told.
 */
class ChannelHistoryTest {
    private static final int LENGTH = 1_400;
    private static final long NOW_NS = 1_767_600_000_000_000_000L;
    private static final int A = 1;
    private static final int B = 2;

    /** One life of a channel. */
    private static final class Life {
        private final EventLog log = new EventLog();
        private final InstrumentDirectory directory = new InstrumentDirectory(64);
        private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
        private final FeedCounters counters = new FeedCounters();
        private final VenueDecoder decoder;
        private final HealingSession session;
        private long nowNs = NOW_NS;

        Life(boolean isIex, List<EventView> past) {
            decoder = isIex ? new DeepDecoder(log.publisher(), channel, counters, directory)
                : new Itch50Decoder(log.publisher(), channel, counters, directory);
            decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 1, 5)));
            RecoveryContext recovery = new RecoveryContext().reorderWindowNs(1_000_000_000L)
                .holdLengthBytes(RecoveryContext.MIN_HOLD_LENGTH_BYTES).holdPackets(1_000);
            session = isIex ? new IexTpSession(log.publisher(), channel, counters,
                new IexTpSubscription(DeepDecoder.PROTOCOLS, SessionStart.FIRST_MESSAGE), recovery,
                List.of(), decoder) : new MoldUdp64Session(log.publisher(), channel, counters,
                SessionStart.FIRST_MESSAGE, recovery, List.of(), decoder);
            ChannelHistory history = new ChannelHistory(decoder);
            for (EventView event : past) {
                if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
                    directory.findOrAdd(event.buffer(),
                        event.offset() + InstrumentDefinedDecoder.symbolEncodingOffset(), 16);
                }
                history.onEvent(event);
            }
            session.resume(history);
            session.onStart(nowNs);
        }

        void send(int line, byte[] packet) {
            session.onPacket(line, new UnsafeBuffer(packet), 0, packet.length, ++nowNs);
        }
    }

    @Test
    void shouldGoOnBehindAnyEventOfItch() {
        List<byte[]> messages = new ArrayList<>();
        messages.add(WireMessages.addOrder(1, 'B', 100, 1_893_200));
        messages.addAll(WireMessages.all().subList(5, WireMessages.all().size()));
        messages.add(WireMessages.systemEvent('M'));
        messages.add(new byte[] {'?'});
        messages.add(new byte[0]);
        messages.addAll(WireMessages.all());
        check(false, messages);
    }

    @Test
    void shouldGoOnBehindAnyEventOfDeep() {
        List<byte[]> messages = new ArrayList<>();
        messages.add(IexMessages.buyUpdate(0, 1_893_200, 100));
        messages.add(IexMessages.auctionInformation(1_895_000));
        messages.add(IexMessages.securityDirectory(0, 1_890_000));
        messages.add(IexMessages.sellUpdate(1, 1_893_500, 200));
        messages.addAll(IexMessages.deep());
        messages.add(new byte[] {'?'});
        messages.addAll(IexMessages.deep());
        check(true, messages);
    }

    private static void check(boolean isIex, List<byte[]> messages) {
        List<byte[]> packets = packets(isIex, messages);
        Life whole = new Life(isIex, List.of());
        Random random = new Random(5);
        for (int i = 0; i < packets.size(); i++) {
            if (i % 4 != 1) {
                whole.send(A, packets.get(i));
            }
            if (i >= 3 && random.nextBoolean()) {
                whole.send(B, packets.get(i - 3 + random.nextInt(3)));
            }
        }
        packets.forEach(packet -> whole.send(B, packet));
        List<EventView> events = whole.log.events();
        assertTrue(events.stream().anyMatch(event ->
            event.templateId() == GapDecoder.TEMPLATE_ID));
        for (int end = 0; end <= events.size(); end++) {
            List<EventView> both = new ArrayList<>(events.subList(0, end));
            Life next = new Life(isIex, both);
            packets.forEach(packet -> next.send(A, packet));
            both.addAll(next.log.events());
            assertEquals(told(events), told(both), "behind event " + end);
            ChannelHistory history = new ChannelHistory(new Life(isIex, List.of()).decoder);
            both.forEach(history::onEvent);
            assertTrue(history.open().isEmpty(), "behind event " + end);
            assertEquals(0, next.counters.missing(), "behind event " + end);
        }
    }

    /** What came of messages, and which session it was; not what was missing meanwhile. */
    private static List<String> told(List<EventView> events) {
        return events.stream().filter(event -> event.templateId() != GapDecoder.TEMPLATE_ID)
            .map(event -> event.templateId() + " " + event.originSequence() + " "
                + event.instrumentId() + " " + event.flags() + " " + event.exchangeTimeNs()
                + (isSession(event) ? " session" : ""))
            .toList();
    }

    private static boolean isSession(EventView event) {
        return event.templateId() == SessionEventDecoder.TEMPLATE_ID && event.buffer().getByte(
            event.offset() + SessionEventDecoder.kindEncodingOffset())
            == SessionEventKind.SESSION_CHANGED.value();
    }

    private static List<byte[]> packets(boolean isIex, List<byte[]> messages) {
        List<byte[]> packets = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < messages.size(); i += 2) {
            List<byte[]> some = messages.subList(i, Math.min(messages.size(), i + 2));
            packets.add(isIex ? segment(i + 1, offset, some) : packet(i + 1, some));
            offset += some.stream().mapToLong(message -> 2 + message.length).sum();
        }
        packets.add(isIex ? segment(messages.size() + 1, offset, List.of())
            : packet(messages.size() + 1, List.of()));
        return packets;
    }

    private static byte[] packet(long sequence, List<byte[]> messages) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[LENGTH]);
        MoldUdp64PacketEncoder encoder =
            new MoldUdp64PacketEncoder("DAY1").begin(target, 0, LENGTH, sequence);
        messages.forEach(message ->
            encoder.append(new UnsafeBuffer(message), 0, message.length));
        return copy(target, encoder.length());
    }

    private static byte[] segment(long sequence, long offset, List<byte[]> messages) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[LENGTH]);
        IexTpSegmentEncoder encoder = new IexTpSegmentEncoder(MessageProtocol.DEEP_1_0, 1, 77)
            .begin(target, 0, LENGTH, sequence, offset);
        messages.forEach(message ->
            encoder.append(new UnsafeBuffer(message), 0, message.length));
        return copy(target, encoder.length());
    }

    private static byte[] copy(UnsafeBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
