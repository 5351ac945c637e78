// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.BookStaleEncoder;
import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.MessageHeaderDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
    private final EventRing ring = new EventRing(8);
    private final EventPublisher publisher = TestEvents.publisher(ring, 4);
    private final EventView view = new EventView();

    @Test
    void shouldWriteWhatTheGeneratedDecoderReads() {
        publisher.receiveTimeNs(5_000);
        int offset =
            publisher.claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH);
        publisher.common(offset, 4_000, 77, 200, 201, EventFlag.LAST | EventFlag.SIMULATED, -9);
        new OrderDeletedEncoder().wrap(publisher.buffer(), offset).orderId(123);
        OrderDeletedDecoder decoder = new OrderDeletedDecoder().wrapAndApplyHeader(ring.buffer(),
            offset - EventDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        assertEquals("1 5000 4000 77 200 201 -9 123 true true false", decoder.sequence() + " "
            + decoder.receiveTimeNs() + " " + decoder.exchangeTimeNs() + " "
            + decoder.instrumentId() + " "
            + decoder.venueId() + " " + decoder.channelId() + " " + decoder.channelSequence() + " "
            + decoder.orderId() + " " + decoder.flags().last() + " " + decoder.flags().simulated()
            + " "
            + decoder.flags().badTime());
    }

    @Test
    void shouldShowTheSameThroughTheCommonView() {
        publisher.receiveTimeNs(5_000);
        int offset =
            publisher.claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH);
        publisher.common(offset, 4_000, -1, 200, 201, EventFlag.LAST, -9);
        view.wrap(publisher.buffer(), offset);
        assertEquals("5 56 64 1 5000 4000 -1 200 201 1 -9 false",
            view.templateId() + " " + view.blockLength() + " "
            + view.length() + " " + view.sequence() + " " + view.receiveTimeNs() + " "
            + view.exchangeTimeNs() + " "
            + view.instrumentId() + " " + view.venueId() + " " + view.channelId() + " "
            + view.flags() + " "
            + view.originSequence() + " " + view.isDerived());
    }

    @Test
    void shouldLeaveNoTraceOfTheSlotsFormerEventInPaddingAndMeasurement() {
        ring.buffer().setMemory(0, ring.buffer().capacity(), (byte) 0xFF);
        int offset = publisher.claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH);
        publisher.common(offset, 0, 1, 1, 1, 0, 1);
        publisher.buffer().putByte(offset + BookStaleEncoder.reasonEncodingOffset(), (byte) 1);
        publisher.buffer().putByte(offset + BookStaleEncoder.stateEncodingOffset(), (byte) 1);
        byte[] tail = new byte[BookStaleEncoder.BLOCK_LENGTH - EventDescriptor.COMMON_LENGTH];
        ring.buffer().getBytes(offset + EventDescriptor.COMMON_LENGTH, tail);
        assertArrayEquals(new byte[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, tail);
    }

    @Test
    void shouldNeverLetReceiveTimeGoBack() {
        publisher.receiveTimeNs(10);
        publisher.receiveTimeNs(5);
        assertEquals(10, publisher.receiveTimeNs());
        publisher.receiveTimeNs(11);
        assertEquals(11, publisher.receiveTimeNs());
    }

    @Test
    void shouldContinueASequenceFromAnywhere() {
        assertEquals(1, publisher.nextSequence());
        TestEvents.publish(publisher, 0);
        publisher.nextSequence(1_000);
        TestEvents.publish(publisher, 0);
        assertEquals(1_000, view.wrap(ring.buffer(), ring.blockOffset(1)).sequence());
        assertEquals(1_001, publisher.nextSequence());
    }

    @Test
    void shouldCopyAnEventAsItStands() {
        publisher.receiveTimeNs(9);
        TestEvents.publish(publisher, 42);
        Measurement.publishedAt(publisher.buffer(), ring.blockOffset(0), 29);
        publisher.commit();
        UnsafeBuffer kept = new UnsafeBuffer(new byte[EventDescriptor.SLOT_LENGTH]);
        int length = view.wrap(ring.buffer(), ring.blockOffset(0)).copyTo(kept, 0);
        EventRing replayed = new EventRing(2);
        TestEvents.publisher(replayed, 1).copy(kept, 0, length);
        view.wrap(replayed.buffer(), replayed.blockOffset(0));
        assertEquals("56 1 9 42 20",
            length + " " + view.sequence() + " " + view.receiveTimeNs() + " "
            + view.originSequence() + " "
            + Measurement.publishDeltaNs(view.buffer(), view.offset()));
        assertEquals(length, EventDescriptor.HEADER_LENGTH + ClockEncoder.BLOCK_LENGTH);
    }

    @Test
    void shouldShowZerosBehindAShortCopyWhateverTheSlotHeld() {
        ring.buffer().setMemory(0, ring.buffer().capacity(), (byte) 0xFF);
        UnsafeBuffer cut = new UnsafeBuffer(new byte[EventDescriptor.SLOT_LENGTH]);
        cut.setMemory(0, 21, (byte) 7);
        publisher.copy(cut, 0, 21);
        byte[] slot = new byte[EventDescriptor.SLOT_LENGTH];
        ring.buffer().getBytes(0, slot);
        assertArrayEquals(cut.byteArray(), slot);
        assertEquals(-1, ring.buffer().getByte(EventDescriptor.SLOT_LENGTH));
    }

    @Test
    void shouldStampAllEventsOfACommitWithOneReading() {
        long[] now = {100};
        EventRing stampedRing = new EventRing(8);
        EventPublisher stamped =
            new EventPublisher(stampedRing, Thread::onSpinWait, () -> now[0]++, 8);
        stamped.receiveTimeNs(60);
        for (int i = 0; i < 3; i++) {
            TestEvents.publish(stamped, i);
        }
        stamped.commit();
        TestEvents.publish(stamped, 3);
        stamped.commit();
        StringBuilder deltas = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            deltas.append(
                Measurement.publishDeltaNs(stampedRing.buffer(), stampedRing.blockOffset(i)))
                .append(' ');
        }
        assertEquals("40 40 40 41 ", deltas.toString());
    }
}
