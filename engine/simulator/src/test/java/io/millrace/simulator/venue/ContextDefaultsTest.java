// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.LineContext;
import io.millrace.simulator.wire.StreamContext;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ContextDefaultsTest {
    @Test
    void shouldHaveTheseDefaultsOfAVenue() {
        VenueContext venue = new VenueContext().line(new LineContext()).conclude();
        assertEquals(List.of("SIMA", "SIMULATED", VenueProtocol.ITCH50, 1, 1 << 20,
                LocalDate.of(2026, 1, 5), true, true, true),
            List.of(venue.mic(), venue.session(), venue.protocol(), venue.lines().size(),
                venue.storeMessages(), venue.date(), venue.requests() == null,
                venue.stream() == null, venue.glimpse() == null));
    }

    @Test
    void shouldHaveTheseDefaultsOfPacing() {
        PacingContext pacing = new PacingContext().conclude();
        assertEquals(List.of(200_000_000L, 1_000_000_000L, 50_000_000L, 20, -1L, 0L, 0L, List.of()),
            List.of(pacing.startDelayNs(), pacing.heartbeatIntervalNs(), pacing.endIntervalNs(),
                pacing.endCount(), pacing.restartAtNs(), pacing.clockStepAtNs(),
                pacing.clockStepNs(), pacing.bursts()));
        BurstContext burst = new BurstContext().conclude();
        assertEquals(List.of(0L, 0L, 1, 0L, 0), List.of(burst.atNs(), burst.everyNs(),
            burst.factor(), burst.forNs(), burst.datagrams()));
    }

    @Test
    void shouldHaveTheseDefaultsOfALine() {
        LineContext line = new LineContext().conclude();
        assertEquals(List.of("239.255.26.4", 26_400, "127.0.0.1"),
            List.of(line.group().getHostAddress(), line.port(),
                line.interfaceAddress().getHostAddress()));
        ImpairmentContext rough = line.impairments();
        assertEquals(List.of(1L, 0, 0, 10, 0, 0, 3, 0, 1, 1_400, 0L, 0L),
            List.of(rough.seed(), rough.lossPpm(), rough.burstPpm(), rough.burstLength(),
                rough.duplicatePpm(), rough.reorderPpm(), rough.reorderDepth(),
                rough.corruptPpm(), rough.corruptBytes(), rough.corruptWithin(),
                rough.silenceAtNs(), rough.silenceForNs()));
    }

    @Test
    void shouldHaveTheseDefaultsOfServers() {
        RequestContext requests = new RequestContext().conclude();
        assertEquals(List.of("127.0.0.1", 0, 1_400, 65_534, 0, true),
            List.of(requests.interfaceAddress().getHostAddress(), requests.port(),
                requests.maxReplyLength(), requests.maxMessages(), requests.requestsPerSecond(),
                requests.isAnswering()));
        StreamContext stream = new StreamContext().conclude();
        assertEquals(List.of("127.0.0.1", 0, "MILL", "RACE", 8, 65_536, 1_000_000_000L,
                15_000_000_000L, 0L),
            List.of(stream.interfaceAddress().getHostAddress(), stream.port(), stream.username(),
                stream.password(), stream.maxClients(), stream.bufferLengthBytes(),
                stream.heartbeatIntervalNs(), stream.clientTimeoutNs(),
                stream.cutAfterMessages()));
    }

    @Test
    void shouldNameOptionValueAndRangeOfWhatItRefuses() {
        assertRefused("simulator.reorder-depth 65 is not within 1 to 64",
            () -> new ImpairmentContext().reordering(1, 65).conclude());
        assertRefused("simulator.corrupt-bytes 0 is not within 1 to 16",
            () -> new ImpairmentContext().corruption(1, 0, 1).conclude());
        assertRefused("simulator.request-reply-bytes 127 is not within 128 to 1400",
            () -> new RequestContext().maxReplyLength(127).conclude());
        assertRefused("simulator.stream-username characters 7 is not within 1 to 6",
            () -> new StreamContext().login("SEVENTH", "x").conclude());
        assertRefused("simulator.burst-factor 0 is not within 1 to 100",
            () -> new BurstContext().rate(0, 1).conclude());
        assertRefused("simulator.clock-step-ns 3600000000001 is not within"
                + " -3600000000000 to 3600000000000",
            () -> new PacingContext().clockStep(0, 3_600_000_000_001L).conclude());
        assertRefused("simulator.mic characters 3 is not within 4 to 4",
            () -> new VenueContext().mic("SIM").line(new LineContext()).conclude());
    }

    private static void assertRefused(String message, Executable conclude) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, conclude).getMessage());
    }
}
