// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.instrument.Shard;
import io.millrace.strategy.Strategy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineContextTest {
    @Test
    void shouldHaveTheseKeysAndDefaults() {
        assertEquals("""
            engine.threading-mode=invoker
            engine.cores=auto
            engine.inbound-capacity=16384
            engine.outbound-capacity=16384
            engine.command-capacity-bytes=65536
            engine.batch-limit=256
            engine.fingerprint-interval=65536
            engine.strategy-budget-ns=1000000
            engine.strategy-overrun-limit=100
            engine.close-timeout-ms=30000
            engine.busy-times=false
            engine.max-instruments=16384
            engine.max-orders=2000000
            engine.max-venues=5
            engine.shard=0/1
            engine.level-updates=
            """, print(new EngineContext()));
    }

    @Test
    void shouldDefaultWhatNoConfigurationSets() {
        EngineContext context = new EngineContext();
        assertEquals(RunMode.LIVE, context.runMode());
        assertEquals(0, context.tradingDate());
        assertNull(context.clock());
        assertNull(context.counters());
        assertEquals(List.of(), context.strategies());
        assertNotNull(context.conclude().counters());
    }

    @Test
    void shouldShowWhatWasSet() {
        EngineContext context = new EngineContext().threadingMode(ThreadingMode.DEDICATED)
            .cores(CorePlan.parse("chain=1")).inboundCapacity(64).outboundCapacity(128)
                .commandCapacity(8192)
            .batchLimit(3).fingerprintInterval(7).strategyBudgetNs(9).strategyOverrunLimit(11)
                .closeTimeoutMs(13).busyTimes(true)
            .maxInstruments(15).maxOrders(17).maxVenues(19).shard(new Shard(2, 3))
            .levelUpdates("ZVZZT", "*").conclude();
        assertEquals("""
            engine.threading-mode=dedicated
            engine.cores=chain=1
            engine.inbound-capacity=64
            engine.outbound-capacity=128
            engine.command-capacity-bytes=8192
            engine.batch-limit=3
            engine.fingerprint-interval=7
            engine.strategy-budget-ns=9
            engine.strategy-overrun-limit=11
            engine.close-timeout-ms=13
            engine.busy-times=true
            engine.max-instruments=15
            engine.max-orders=17
            engine.max-venues=19
            engine.shard=2/3
            engine.level-updates=ZVZZT,*
            """, print(context));
    }

    @ParameterizedTest
    @MethodSource
    void shouldRefuseWhatIsOutOfRange(EngineContext context, String message) {
        Exception refusal = assertThrows(IllegalArgumentException.class, context::conclude);
        assertEquals(message, refusal.getMessage());
    }

    static Stream<Arguments> shouldRefuseWhatIsOutOfRange() {
        return Stream.of(
            Arguments.of(new EngineContext().inboundCapacity(1000),
                "engine.inbound-capacity 1000 is not a power of two from 2 to 8388608"),
            Arguments.of(new EngineContext().outboundCapacity(1),
                "engine.outbound-capacity 1 is not a power of two from 2 to 8388608"),
            Arguments.of(new EngineContext().commandCapacity(2048),
                "engine.command-capacity-bytes 2048 is not a power of two from 4096 to 16777216"),
            Arguments.of(new EngineContext().batchLimit(0),
            "engine.batch-limit 0 is not from 1 to 65536"),
            Arguments.of(new EngineContext().maxInstruments(131_073).maxVenues(1),
                "engine.max-instruments 131073 is not from 1 to 131072"),
            Arguments.of(new EngineContext().maxVenues(64),
                "engine.max-venues 64 is not from 1 to 63"),
            Arguments.of(new EngineContext().maxInstruments(100_000).maxVenues(5),
                "engine.max-instruments x engine.max-venues 500000 is not from 1 to 131072"),
            Arguments.of(new EngineContext().maxOrders(10_000_001),
                "engine.max-orders 10000001 is not from 1 to 10000000"),
            Arguments.of(new EngineContext().levelUpdates("A,B"), "engine.level-updates 'A,B' is"
                + " not of 1 to 16 printable ASCII characters without a space or a comma"),
            Arguments.of(new EngineContext().fingerprintInterval(0),
                "engine.fingerprint-interval 0 is not from 1 to 2147483647"),
            Arguments.of(new EngineContext().strategyBudgetNs(-1),
                "engine.strategy-budget-ns -1 is not from 0 to 9223372036854775807"),
            Arguments.of(new EngineContext().strategyOverrunLimit(0),
                "engine.strategy-overrun-limit 0 is not from 1 to 2147483647"),
            Arguments.of(new EngineContext().closeTimeoutMs(0),
                "engine.close-timeout-ms 0 is not from 1 to 1099511627776"),
            Arguments.of(new EngineContext().strategy(named("a")).strategy(named("a")),
                "two strategies have the name 'a'"),
            Arguments.of(new EngineContext().strategy(named("seventeen-letters")),
                "strategy name 'seventeen-letters' is not of 1 to 16 printable ASCII characters"
                    + " without a space"));
    }

    @Test
    void shouldNumberStrategiesWithoutAName() {
        EngineContext context = new EngineContext().strategy(named("first"))
            .strategy(new Strategy() { }).conclude();
        assertEquals(List.of("first", "strategy-2"), context.strategyNames());
    }

    private static Strategy named(String name) {
        return new Strategy() {
            @Override
            public String name() {
                return name;
            }
        };
    }

    private static String print(EngineContext context) {
        StringBuilder text = new StringBuilder();
        context.properties()
            .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }
}
