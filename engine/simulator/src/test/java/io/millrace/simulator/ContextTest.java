// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class ContextTest {
    @Test
    void shouldHaveTheseDefaultsOfFlow() {
        OrderFlowContext context = new OrderFlowContext().conclude();
        assertEquals(List.of(1L, 1_000, 1_000_000L, 100_000, 0.9, 3, true, 0L, 0L),
            List.of(context.seed(), context.symbols(), context.messages(), context.liveOrders(),
                context.zipfExponent(), context.burstFactor(), context.isNaturalDay(),
                context.startTimeNs(), context.durationNs()));
    }

    @Test
    void shouldNameOptionValueAndRangeOfWhatItRefuses() {
        assertRefused("simulator.symbols 10001 is not within 1 to 10000",
            new OrderFlowContext().symbols(10_001));
        assertRefused("simulator.live-orders 99 is not within 100 to 4000000",
            new OrderFlowContext().liveOrders(99));
        assertRefused("simulator.messages 1000 is not within 205203 to 10000000000",
            new OrderFlowContext().messages(1_000));
        assertRefused("simulator.burst-factor 0 is not within 1 to 10",
            new OrderFlowContext().burstFactor(0));
        assertRefused("simulator.zipf-exponent NaN is not within 0 to 2",
            new OrderFlowContext().zipfExponent(Double.NaN));
        assertRefused("simulator.start-time-ns -1 is not within 0 to 86399999999999",
            new OrderFlowContext().compressed(-1, 1));
        assertRefused("simulator.duration-ns 2 is not within 1 to 1",
            new OrderFlowContext().compressed(86_399_999_999_998L, 2));
    }

    @Test
    void shouldMakeTheShortestDayItAllows() {
        for (int symbols : new int[]{1, 2, 3, 100, 10_000}) {
            for (int liveOrders : new int[]{100, 5_000, 60_000}) {
                long messages = DayPlan.minMessages(symbols, liveOrders);
                OrderFlow flow = new OrderFlow(new OrderFlowContext().symbols(symbols)
                    .liveOrders(liveOrders).messages(messages));
                NaiveBooks books = new NaiveBooks();
                flow.writeTo(new CheckingSink(books));
                assertEquals(messages, flow.counts().messages());
                assertEquals(6, flow.counts().ofType('S'));
                assertEquals(books.liveOrders(), flow.books().liveOrders());
            }
        }
    }

    private static void assertRefused(String message, OrderFlowContext context) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }

    private record CheckingSink(NaiveBooks books) implements FlowSink {
        @Override
        public void onMessage(DirectBuffer buffer, int offset, int length, long timeNs) {
            books.onMessage(buffer, offset, length);
        }

        @Override
        public void close() {
        }
    }
}
