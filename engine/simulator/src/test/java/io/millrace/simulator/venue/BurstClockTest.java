// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.simulator.OrderFlow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstClockTest {
    @Test
    void shouldSendThreeTimesTheRateForItsTimeAndThenGoOnEarlier() {
        BurstClock clock = new BurstClock(new BurstContext().at(100).rate(3, 10).conclude());
        List<Long> times = new ArrayList<>();
        for (long plannedNs : new long[]{1_000, 1_099, 1_100, 1_103, 1_129, 1_130, 1_140, 2_000}) {
            times.add(clock.sendTimeNs(plannedNs));
        }
        assertEquals(List.of(1_000L, 1_099L, 1_100L, 1_101L, 1_109L, 1_110L, 1_120L, 1_980L),
            times);
    }

    @Test
    void shouldRepeatBurstsAndNeverGoBack() {
        BurstClock clock =
            new BurstClock(new BurstContext().at(10).rate(10, 5).every(100).conclude());
        long previousNs = 0;
        for (long plannedNs = 0; plannedNs < 1_000; plannedNs++) {
            long sendNs = clock.sendTimeNs(plannedNs);
            assertTrue(sendNs >= previousNs, "at " + plannedNs);
            previousNs = sendNs;
        }
        assertEquals(999 - 10 * 9 * 5, previousNs);
    }

    @Test
    void shouldSendSoManyDatagramsBackToBack() {
        VenueContext context = new VenueContext().flow(VenueRun.day()).pacing(new PacingContext()
            .burst(new BurstContext().at(100 * VenueRun.MS).backToBack(200)));
        VenueDay day = VenueDay.twin(context, () -> Long.MAX_VALUE);
        long previousNs = -1;
        int together = 0;
        int longest = 0;
        long messages = 0;
        while (day.next()) {
            long timeNs = day.datagrams().timeNs();
            assertTrue(timeNs >= previousNs, "time does not run backwards");
            together = timeNs == previousNs ? together + 1 : 1;
            longest = Math.max(longest, together);
            previousNs = timeNs;
            messages += day.datagrams().messages();
        }
        assertTrue(longest >= 199 && longest <= 202, "together " + longest);
        assertEquals(new OrderFlow(VenueRun.day()).messages(), messages);
    }
}
