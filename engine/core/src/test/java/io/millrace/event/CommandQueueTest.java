// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.codec.event.JournalGapEncoder;
import io.millrace.codec.event.RuleChangedDecoder;
import io.millrace.codec.event.RuleChangedEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
    private final CommandQueue queue = new CommandQueue(4096);
    private final EventRing ring = new EventRing(8);
    private final EventReader reader = ring.newGatingReader();
    private final EventPublisher publisher = TestEvents.publisher(ring, 4);

    @Test
    void shouldBecomeAnEventWithTheChainsSequenceAndTime() {
        publisher.receiveTimeNs(500);
        TestEvents.publish(publisher, 0);
        assertTrue(offer(queue, 77));
        assertEquals(1, queue.drainTo(publisher));
        EventView view = new EventView().wrap(ring.buffer(), ring.blockOffset(1));
        RuleChangedDecoder rule = new RuleChangedDecoder().wrap(ring.buffer(), view.offset(),
            RuleChangedDecoder.BLOCK_LENGTH, RuleChangedDecoder.SCHEMA_VERSION);
        assertEquals("26 2 500 77 me 0",
            view.templateId() + " " + view.sequence() + " " + view.receiveTimeNs() + " "
            + rule.ruleId() + " " + rule.owner() + " " + rule.measurement().publishDeltaNs());
        assertEquals(1, reader.available());
    }

    @Test
    void shouldEndAHoleOfTheJournalWhereItsEventStands() {
        UnsafeBuffer block = new UnsafeBuffer(new byte[JournalGapEncoder.BLOCK_LENGTH]);
        new JournalGapEncoder().wrap(block, 0).fromSequence(1)
            .reason(JournalGapReason.DISK_FULL.value());
        TestEvents.publish(publisher, 0);
        TestEvents.publish(publisher, 0);
        assertTrue(queue.offer(JournalGapEncoder.TEMPLATE_ID, block, 0, block.capacity()));
        queue.drainTo(publisher);
        JournalGapDecoder gap = new JournalGapDecoder().wrap(ring.buffer(), ring.blockOffset(2),
            JournalGapDecoder.BLOCK_LENGTH, JournalGapDecoder.SCHEMA_VERSION);
        assertEquals("3 1 3 DISK_FULL", gap.sequence() + " " + gap.fromSequence() + " "
            + gap.toSequence() + " " + JournalGapReason.of(gap.reason()));
    }

    @Test
    void shouldRefuseWhenFullAndKeepWhatItTook() {
        int accepted = 0;
        while (offer(queue, accepted)) {
            accepted++;
        }
        assertTrue(accepted > 8, "accepted " + accepted);
        List<Long> ids = new ArrayList<>();
        while (!queue.isEmpty()) {
            queue.drainTo(publisher);
            readIds(ids);
        }
        assertEquals(accepted, ids.size());
        assertEquals(accepted - 1, ids.get(accepted - 1));
        assertTrue(offer(queue, 1));
    }

    @Test
    void shouldRefuseABlockThatNoSlotTakes() {
        UnsafeBuffer block = new UnsafeBuffer(new byte[256]);
        for (int length : new int[] {0, 40, 52, 121, 128}) {
            Exception refusal = assertThrows(IllegalArgumentException.class,
                () -> queue.offer(RuleChangedEncoder.TEMPLATE_ID, block, 0, length));
            assertEquals("a command's block of " + length
                + " bytes is not a multiple of 8 from 48 to 120", refusal.getMessage());
        }
        assertTrue(queue.offer(RuleChangedEncoder.TEMPLATE_ID, block, 0, 120));
        assertTrue(queue.offer(RuleChangedEncoder.TEMPLATE_ID, block, 0, 48));
        assertEquals(2, queue.drainTo(publisher));
    }

    @Test
    void shouldNotWaitForAFullRing() {
        for (int i = 0; i < 10; i++) {
            offer(queue, i);
        }
        assertEquals(8, queue.drainTo(publisher));
        assertEquals(0, queue.drainTo(publisher));
        assertFalse(queue.isEmpty());
    }

    @Test
    void shouldTakeCommandsOfManyThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int from = thread * 1000;
            threads.add(new Thread(() -> offerAll(from)));
        }
        threads.forEach(Thread::start);
        List<Long> ids = new ArrayList<>();
        while (ids.size() < 4000) {
            queue.drainTo(publisher);
            readIds(ids);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(3999L * 4000 / 2, ids.stream().mapToLong(Long::longValue).sum());
    }

    private void offerAll(int from) {
        for (int i = from; i < from + 1000; i++) {
            while (!offer(queue, i)) {
                Thread.onSpinWait();
            }
        }
    }

    private void readIds(List<Long> ids) {
        long last = reader.available();
        for (long sequence = reader.next(); sequence <= last; sequence++) {
            ids.add(ring.buffer()
                .getLong(ring.blockOffset(sequence) + RuleChangedDecoder.ruleIdEncodingOffset()));
        }
        reader.release(last);
    }

    private static boolean offer(CommandQueue queue, long ruleId) {
        UnsafeBuffer block = new UnsafeBuffer(new byte[RuleChangedEncoder.BLOCK_LENGTH]);
        RuleChangedEncoder encoder = new RuleChangedEncoder().wrap(block, 0).ruleId(ruleId)
            .owner("me");
        encoder.measurement().publishDeltaNs(99);
        return queue.offer(RuleChangedEncoder.TEMPLATE_ID, block, 0,
            RuleChangedEncoder.BLOCK_LENGTH);
    }
}
