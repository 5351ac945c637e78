// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.SampleKind;
import io.millrace.codec.event.SystemSampleDecoder;
import io.millrace.counter.Counters;
import io.millrace.counter.EngineClock;
import io.millrace.event.CommandQueue;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LIMIT_NS = 10_000_000L;

    @TempDir
    private Path root;
    private long monotonicNs = 1_000;
    private long offsetNs = 50 * SECOND_NS;
    private final EngineClock clock =
        new EngineClock(() -> monotonicNs + offsetNs, () -> monotonicNs);
    private final CommandQueue commands = new CommandQueue(1 << 12);
    private final Counters counters = Counters.inMemory();
    private final ClockWatch watch = new ClockWatch(clock, commands, LIMIT_NS, 1_000,
        new ClockSync(Path.of("nowhere")), counters);
    private final EventRing ring = new EventRing(64);
    private final EventPublisher publisher = new EventPublisher(ring, () -> { }, null, 1);
    private final List<String> events = new ArrayList<>();

    @Test
    void shouldTakeASmallDifferenceForACorrection() {
        second();
        offsetNs += LIMIT_NS - 1;
        second();
        assertEquals(List.of("clock", "clock"), events);
        assertEquals(monotonicNs + offsetNs, clock.nanoTime());
    }

    @Test
    void shouldTellAStepForwardsAndMarkWhatComesUntilItIsOver() {
        second();
        offsetNs += 5 * SECOND_NS;
        second();
        second();
        assertEquals(List.of("clock", "step 5000000000 BAD_TIME", "clock BAD_TIME",
            "step 0", "clock"), events);
        assertEquals(1, counters.value("clock.steps"));
        assertEquals(5 * SECOND_NS, counters.value("clock.last-step-ns"));
        assertEquals(monotonicNs + offsetNs, clock.nanoTime());
    }

    @Test
    void shouldMarkEventsAfterAStepBackUntilTheWallClockIsThere() {
        second();
        offsetNs -= 2 * SECOND_NS;
        long last = 0;
        for (int i = 0; i < 7; i++) {
            second();
            assertTrue(publisher.receiveTimeNs() > last);
            last = publisher.receiveTimeNs();
        }
        assertEquals(List.of("clock", "step -2000000000 BAD_TIME", "clock BAD_TIME",
            "clock BAD_TIME", "clock BAD_TIME", "clock BAD_TIME", "step 0", "clock", "clock",
            "clock"), events);
    }

    @Test
    void shouldSayWhoKeepsTheClockOnlyWhereAFileTells() throws IOException {
        ClockSync sync = new ClockSync(root);
        assertEquals(ClockSync.UNREADABLE, sync.keeper());
        assertEquals(ClockSync.UNREADABLE, sync.source());
        Files.createDirectories(root.resolve("sys/class/ptp/ptp0"));
        assertEquals("ptp0", sync.keeper());
        Files.createDirectories(root.resolve("run/systemd/timesync"));
        Files.createFile(root.resolve("run/systemd/timesync/mark"));
        assertEquals("timesyncd", sync.keeper());
    }

    private void second() {
        monotonicNs += SECOND_NS;
        watch.onSecond();
        long first = publisher.claimed() + 1;
        commands.drainTo(publisher);
        watch.onTick();
        publisher.receiveTimeNs(clock.nanoTime());
        int offset = publisher.claim(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH);
        publisher.common(offset, 0, 0, 0, 0, EventFlag.LAST, 0);
        publisher.commit();
        for (long slot = first; slot <= publisher.claimed(); slot++) {
            events.add(text(new EventView().wrap(ring.buffer(), ring.blockOffset(slot))));
        }
    }

    private static String text(EventView event) {
        SystemSampleDecoder sample = new SystemSampleDecoder();
        String name = "clock";
        if (event.templateId() == SystemSampleDecoder.TEMPLATE_ID) {
            sample.wrap(event.buffer(), event.offset(), event.blockLength(),
                SystemSampleDecoder.SCHEMA_VERSION);
            name = sample.kind() == SampleKind.CLOCK_STEP ? "step " + sample.value()
                : sample.subject().trim() + ' ' + sample.value();
        }
        return name + ((event.flags() & EventFlag.BAD_TIME) == 0 ? "" : " BAD_TIME");
    }
}
