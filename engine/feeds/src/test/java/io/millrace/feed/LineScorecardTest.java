// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineScorecardTest {
    private final LineScorecard card = new LineScorecard();
    private final LineCounters a = card.line(1);
    private final LineCounters b = card.line(2);

    @Test
    void shouldTellWhoWasFirstAndByHowMuch() {
        card.onPacket(1, 1, 10, 1_000, 10);
        card.onPacket(2, 1, 10, 1_300, 0);
        card.onPacket(2, 11, 5, 2_000, 5);
        card.onPacket(1, 11, 5, 2_050, 0);
        card.onPacket(1, 16, 1, 3_000, 1);
        card.onPacket(2, 16, 1, 3_900, 0);
        assertEquals(List.of(3L, 16L, 11L, 2L, 1_200L, 900L), List.of(a.packets(), a.messages(),
            a.won(), a.leadCount(), a.leadNs(), a.longestLeadNs()));
        assertEquals(List.of(3L, 16L, 5L, 1L, 50L, 50L), List.of(b.packets(), b.messages(),
            b.won(), b.leadCount(), b.leadNs(), b.longestLeadNs()));
        assertEquals(List.of(512L, 900L, 50L), List.of(a.leadNsAt(0.2), a.leadNsAt(0.99),
            b.leadNsAt(0.5)));
        assertEquals(List.of(1L, 1L), List.of(a.leads(8), a.leads(9)));
    }

    @Test
    void shouldNotTakeARepetitionOnTheSameLineForALead() {
        card.onPacket(1, 1, 1, 1_000, 1);
        card.onPacket(1, 1, 1, 1_100, 0);
        card.onPacket(2, 1, 1, 1_200, 0);
        assertEquals(List.of(1L, 0L), List.of(a.repeated(), a.leadCount() + b.leadCount()));
    }

    @Test
    void shouldCountWhatIsLostUntilItComesLate() {
        card.onPacket(1, 5, 2, 1, 2);
        card.onPacket(1, 10, 1, 2, 1);
        assertEquals(3, a.lost());
        card.onPacket(1, 8, 1, 3, 1);
        assertEquals(List.of(2L, 1L, 2L), List.of(a.lost(), a.late(), a.reorderDepth()));
        card.onPacket(1, 8, 1, 4, 0);
        assertEquals(List.of(2L, 1L), List.of(a.lost(), a.repeated()));
        card.onPacket(1, 20, 0, 5, 0);
        assertEquals(11, a.lost());
        assertEquals(0, b.lost());
    }

    @Test
    void shouldBeginAnewWithAnotherSession() {
        card.onPacket(1, 5, 2, 1, 2);
        card.onSessionChanged();
        card.onPacket(1, 1, 1, 2, 1);
        card.onPacket(2, 1, 1, 7, 0);
        assertEquals(List.of(0L, 0L, 0L, 1L), List.of(a.lost(), a.late(), a.repeated(),
            a.leadCount()));
    }

    @Test
    void shouldShowTheLinesToOtherThreads() {
        card.onPacket(1, 1, 10, 1_000, 10);
        card.onPacket(2, 1, 10, 1_300, 0);
        card.onPacket(2, 12, 1, 1_400, 1);
        assertEquals(0, a.shownPackets());
        card.show();
        assertEquals(List.of(1L, 10L, 10L, 1L, 300L, 0L), List.of(a.shownPackets(),
            a.shownMessages(), a.shownWon(), a.shownLeadCount(), a.shownLeadNs(), a.shownLost()));
        assertEquals(List.of(1L, 0L, 0L, 0L), List.of(b.shownLost(), b.shownLate(),
            b.shownRepeated(), b.shownReorderDepth()));
    }

    @Test
    void shouldKnowExactlyWhatALineLostRepeatedAndDelayed() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            LineWindow window = new LineWindow();
            long start = random.nextBoolean() ? 1 : Long.MAX_VALUE - 50_000;
            Set<Long> seen = new HashSet<>();
            long repeated = 0;
            long highest = start;
            for (long[] packet : packets(start, random)) {
                window.add(packet[0], (int) packet[1]);
                for (long i = packet[0]; i != packet[0] + packet[1]; i++) {
                    repeated += seen.add(i) ? 0 : 1;
                }
                highest = Math.max(highest - start, packet[0] + packet[1] - start) + start;
            }
            assertEquals(repeated, window.repeated());
            assertEquals(highest - start - seen.size(), window.lost());
        }
    }

    private static List<long[]> packets(long start, Random random) {
        List<long[]> packets = new ArrayList<>();
        packets.add(new long[] {start, 1});
        long next = start + 1;
        for (int i = 0; i < 2_000; i++) {
            int count = random.nextInt(100);
            int chance = random.nextInt(100);
            if (chance > 2) {
                packets.add(chance < 20 ? Math.max(1, packets.size() - random.nextInt(20))
                    : packets.size(), new long[] {next, count});
            }
            if (chance > 95) {
                packets.add(packets.get(Math.max(1, packets.size() - 1 - random.nextInt(50))));
            }
            next += count;
        }
        return packets;
    }
}
