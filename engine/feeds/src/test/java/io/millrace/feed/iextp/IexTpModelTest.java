// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.event.EventView;
import io.millrace.feed.SessionStart;
import io.millrace.feed.recovery.RecoveryContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random loss, repetition, delay, damage and segment boundaries on two lines, and servers that
 * answer, answer in part, late or not at all: each message is delivered once and in order or
 * declared lost, and every hole is closed once.
 */
class IexTpModelTest {
    private static final int ROUNDS = Boolean.getBoolean("millrace.full") ? 2_000 : 60;
    private static final int MESSAGES = 1_500;

    private final PriorityQueue<Datagram> wire = new PriorityQueue<>();
    private final long[] offsets = new long[MESSAGES + 2];
    private Random random;
    private IexTpRig rig;
    private long order;
    private int damagedCount;

    private record Datagram(long timeNs, long order, int line, byte[] segment)
        implements Comparable<Datagram> {
        @Override
        public int compareTo(Datagram other) {
            int byTime = Long.compare(timeNs, other.timeNs);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    @Test
    void shouldDeliverOrDeclareEachMessageOnce() {
        for (int i = 1; i <= MESSAGES; i++) {
            offsets[i + 1] = offsets[i] + 2 + text(i).length();
        }
        for (int round = 0; round < ROUNDS; round++) {
            random = new Random(round);
            play("round " + round);
        }
    }

    private void play(String name) {
        order = 0;
        damagedCount = 0;
        wire.clear();
        RecoveryContext context = IexTpRig.context()
            .reorderWindowPackets(1 + random.nextInt(50))
            .requestMessages(1 + random.nextInt(40)).requestsInFlight(1 + random.nextInt(8))
            .holdPackets(random.nextBoolean() ? 5 + random.nextInt(20) : 4_000);
        rig = new IexTpRig(random.nextBoolean() ? SessionStart.FIRST_PACKET
            : SessionStart.FIRST_MESSAGE, context, servers());
        rig.send(1, segment(1, 2));
        long sentNs = Math.max(send(1, rig.nowNs), send(2, rig.nowNs));
        for (int i = 1; i < 5; i++) {
            wire.add(new Datagram(sentNs + i * 50 * IexTpRig.MS, order++, 1 + i % 2,
                segment(MESSAGES + 1, MESSAGES + 1)));
        }
        while (!wire.isEmpty()) {
            Datagram next = wire.poll();
            rig.pass(Math.max(0, next.timeNs - rig.nowNs));
            rig.send(next.line, next.segment);
        }
        rig.pass(2_000 * IexTpRig.MS);
        assertFalse(rig.session.isWaiting(), name);
        assertEquals(0, rig.counters.sessionChanges(), name);
        check(name);
        checkHoles(name);
    }

    private GapFillServer[] servers() {
        List<GapFillServer> servers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            GapFillServer server =
                new GapFillServer(() -> rig.nowNs, sequence -> offsets[(int) sequence]);
            boolean[] kept = new boolean[MESSAGES + 2];
            for (int j = 1; j <= MESSAGES; j++) {
                kept[j] = random.nextInt(10) > 0;
            }
            if (random.nextInt(4) > 0) {
                server.keeps(random.nextInt(5) > 0 ? IexTpRig.SESSION : 8,
                    sequence -> kept[(int) sequence] ? text(sequence) : null);
            }
            servers.add(server.atMost(1 + random.nextInt(20))
                .after(random.nextInt(20) * IexTpRig.MS));
        }
        return servers.toArray(GapFillServer[]::new);
    }

    /** Puts a whole line onto the wire; returns when its last segment is sent. */
    private long send(int line, long startNs) {
        int loss = random.nextInt(20);
        long timeNs = startNs;
        for (int sequence = 2; sequence <= MESSAGES;) {
            int to = Math.min(MESSAGES + 1, sequence + 1 + random.nextInt(8));
            byte[] segment = segment(sequence, to);
            sequence = to;
            timeNs += random.nextInt(400_000);
            int chance = random.nextInt(100);
            for (int copies = chance < loss ? 0 : chance > 97 ? 2 : 1; copies > 0; copies--) {
                long delayNs = random.nextInt(10) == 0 ? random.nextInt(8_000_000) : 0;
                wire.add(new Datagram(timeNs + delayNs, order++, line, segment));
            }
            if (random.nextInt(20) == 0) {
                wire.add(new Datagram(timeNs, order++, line, damaged(segment)));
            }
            if (random.nextInt(20) == 0) {
                long ahead = 5_000L * ++damagedCount;
                wire.add(new Datagram(timeNs, order++, line, SegmentBytes.of(1,
                    IexTpRig.SESSION, sequence + ahead, offsets[sequence] + 8 * ahead, "z")));
            }
        }
        return timeNs;
    }

    /**
     * Bytes of the header are others, so many that no two segments are damaged alike and bear each
     * other out; but none that makes a neighbour of the number: nobody could tell that while
     * something is missing.
     */
    private byte[] damaged(byte[] segment) {
        byte[] damaged = segment.clone();
        for (int i = 0; i < 4; i++) {
            int place = 2 + random.nextInt(26);
            damaged[place < 16 ? place : place < 22 ? place + 2 : place + 4] ^=
                (byte) (1 + random.nextInt(255));
        }
        return damaged;
    }

    private byte[] segment(int from, int to) {
        String[] texts = new String[to - from];
        for (int i = from; i < to; i++) {
            texts[i - from] = text(i);
        }
        return SegmentBytes.of(1, IexTpRig.SESSION, from, offsets[from], texts);
    }

    private static String text(long sequence) {
        return sequence % 13 == 0 ? "" : "m".repeat(1 + (int) sequence % 7);
    }

    private void check(String name) {
        long before = 0;
        for (String delivered : rig.delivered) {
            int mark = delivered.indexOf('m');
            long sequence = Long.parseLong(delivered.substring(0, mark));
            assertTrue(sequence > before && sequence <= MESSAGES, name + ": " + delivered);
            assertEquals(text(sequence), delivered.substring(mark), name);
            before = sequence;
        }
        assertEquals(MESSAGES, rig.delivered.size() + rig.counters.emptyMessages()
            + rig.counters.missing(), name);
        assertEquals(MESSAGES + 1, rig.session.expectedSequence(), name);
    }

    /** Each hole is closed part by part, from its first message to its last. */
    private void checkHoles(String name) {
        ArrayDeque<long[]> open = new ArrayDeque<>();
        long missing = 0;
        for (EventView event : rig.log.events()) {
            if (event.templateId() != GapDecoder.TEMPLATE_ID) {
                continue;
            }
            GapDecoder gap = IexTpRig.decode(event);
            if (gap.state() == GapState.OPEN) {
                open.add(new long[] {gap.fromSequence(), gap.toSequence()});
                continue;
            }
            assertFalse(open.isEmpty(), name);
            assertEquals(open.peek()[0], gap.fromSequence(), name);
            missing += gap.state() == GapState.LOST ? gap.toSequence() - gap.fromSequence() : 0;
            open.peek()[0] = gap.toSequence();
            if (gap.toSequence() == open.peek()[1]) {
                open.poll();
            }
        }
        assertTrue(open.isEmpty(), name);
        assertEquals(rig.counters.missing(), missing, name);
    }
}
