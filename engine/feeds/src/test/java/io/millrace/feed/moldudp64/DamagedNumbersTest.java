// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static io.millrace.feed.moldudp64.SessionRig.A;
import static io.millrace.feed.moldudp64.SessionRig.B;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that were damaged on their way, and honest ones that look like them. */
class DamagedNumbersTest {
    private final ScriptedServer server = new ScriptedServer(this::nowNs);
    private final SessionRig rig = new SessionRig(SessionRig.context(), server);

    @Test
    void shouldNeitherAskNorLoseBecauseOfOneDamagedNumber() {
        rig.data(A, 1, "a");
        rig.alone(B, 900_000, "z");
        for (int i = 2; i < 100; i++) {
            rig.data(A, i, "m");
            rig.data(B, i, "m");
            rig.pass(5 * SessionRig.MS);
        }
        assertEquals(99, rig.delivered.size());
        assertEquals(List.of(), server.requests);
        assertEquals(List.of(), rig.gaps());
        assertEquals(List.of(0L, 1L), List.of(rig.counters.missing(),
            rig.counters.suspiciousPackets()));
    }

    @Test
    void shouldHealAfterADamagedNumber() {
        server.keeps("S", sequence -> sequence < 60 ? "r" : null);
        rig.data(A, 1, "a");
        rig.alone(B, 900_000, "z");
        for (int i = 2; i < 60; i++) {
            rig.data(A, i < 50 ? i : i + 1, "m");
            rig.pass(SessionRig.MS);
        }
        rig.pass(20 * SessionRig.MS);
        assertEquals(List.of("S:50+1"), server.requests);
        assertEquals(60, rig.delivered.size());
        assertEquals(0, rig.counters.missing());
    }

    @Test
    void shouldLoseNothingAtTheEndBecauseOfADamagedNumber() {
        rig.data(A, 1, "a");
        rig.alone(A, 900_000, "z");
        rig.data(B, 2, "b");
        rig.session.onEnd();
        assertEquals(List.of("1a", "2b"), rig.delivered);
        assertEquals(List.of(), rig.gaps());
        assertEquals(List.of(0L, 1L, 3L), List.of(rig.counters.missing(),
            rig.counters.suspiciousPackets(), rig.session.expectedSequence()));
    }

    @Test
    void shouldNotBelieveADamagedNumberThatIsRepeated() {
        rig.data(A, 1, "a");
        rig.alone(A, 900_000, "z");
        rig.alone(A, 900_000, "z");
        rig.data(A, 2, "b");
        rig.session.onEnd();
        assertEquals(List.of("1a", "2b"), rig.delivered);
        assertEquals(List.of(), rig.gaps());
    }

    @Test
    void shouldNotBelieveADamagedNumberThatBearsAnotherOut() {
        rig.data(A, 1, "a");
        rig.alone(A, 3, "c");
        rig.alone(B, 1_000, "z");
        rig.data(A, 4, "d");
        rig.session.onEnd();
        assertEquals(List.of("1a", "3c", "4d"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "LOST 2-3 DECLARED"), rig.gaps());
        assertEquals(1, rig.counters.suspiciousPackets());
    }

    @Test
    void shouldTakeAnEarlyPacketInItsTurnWithoutAHole() {
        rig.data(A, 1, "a");
        rig.alone(A, 3, "c");
        rig.alone(A, 2, "b");
        assertEquals(List.of("1a", "2b", "3c"), rig.delivered);
        assertEquals(List.of(), rig.gaps());
        assertEquals(3, rig.counters.lines().line(A).won());
    }

    @Test
    void shouldOpenAHoleWhenTheOtherLineTellsTheSame() {
        rig.data(A, 1, "a");
        rig.alone(A, 3, "c");
        assertEquals(List.of(), rig.gaps());
        rig.alone(B, 3, "c");
        assertEquals(List.of("OPEN 2-3 NONE 1"), rig.gaps());
    }

    @Test
    void shouldLoseTheTailThatTheEndOfTheSessionNames() {
        rig.data(A, 1, "a");
        rig.alone(A, 3, "c");
        rig.end(A, 4);
        rig.session.onEnd();
        assertEquals(List.of("1a", "3c"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "LOST 2-3 DECLARED"), rig.gaps());
    }

    private long nowNs() {
        return rig.nowNs;
    }
}
