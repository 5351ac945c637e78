// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
    @Test
    void shouldRefuseABurstOfTwoKindsOrOfHalfAKind() {
        assertEquals(List.of("simulator.burst-datagrams: a burst of 200 datagrams has no rate and"
            + " no length; leave simulator.burst-factor at 1 and simulator.burst-for-ms at 0, or"
            + " this at 0"), problems(Map.of("simulator.burst-datagrams", "200",
            "simulator.burst-factor", "3", "simulator.burst-for-ms", "10")));
        assertEquals(List.of("simulator.burst-for-ms: 0 lets a burst of simulator.burst-factor 3"
            + " end as it begins; say how long it lasts"),
            problems(Map.of("simulator.burst-factor", "3")));
        assertEquals(List.of("simulator.burst-factor: 1 is no burst for the 10 of"
            + " simulator.burst-for-ms; say how many times the rate"),
            problems(Map.of("simulator.burst-for-ms", "10")));
        assertEquals(List.of("simulator.burst-every-ms: 20 is not more than simulator.burst-factor"
            + " times simulator.burst-for-ms, which is what a burst takes of the plan, 20"),
            problems(Map.of("simulator.burst-for-ms", "10", "simulator.burst-factor", "2",
                "simulator.burst-every-ms", "20")));
    }

    @Test
    void shouldRefuseInlineAsNobodyWouldDriveALiveEngine() {
        assertEquals(List.of("engine.threading: 'inline' leaves a live engine without a thread;"
            + " run takes one of auto, shared, dedicated"),
            problems(Map.of("engine.threading", "inline")));
    }

    @Test
    void shouldRefusePinsOfThreadsThatAreNotThere() {
        assertEquals(List.of("engine.cores: 'shared=1' pins shared, which no thread is called;"
            + " with engine.threading 'dedicated' they are ingress, chain, journal-in,"
            + " journal-out"),
            problems(Map.of("engine.threading", "dedicated", "engine.cores", "shared=1")));
        assertEquals(2, problems(Map.of("engine.threading", "shared", "engine.cores",
            "ingress=0,chain=1")).size());
        assertEquals(1, problems(Map.of("engine.threading", "dedicated", "engine.cores",
            "chain=0,journal-in=1", "journal.enabled", "false")).size());
    }

    @Test
    void shouldRefuseLinesOnWhichNothingCanBeHeard() {
        assertEquals(List.of("feed.port: 0 hears nothing of group 239.77.1.1; set the port that the"
            + " venue sends to, from 1 to 65535", "feed.port-b: 0 hears nothing of group 239.1.1.2;"
            + " set the port that the venue sends to, from 1 to 65535"),
            problems(Map.of("feed.source", "itch50", "feed.multicast-group-b", "239.1.1.2")));
        assertEquals(List.of("feed.multicast-group-b: '239.1.1.2' is a second line, and"
            + " feed.transport soupbintcp has one connection and no lines; leave it out"),
            problems(Map.of("feed.source", "itch50", "feed.transport", "soupbintcp",
                "feed.multicast-group-b", "239.1.1.2", "soupbintcp.port", "9000",
                "soupbintcp.username", "U"), Map.of("MILLRACE_SOUPBINTCP_PASSWORD", "P")));
    }

    @Test
    void shouldRefuseMoreBooksThanThereCanBe() {
        assertEquals(List.of("engine.max-instruments times engine.max-venues: 500000 is not from"
            + " 1 to 131072"), problems(Map.of("engine.max-instruments", "100000")));
    }

    @Test
    void shouldRefuseThresholdsOfMemoryThatDoNotStandApart() {
        assertEquals(List.of("bridge.redis.memory-low-percent: 90 is not less than"
            + " bridge.redis.memory-high-percent 90"),
            problems(Map.of("bridge.redis.memory-low-percent", "90")));
    }

    @Test
    void shouldTakeTheDefaultsAndPinsOfThreadsThatAreThere() {
        assertDoesNotThrow(() -> check(Map.of()));
        assertDoesNotThrow(() -> check(Map.of("engine.threading", "shared", "engine.cores",
            "shared=1")));
        assertDoesNotThrow(() -> check(Map.of("engine.threading", "dedicated", "engine.cores",
            "ingress=0,chain=1,journal-in=2,journal-out=2")));
    }

    private static List<String> problems(Map<String, String> flags) {
        return problems(flags, Map.of());
    }

    private static List<String> problems(Map<String, String> flags, Map<String, String> secrets) {
        return assertThrows(ConfigurationException.class,
            () -> RunOptions.check(new ConfigurationLoader().flags(flags).conclude(), secrets))
            .problems();
    }

    private static void check(Map<String, String> flags) {
        RunOptions.check(new ConfigurationLoader().flags(flags).conclude(), Map.of());
    }
}
