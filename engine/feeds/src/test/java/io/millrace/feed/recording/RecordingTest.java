// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.feed.itch50.WireMessages;
import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final long PLENTY = Long.MAX_VALUE;

    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    @TempDir
    private Path folder;

    @Test
    void shouldMakeTheSameEventsAgainWithHolesHealedByLineByRequestAndLost() throws IOException {
        RecordedRun run = run();
        flow(run, 600, new Random(1));
        run.heartbeat();
        run.workUntilWhole();
        run.sequence += 3;
        run.message(WireMessages.orderDelete(9), true, false);
        run.heartbeat();
        run.workUntilWhole();
        run.close();

        RecordedRun.Imported again = RecordedRun.imported(file());
        assertEquals(RecordedRun.text(run.log.events()), again.events());
        assertEquals(new RecordingCounts(0, 0, 0), again.counts());
        assertEquals(run.counters.toString(), again.counters().toString());
        assertTrue(run.session.recovery().healedByLine() > 0, run.session.recovery().toString());
        assertTrue(run.session.recovery().healedByRequest() > 0,
            run.session.recovery().toString());
        assertEquals(3, run.counters.missing());
        assertEquals(List.of(), run.errors);
    }

    @Test
    void shouldKeepTheLinesApartAndReadableByAnybody() throws IOException {
        RecordedRun run = run();
        run.message(WireMessages.stockDirectory(100), true, true);
        run.message(WireMessages.orderDelete(1), true, false);
        run.message(WireMessages.orderDelete(2), false, true);
        run.workUntilWhole();
        run.close();

        TreeMap<String, Integer> byInterface = new TreeMap<>();
        List<Long> times = new ArrayList<>();
        try (CaptureFile capture = CaptureFile.open(file())) {
            while (capture.next()) {
                byInterface.merge(capture.interfaceName() + ' ' + capture.destinationAddress(), 1,
                    Integer::sum);
                times.add(capture.timeNs());
            }
            assertFalse(capture.isCut());
            assertEquals(List.of("chain-time", "SIMA.3.A", "SIMA.3.B", "SIMA.3.request-1", ""),
                List.of(capture.interfaceName(0), capture.interfaceName(1),
                capture.interfaceName(2), capture.interfaceName(3), capture.interfaceName(4)));
        }
        assertEquals("{SIMA.3.A 4026484747=2, SIMA.3.B 4026484748=2}", byInterface.toString());
        assertEquals(times.stream().sorted().toList(), times);
        assertEquals("a: 1", RecordingHead.of(file()).configuration());
    }

    @Test
    void shouldGoOnInTheFileOfTheSameDayAndImportBothRunsAsOne() throws IOException {
        RecordedRun first = run();
        flow(first, 50, new Random(2));
        first.workUntilWhole();
        first.close();
        long length = Files.size(file());
        try (RecordedRun second = run()) {
            second.sequence = first.sequence;
            second.message(WireMessages.orderDelete(77), true, true);
            for (int i = 0; i < 100_000 && second.counters.packets() < 2; i++) {
                second.work();
            }
        }

        assertTrue(Files.size(file()) > length);
        RecordedRun.Imported both = RecordedRun.imported(file());
        assertEquals(51, both.counters().messages());
        assertEquals(0, both.counters().gaps());
    }

    @Test
    void shouldCountWhatAFullQueueLosesAndTellItInTheFile() throws IOException {
        RecordedRun run = new RecordedRun(new RecordingContext().directory(folder).queueMb(1),
            clock, () -> PLENTY);
        byte[] message = WireMessages.orderDelete(1);
        run.message(WireMessages.stockDirectory(100), true, false);
        for (int i = 0; i < 40_000; i++) {
            run.message(message, true, false);
            if (i % 8 == 0) {
                run.work();
            }
        }
        run.workUntilWhole();
        long lost = run.recorder.lost();
        run.message(message, true, false);
        run.workUntilWhole();
        run.close();

        assertTrue(lost > 0);
        assertEquals(40_002, run.counters.messages());
        assertEquals(0, run.counters.missing());
        assertEquals(lost, RecordedRun.imported(file()).counts().lost());
    }

    @Test
    void shouldPauseWhileTheDiskIsFullAndTellWhatWasLost() throws IOException {
        long[] free = {PLENTY};
        long[] timeNs = {1_772_805_600_000_000_000L};
        RecordedRun run = new RecordedRun(new RecordingContext().directory(folder)
            .minimumFreeMb(1), () -> timeNs[0], () -> free[0]);
        send(run, timeNs, 10);
        free[0] = 1 << 20;
        send(run, timeNs, 20);
        long lost = run.recorder.lost();
        timeNs[0] += 500_000_000;
        free[0] = PLENTY;
        send(run, timeNs, 1);
        long lostBeforeRetry = run.recorder.lost();
        timeNs[0] += 600_000_000;
        send(run, timeNs, 10);
        run.close();

        assertTrue(lost >= 20, lost + " lost");
        assertTrue(lostBeforeRetry > lost, "it is tried once a second only");
        assertEquals(41, run.counters.messages());
        assertEquals(1, run.errors.size());
        assertTrue(run.errors.get(0).getMessage().contains("less than 1 MB free"),
            run.errors.toString());
        RecordedRun.Imported again = RecordedRun.imported(file());
        assertEquals(run.recorder.lost(), again.counts().lost());
        assertEquals(21, again.counters().missing());
        assertEquals(20, again.counters().messages());
    }

    @Test
    void shouldRefuseToStartOnAFullDisk() {
        assertTrue(assertThrows(IOException.class, () -> new RecordedRun(new RecordingContext()
            .directory(folder).minimumFreeMb(1), clock, () -> 0)).getMessage()
            .contains("less than 1 MB free"));
    }

    @Test
    void shouldReadACutFileUpToItsLastWholeBlockAndGoOnBehindIt() throws IOException {
        RecordedRun run = run();
        flow(run, 20, new Random(3));
        run.workUntilWhole();
        run.close();
        byte[] whole = Files.readAllBytes(file());
        List<Integer> ends = ends(whole);
        int last = ends.size() - 1;
        for (int cut = ends.get(last - 2); cut < whole.length; cut++) {
            int end = cut;
            int wholeBlocks = (int) ends.stream().filter(bound -> bound <= end).count();
            Files.write(file(), Arrays.copyOf(whole, cut));
            boolean isAtBound = ends.contains(cut);
            assertEquals(isAtBound ? 0 : 1, RecordedRun.imported(file()).problems().size());
            Recorder after = new Recorder(new RecordingContext().directory(folder)
                .date(RecordedRun.DATE), clock, error -> { }, () -> PLENTY);
            after.onClose();
            assertEquals(cut - ends.get(wholeBlocks - 1), after.cutLength());
            assertEquals(List.of(), RecordedRun.imported(file()).problems());
        }
    }

    @Test
    void shouldLeaveAFileAloneThatIsNoRecording() throws IOException {
        Files.write(file(), new byte[100]);
        assertTrue(assertThrows(IOException.class, this::run).getMessage()
            .contains("is no recording"));
        assertEquals(100, Files.size(file()));
    }

    @Test
    void shouldAllocateNothingOnTheIngressThreadFullQueueOrNot() {
        RecordingQueue queue = new RecordingQueue(new RecordingContext().queueMb(1)
            .lines(List.of(RecordedSource.line("X.1", 1, "", null))).conclude());
        UnsafeBuffer packet = new UnsafeBuffer(new byte[1_000]);
        fill(queue, packet, 2_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        fill(queue, packet, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(queue.lost() > 20_000);
        assertTrue(allocated < 2_000, allocated + " bytes");
    }

    @Test
    void shouldNameTheRangeOfAnOption() {
        assertEquals("recorder.queue-mb 3 is not a power of two within 1 to 1024",
            assertThrows(IllegalArgumentException.class,
            () -> new RecordingContext().queueMb(3).conclude()).getMessage());
        assertEquals("recorder.minimum-free-mb -1 is not within 0 to 1048576",
            assertThrows(IllegalArgumentException.class,
            () -> new RecordingContext().minimumFreeMb(-1).conclude()).getMessage());
        assertEquals("the configuration of 65533 bytes is longer than the 65532 that a recording"
            + " can hold", assertThrows(IllegalArgumentException.class,
            () -> new RecordingContext().configuration("x".repeat(65_533)).conclude())
            .getMessage());
    }

    @Test
    void shouldRefuseAnswersThatNothingTakesBeyondWhatItKeeps() {
        RecordedAnswers answers = new RecordedAnswers();
        UnsafeBuffer answer = new UnsafeBuffer(new byte[4]);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < RecordedAnswers.LIMIT; i++) {
            answer.putInt(0, i);
            assertTrue(answers.add(answer, 0, 4, i));
        }
        assertFalse(answers.add(answer, 0, 4, 0));
        while (answers.poll((buffer, offset, length, timeNs) ->
            numbers.add(buffer.getInt(offset)), 1) > 0) {
            assertEquals(numbers.size() - 1, numbers.get(numbers.size() - 1));
        }
        assertEquals(RecordedAnswers.LIMIT, numbers.size());
    }

    private RecordedRun run() throws IOException {
        return new RecordedRun(new RecordingContext().directory(folder), clock, () -> PLENTY);
    }

    private Path file() {
        return folder.resolve("2026-03-06.pcapng");
    }

    /** Messages of which each line loses one in ten, both lines together one in a hundred. */
    private static void flow(RecordedRun run, int count, Random random) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] message = i == 0 ? WireMessages.stockDirectory(100)
                : WireMessages.orderDelete(i);
            run.server.keep(message);
            run.message(message, random.nextInt(10) > 0, random.nextInt(10) > 0);
            if (i % 5 == 0) {
                run.work();
                run.server.poll();
            }
        }
    }

    private static void send(RecordedRun run, long[] timeNs, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            timeNs[0]++;
            run.message(WireMessages.stockDirectory(100), true, false);
            run.workUntilWhole();
            for (int turn = 0; turn < 4; turn++) {
                run.recorder.doWork();
            }
        }
    }

    private static void fill(RecordingQueue queue, UnsafeBuffer packet, int count) {
        for (int i = 0; i < count; i++) {
            queue.onPacket(0, packet, 0, packet.capacity(), i);
            queue.onTime(0, i);
        }
    }

    private static List<Integer> ends(byte[] file) {
        List<Integer> ends = new ArrayList<>();
        UnsafeBuffer blocks = new UnsafeBuffer(file);
        for (int at = 0; at < file.length;) {
            at += blocks.getInt(at + Integer.BYTES);
            ends.add(at);
        }
        return ends;
    }
}
