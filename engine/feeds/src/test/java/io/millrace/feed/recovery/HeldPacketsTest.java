// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HeldPacketsTest {
    private final UnsafeBuffer source = new UnsafeBuffer(new byte[2_000]);

    @Test
    void shouldHandBackInSequence() {
        HeldPackets held = new HeldPackets(8, 1_000);
        add(held, 7, 9);
        add(held, 3, 5);
        add(held, -2, -1);
        add(held, 5, 6);
        assertEquals(List.of("3-5", "5-6", "7-9", "-2--1"), takeAll(held));
        assertEquals(0, held.lengthBytes());
    }

    @Test
    void shouldTellWhatIsMissingAndWhatComesNext() {
        HeldPackets held = new HeldPackets(8, 1_000);
        add(held, 10, 20);
        add(held, 18, 25);
        add(held, 30, 31);
        assertEquals(5, held.firstMissing(5, 40));
        assertEquals(25, held.firstMissing(10, 40));
        assertEquals(22, held.firstMissing(12, 22));
        assertEquals(25, held.firstMissing(25, 40));
        assertEquals(31, held.firstMissing(30, 40));
        assertEquals(10, held.nextHeld(5, 40));
        assertEquals(30, held.nextHeld(25, 40));
        assertEquals(28, held.nextHeld(25, 28));
        assertEquals(40, held.nextHeld(31, 40));
        assertTrue(held.covers(11, 24));
        assertFalse(held.covers(24, 26));
    }

    @Test
    void shouldGiveBackWhatALargerPacketCovers() {
        HeldPackets held = new HeldPackets(8, 1_000);
        add(held, 10, 12);
        add(held, 14, 16);
        add(held, 16, 18);
        add(held, 20, 30);
        assertEquals(6, add(held, 10, 18));
        assertEquals(List.of("10-18", "20-30"), takeAll(held));
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        HeldPackets held = new HeldPackets(2, 1_000);
        assertFalse(held.hasRoom(993));
        assertTrue(held.hasRoom(992));
        add(held, 1, 2);
        add(held, 3, 4);
        assertFalse(held.hasRoom(1));
        held.removeFirst();
        assertTrue(held.hasRoom(1));
    }

    @Test
    void shouldNeverMixUpWhatItHolds() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            HeldPackets held = new HeldPackets(1 + random.nextInt(40), 2_048);
            TreeSet<Long> numbers = new TreeSet<>();
            for (int step = 0; step < 300; step++) {
                if (random.nextInt(3) > 0) {
                    addRandom(held, numbers, random);
                } else if (!held.isEmpty()) {
                    check(held);
                    long end = held.endSequence();
                    held.removeFirst();
                    numbers.headSet(held.isEmpty() ? end : Math.min(end, held.firstSequence()))
                        .clear();
                }
                long from = random.nextInt(200);
                long expected = from;
                while (numbers.contains(expected) && expected < 200) {
                    expected++;
                }
                assertEquals(expected, held.firstMissing(from, 200));
            }
        }
    }

    private void addRandom(HeldPackets held, TreeSet<Long> numbers, Random random) {
        long first = random.nextInt(180);
        long end = first + 1 + random.nextInt(15);
        int length = length(first, end);
        if (held.hasRoom(length) && !held.covers(first, end)) {
            add(held, first, end);
            for (long i = first; i < end; i++) {
                numbers.add(i);
            }
        }
    }

    private static int length(long first, long end) {
        return 8 + (int) (end - first) * 11;
    }

    private long add(HeldPackets held, long first, long end) {
        int length = length(first, end);
        source.setMemory(0, length, (byte) first);
        source.putLong(0, first);
        return held.add(first, end, source, 0, length, first * 10, (int) (first & 3));
    }

    private static void check(HeldPackets held) {
        long first = held.firstSequence();
        int length = length(first, held.endSequence());
        assertEquals(first, held.buffer().getLong(held.content()));
        for (int i = Long.BYTES; i < length; i++) {
            assertEquals((byte) first, held.buffer().getByte(held.content() + i));
        }
        assertEquals(List.of(first * 10, first & 3), List.of(held.receiveTimeNs(),
            (long) held.line()));
    }

    private static List<String> takeAll(HeldPackets held) {
        List<String> taken = new ArrayList<>();
        while (!held.isEmpty()) {
            check(held);
            taken.add(held.firstSequence() + "-" + held.endSequence());
            held.removeFirst();
        }
        return taken;
    }
}
