// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.LineState;
import io.millrace.edge.PretendedEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReaderTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SILENCE_NS = 2 * SECOND_NS;
    private static final long START_NS = 1_700_000_000L * SECOND_NS;

    private final PretendedEngine engine = PretendedEngine.running();
    private final StatusReader reader = new StatusReader(engine, SILENCE_NS);
    private long events = 1_000;

    @Test
    void shouldReadFeedsLinesRingsAndQueues() {
        EngineStatus status = at(0);

        assertEquals(EngineState.RUNNING, status.state());
        assertTrue(status.isSimulated());
        FeedStatus feed = status.feeds().get(0);
        assertEquals("SIMA-1", feed.name());
        assertEquals(List.of("A UP 0.778 1500.0", "B UP 0.222 1500.0"), feed.lines().stream()
            .map(line -> String.format("%s %s %.3f %.1f", line.name(), line.health(),
                line.wonFraction(), line.leadNs())).toList());
        assertEquals(List.of(new RingStatus("inbound", 1_024, 64, 512),
            new RingStatus("outbound", 1_024, 64, 512)), status.rings());
        assertEquals(List.of("inbound appending 1000 behind 10", "outbound appending 1000 behind"
            + " 10"), status.queues().stream().map(queue -> queue.name() + ' ' + queue.state()
            + ' ' + queue.sequence() + " behind " + queue.behind()).toList());
        assertTrue(status.isReady());
    }

    @Test
    void shouldNotBeReadyWhileAnEarlierLifeIsReplayed() {
        engine.set("engine.state", EngineState.REPLAYING.ordinal());

        EngineStatus status = at(0);

        assertFalse(status.isReady());
        assertTrue(status.checks().contains(new Check("engine", false, "replaying")),
            status.checks()::toString);
    }

    @Test
    void shouldTellRatesOverTheLastSecond() {
        at(0);
        engine.set("feed.SIMA-1.messages", 1_900);
        assertEquals(2_000, at(SECOND_NS / 2).feeds().get(0).messagesPerSecond());
        engine.set("feed.SIMA-1.messages", 2_900);
        assertEquals(2_000, at(SECOND_NS).feeds().get(0).messagesPerSecond());
        assertEquals(1_000, at(3 * SECOND_NS / 2).feeds().get(0).messagesPerSecond());
        assertEquals(0, at(5 * SECOND_NS / 2).feeds().get(0).messagesPerSecond());
    }

    @Test
    void shouldCallALineSilentOnceItBroughtNothingForSoLongAndUpAgainWithItsNextPacket() {
        engine.line("C", 0, 0);
        at(0);
        engine.line("A", 101, 700);
        assertEquals("[A UP, B UP, C UNHEARD]", health(at(SILENCE_NS - 1)));
        assertEquals("[A UP, B SILENT, C UNHEARD]", health(at(SILENCE_NS)));
        engine.line("B", 91, 200);
        assertEquals("[A UP, B UP, C UNHEARD]", health(at(SILENCE_NS + 1)));
    }

    @Test
    void shouldBelieveWhatTheFeedTellsOfLinesAndBreaker() {
        engine.tell("A", LineState.SILENT).tell("B", LineState.DOWN)
            .tellBreaker(LineState.BREAKER_OPEN);

        EngineStatus status = at(0);

        assertEquals("[A SILENT, B DOWN]", health(status));
        assertEquals(BreakerState.OPEN, status.feeds().get(0).breaker());
        assertEquals(List.of(new Check("feed SIMA-1", false, "breaker open")), failed(status));
        engine.tellBreaker(LineState.BREAKER_HALF_OPEN);
        assertEquals(BreakerState.HALF_OPEN, at(1).feeds().get(0).breaker());
        engine.tellBreaker(LineState.BREAKER_CLOSED);
        assertEquals(BreakerState.CLOSED, at(2).feeds().get(0).breaker());
    }

    @Test
    void shouldBelieveTheCountersOnceTheJournalHasStopped() {
        engine.tell("A", LineState.DOWN).tellBreaker(LineState.BREAKER_OPEN)
            .set(StatusLabels.feed(PretendedEngine.FEED, "breaker"), 0);
        assertEquals("[A DOWN, B UP]", health(at(0)));

        engine.set("journal.inbound.state", 1);
        assertEquals("[A UP, B UP]", health(at(1)));
        assertEquals(BreakerState.CLOSED, at(2).feeds().get(0).breaker());
    }

    @Test
    void shouldReadTheBreakerFromItsCounterWithoutAJournal() {
        engine.set("feed.SIMA-1.breaker", 1);
        assertEquals(BreakerState.OPEN, at(0).feeds().get(0).breaker());
        engine.set("feed.SIMA-1.breaker", 0);
        assertEquals(BreakerState.CLOSED, at(1).feeds().get(0).breaker());
    }

    @Test
    void shouldTellWhatBridgesShowOfThemselves() {
        engine.set("bridge.kafka.circuit", 1).set("bridge.kafka.epoch", 20_260_102)
            .set("bridge.kafka.lag-events", 70).set("bridge.kafka.lag-ns", 9)
            .set("bridge.kafka.failures", 5).set("bridge.kafka.stalls", 4)
            .set("bridge.kafka.dead-letters", 3).set("bridge.kafka.inbound.sequence", 1);
        assertEquals(List.of(new BridgeStatus("kafka", BreakerState.OPEN, 20_260_102, 70, 9, 0, 5,
            4, 3)), at(0).bridges());
        engine.set("bridge.kafka.circuit", 0);
        assertEquals(BreakerState.CLOSED, at(1).bridges().get(0).circuit());
    }

    @Test
    void shouldNameTheReasonOfEveryConditionThatFails() {
        engine.set("ring.inbound.used", 1_000).set("journal.outbound.state", 2);
        at(0);

        assertEquals(List.of(
            new Check("feed SIMA-1", false, "no packet for 2.5 s"),
            new Check("ring inbound", false, "97.7 % full"),
            new Check("journal outbound", false, "disk full")), failed(at(5 * SECOND_NS / 2)));
    }

    @Test
    void shouldNotBeReadyBeforeTheFirstPacket() {
        engine.line("A", 0, 0).line("B", 0, 0);

        assertEquals(List.of(new Check("feed SIMA-1", false, "no packet since the start")),
            failed(at(0)));
    }

    @Test
    void shouldTellAStandingChainFromAnEndedOne() {
        at(0);
        EngineStatus stalled = reader.read(START_NS + 5 * SECOND_NS);
        engine.set(StatusLabels.ENGINE_STATE, EngineState.FAILED.ordinal());
        EngineStatus failed = reader.read(START_NS + 6 * SECOND_NS);
        engine.set(StatusLabels.ENGINE_STATE, EngineState.STOPPED.ordinal());
        EngineStatus stopped = reader.read(START_NS + 7 * SECOND_NS);

        assertEquals(EngineState.STALLED, stalled.state());
        assertFalse(stalled.isAlive());
        assertEquals(EngineState.FAILED, failed.state());
        assertFalse(failed.isAlive());
        assertEquals(EngineState.STOPPED, stopped.state());
        assertTrue(stopped.isAlive());
        assertFalse(stopped.isReady());
    }

    @Test
    void shouldSumUpTheDistinctErrors() {
        engine.error("first").error("second").error("second");

        ErrorSummary errors = at(0).errors();

        assertEquals(3, errors.total());
        assertTrue(errors.latest().contains("second"), errors.latest());
    }

    @Test
    void shouldTakeAConnectionForALine() {
        engine.set("feed.XNAS-2.messages", 5).set("feed.XNAS-2.connected", 1);
        FeedStatus up = at(0).feeds().get(1);
        engine.set("feed.XNAS-2.connected", 0);
        FeedStatus down = at(1).feeds().get(1);

        assertEquals("[TCP UP]", health(up));
        assertEquals("[TCP DOWN]", health(down));
        assertFalse(down.isHeard());
    }

    /** A picture at a time, of a chain that has moved. */
    private EngineStatus at(long ns) {
        engine.set(StatusLabels.CHAIN_EVENTS, ++events);
        return reader.read(START_NS + ns);
    }

    private static List<Check> failed(EngineStatus status) {
        return status.checks().stream().filter(check -> !check.isGood()).toList();
    }

    private static String health(EngineStatus status) {
        return health(status.feeds().get(0));
    }

    private static String health(FeedStatus feed) {
        return feed.lines().stream().map(line -> line.name() + ' ' + line.health()).toList()
            .toString();
    }
}
