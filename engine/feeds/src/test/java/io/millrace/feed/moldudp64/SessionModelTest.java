// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

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
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random loss, repetition, delay, damaged numbers and packet boundaries on two lines, servers that
 * answer, answer in part, late or not at all, and small holds: whatever happens, each message is
 * delivered once and in order or declared lost, and every hole is closed once.
 */
class SessionModelTest {
    private static final int ROUNDS = Boolean.getBoolean("millrace.full") ? 2_000 : 60;
    private static final int MESSAGES = 1_500;

    private final PriorityQueue<Datagram> wire = new PriorityQueue<>();
    private Random random;
    private SessionRig rig;
    private long order;
    private int damagedCount;

    private record Datagram(long timeNs, long order, int line, byte[] packet)
        implements Comparable<Datagram> {
        @Override
        public int compareTo(Datagram other) {
            int byTime = Long.compare(timeNs, other.timeNs);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Long.MAX_VALUE - MESSAGES / 2, -MESSAGES - 5})
    void shouldDeliverOrDeclareEachMessageOnce(long first) {
        for (int round = 0; round < ROUNDS; round++) {
            random = new Random(round);
            play(first, "round " + round);
        }
    }

    private void play(long first, String name) {
        order = 0;
        damagedCount = 0;
        wire.clear();
        rig = new SessionRig(SessionStart.FIRST_PACKET, context(), servers(first));
        rig.data(1, first, text(first));
        long sentNs = rig.nowNs;
        sentNs = Math.max(send(1, first + 1, first + MESSAGES, sentNs),
            send(2, first + 1, first + MESSAGES, sentNs));
        for (int i = 1; i < 5; i++) {
            wire.add(new Datagram(sentNs + i * 50 * SessionRig.MS, order++, 1 + i % 2,
                SessionRig.packet("S", first + MESSAGES)));
        }
        while (!wire.isEmpty()) {
            Datagram next = wire.poll();
            rig.pass(Math.max(0, next.timeNs - rig.nowNs));
            rig.send(next.line, next.packet);
        }
        rig.pass(2_000 * SessionRig.MS);
        assertFalse(rig.session.isWaiting(), name);
        check(first, name);
    }

    private RecoveryContext context() {
        return SessionRig.context().reorderWindowPackets(1 + random.nextInt(50))
            .requestMessages(1 + random.nextInt(40)).requestsInFlight(1 + random.nextInt(8))
            .holdPackets(random.nextBoolean() ? 5 + random.nextInt(20) : 4_000);
    }

    private ScriptedServer[] servers(long first) {
        List<ScriptedServer> servers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            ScriptedServer server = new ScriptedServer(() -> rig.nowNs);
            BitSet kept = new BitSet();
            for (int j = 0; j <= MESSAGES; j++) {
                kept.set(j, j < MESSAGES && random.nextInt(10) > 0);
            }
            if (random.nextInt(4) > 0) {
                server.keeps(random.nextInt(5) > 0 ? "S" : "T", sequence ->
                    kept.get((int) (sequence - first)) ? text(sequence) : null);
            }
            servers.add(server.atMost(1 + random.nextInt(20))
                .after(random.nextInt(20) * SessionRig.MS));
        }
        return servers.toArray(ScriptedServer[]::new);
    }

    /** Puts a whole line onto the wire; returns when its last packet is sent. */
    private long send(int line, long from, long to, long startNs) {
        int loss = random.nextInt(20);
        long timeNs = startNs;
        ArrayDeque<String> texts = new ArrayDeque<>();
        for (long sequence = from; sequence != to;) {
            texts.clear();
            long packetFirst = sequence;
            for (int i = random.nextInt(8); i >= 0 && sequence != to; i--) {
                texts.add(text(sequence++));
            }
            timeNs += random.nextInt(400_000);
            byte[] packet = SessionRig.packet("S", packetFirst, texts.toArray(String[]::new));
            for (int copies = copies(loss); copies > 0; copies--) {
                long delayNs = random.nextInt(10) == 0 ? random.nextInt(8_000_000) : 0;
                wire.add(new Datagram(timeNs + delayNs, order++, line, packet));
            }
            if (random.nextInt(20) == 0) {
                long ahead = 5_000L * ++damagedCount;
                wire.add(new Datagram(timeNs, order++, line, SessionRig.packet("S",
                    packetFirst + ahead, texts.toArray(String[]::new))));
            }
        }
        return timeNs;
    }

    private int copies(int lossPercent) {
        int chance = random.nextInt(100);
        return chance < lossPercent ? 0 : chance > 97 ? 2 : 1;
    }

    private static String text(long sequence) {
        return sequence % 13 == 0 ? "" : "m" + sequence % 7;
    }

    private void check(long first, String name) {
        BitSet closed = new BitSet();
        int empty = 0;
        for (int i = 0; i < MESSAGES; i++) {
            empty += text(first + i).isEmpty() ? 1 : 0;
        }
        long before = 0;
        for (String delivered : rig.delivered) {
            int mark = delivered.indexOf('m');
            long place = Long.parseUnsignedLong(delivered.substring(0, mark)) - first;
            assertTrue(place >= before && place < MESSAGES, name + ": " + delivered);
            assertEquals(text(first + place), delivered.substring(mark), name);
            closed.set((int) place);
            before = place + 1;
        }
        assertEquals(rig.delivered.size(), closed.cardinality(), name);
        assertEquals(MESSAGES, rig.delivered.size() + rig.counters.emptyMessages()
            + rig.counters.missing(), name);
        assertTrue(rig.counters.emptyMessages() <= empty, name);
        checkHoles(name);
    }

    /** Each hole is closed part by part, from its first message to its last. */
    private void checkHoles(String name) {
        ArrayDeque<long[]> open = new ArrayDeque<>();
        long missing = 0;
        long opened = 0;
        for (EventView event : rig.log.events()) {
            if (event.templateId() != GapDecoder.TEMPLATE_ID) {
                continue;
            }
            GapDecoder gap = SessionRig.decode(event);
            if (gap.state() == GapState.OPEN) {
                open.add(new long[] {gap.fromSequence(), gap.toSequence()});
                opened++;
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
        assertEquals(List.of(opened, missing), List.of(rig.session.recovery().opened(),
            rig.counters.missing()), name);
    }
}
