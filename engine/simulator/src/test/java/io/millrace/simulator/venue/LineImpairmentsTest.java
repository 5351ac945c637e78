// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static io.millrace.simulator.venue.VenueAgentTest.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.LineCount;
import io.millrace.simulator.wire.LineTruth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes out over loopback is the flow minus what each line says that it did. */
class LineImpairmentsTest {
    private final List<byte[]> flow = VenueRun.flow();

    @Test
    void shouldSendTheFlowMinusWhatEachLineSaysItLost() throws IOException {
        ImpairmentContext lossy = new ImpairmentContext().seed(11).lossPpm(100_000)
            .duplicatePpm(50_000).reordering(50_000, 5);
        ImpairmentContext silent = new ImpairmentContext().seed(12).burstLoss(5_000, 20)
            .silence(100 * VenueRun.MS, 50 * VenueRun.MS);
        try (VenueRun run = new VenueRun(lossy, silent).start().toEnd()) {
            checkLine(run, 0);
            checkLine(run, 1);
            LineTruth first = run.agent.line(0);
            LineTruth second = run.agent.line(1);
            assertTrue(first.of(LineCount.LOST) > flow.size() / 20, first.toString());
            assertTrue(first.of(LineCount.DUPLICATED) > flow.size() / 40, first.toString());
            assertTrue(first.of(LineCount.REORDERED) > flow.size() / 40, first.toString());
            assertTrue(second.of(LineCount.BURST_LOST) > 20, second.toString());
            assertTrue(second.of(LineCount.SILENCED) > 20, second.toString());
        }
    }

    @Test
    void shouldChangeOnlyAsManyDatagramsAndBytesAsItSays() throws IOException {
        ImpairmentContext context = new ImpairmentContext().corruption(100_000, 3, 20);
        try (VenueRun run = new VenueRun(context).start().toEnd()) {
            List<byte[]> data = run.received.get(0).subList(1, 1 + flow.size());
            int changed = 0;
            for (int i = 0; i < flow.size(); i++) {
                byte[] expected = flow.get(i);
                int bytes = 0;
                for (int k = 0; k < expected.length; k++) {
                    boolean differs = expected[k] != data.get(i)[k];
                    assertTrue(!differs || k < 20, "only the first 20 bytes");
                    bytes += differs ? 1 : 0;
                }
                assertTrue(bytes == 0 || bytes == 3, bytes + " bytes");
                changed += bytes == 0 ? 0 : 1;
            }
            assertEquals(run.agent.line(0).of(LineCount.CORRUPTED), changed);
            assertTrue(changed > flow.size() / 20, "changed " + changed);
        }
    }

    @Test
    void shouldLetNoMoreThanTheDepthOvertake() throws IOException {
        ImpairmentContext context = new ImpairmentContext().reordering(200_000, 4);
        try (VenueRun run = new VenueRun(context).start().toEnd()) {
            List<byte[]> data = run.data(0);
            assertEquals(flow.size(), data.size());
            int overtaken = 0;
            for (int i = 0; i < data.size(); i++) {
                int before = 0;
                for (int k = Math.max(0, i - 20); k < i; k++) {
                    before += VenueRun.sequence(data.get(k)) > VenueRun.sequence(data.get(i))
                        ? 1 : 0;
                }
                assertTrue(before <= 4, before + " overtook");
                overtaken += before > 0 ? 1 : 0;
            }
            assertTrue(overtaken > flow.size() / 10, "overtaken " + overtaken);
            assertTrue(overtaken <= run.agent.line(0).of(LineCount.REORDERED), "" + overtaken);
        }
    }

    @Test
    void shouldLoseExactlyWhatIsPlannedForTheSilence() throws IOException {
        ImpairmentContext context =
            new ImpairmentContext().silence(100 * VenueRun.MS, 50 * VenueRun.MS);
        try (VenueRun run = new VenueRun(context, new ImpairmentContext()).start().toEnd()) {
            List<byte[]> left = run.data(0);
            long firstMissing = 0;
            long lastMissing = 0;
            Set<Long> heard = new HashSet<>(left.stream().map(VenueRun::sequence).toList());
            int missing = 0;
            for (byte[] datagram : run.data(1)) {
                if (!heard.contains(VenueRun.sequence(datagram))) {
                    firstMissing = firstMissing == 0 ? VenueRun.sequence(datagram) : firstMissing;
                    lastMissing = VenueRun.sequence(datagram);
                    missing++;
                }
            }
            assertEquals(run.agent.line(0).of(LineCount.SILENCED), missing);
            for (long sequence : heard) {
                assertTrue(sequence < firstMissing || sequence > lastMissing, "one silence");
            }
            assertEquals(0, run.agent.line(1).dropped());
        }
    }

    @Test
    void shouldGiveByteIdenticalLinesForTheSameSeedOnly() throws IOException {
        List<List<byte[]>> first = rough(5);
        List<List<byte[]>> second = rough(5);
        List<List<byte[]>> other = rough(6);
        for (int line = 0; line < 2; line++) {
            assertSame(first.get(line), second.get(line));
            assertNotEquals(first.get(line).size(), other.get(line).size());
        }
    }

    private static List<List<byte[]>> rough(long seed) throws IOException {
        ImpairmentContext one = all().seed(seed);
        ImpairmentContext two = all().seed(seed + 100);
        try (VenueRun run = new VenueRun(one, two)) {
            run.pacing.restartAtNs(200 * VenueRun.MS)
                .burst(new BurstContext().at(50 * VenueRun.MS).rate(10, 5 * VenueRun.MS))
                .burst(new BurstContext().at(150 * VenueRun.MS).backToBack(200));
            run.start().toEnd();
            assertTrue(run.agent.line(0).isBalanced());
            return List.copyOf(run.received);
        }
    }

    private static ImpairmentContext all() {
        return new ImpairmentContext().lossPpm(20_000).burstLoss(2_000, 10).duplicatePpm(20_000)
            .reordering(20_000, 7).corruption(20_000, 2, 1_400)
            .silence(300 * VenueRun.MS, 20 * VenueRun.MS);
    }

    private void checkLine(VenueRun run, int line) {
        Map<Long, Integer> copies = new HashMap<>();
        List<byte[]> data = run.data(line);
        data.forEach(datagram -> copies.merge(VenueRun.sequence(datagram), 1, Integer::sum));
        List<Long> lost = new ArrayList<>();
        long lostMessages = 0;
        Map<Long, byte[]> bySequence = new HashMap<>();
        for (byte[] datagram : flow) {
            bySequence.put(VenueRun.sequence(datagram), datagram);
            if (!copies.containsKey(VenueRun.sequence(datagram))) {
                lost.add(VenueRun.sequence(datagram));
                lostMessages += VenueRun.count(datagram);
            }
        }
        data.forEach(datagram ->
            assertArrayEquals(bySequence.get(VenueRun.sequence(datagram)), datagram));
        LineTruth truth = run.agent.line(line);
        assertEquals(flow.size(), truth.of(LineCount.OFFERED));
        assertEquals(truth.dropped(), lost.size());
        assertEquals(truth.of(LineCount.MESSAGES_LOST), lostMessages);
        assertEquals(truth.of(LineCount.DUPLICATED),
            copies.values().stream().filter(count -> count == 2).count());
        assertEquals(truth.of(LineCount.WRITTEN), run.received.get(line).size());
        assertTrue(truth.isBalanced(), truth.toString());
    }
}
