// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.TradeBrokenDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.event.EventView;
import io.millrace.feed.deep.DeepDecoder;
import io.millrace.feed.iex.IexMessages;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleFilterTest {
    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();

    @ParameterizedTest
    @CsvSource({"BOTH, 2, 1, 1, 13, 0", "BOOK, 2, 0, 0, 11, 2", "TRADES, 0, 1, 1, 3, 10",
        "NONE, 0, 0, 0, 0, 13"})
    void shouldLetThroughWhatTheRoleAsksForAndCountTheRest(FeedRole role, int levels, int trades,
        int breaks, long published, long withheld) {
        RoleFilter filter = new RoleFilter(new DeepDecoder(log.publisher(),
            new FeedChannel(Venue.IEXG, 1, 0), counters, new InstrumentDirectory(16)), counters,
            role, "TB", 'D');
        long sequence = 1;
        for (byte[] message : IexMessages.deep()) {
            filter.onMessage(new UnsafeBuffer(message), 0, message.length, sequence++, 1);
        }
        assertEquals(List.of((long) levels, (long) trades, (long) breaks),
            List.of(count(LevelChangedDecoder.TEMPLATE_ID), count(TradeDecoder.TEMPLATE_ID),
                count(TradeBrokenDecoder.TEMPLATE_ID)));
        assertEquals(role == FeedRole.NONE ? 0 : 1, count(InstrumentDefinedDecoder.TEMPLATE_ID));
        assertEquals(List.of(13L, published, withheld), List.of(counters.messages(),
            counters.published(), counters.withheld()));
        assertTrue(counters.isBalanced());
    }

    private long count(int templateId) {
        return log.events().stream().map(EventView::templateId).filter(id -> id == templateId)
            .count();
    }
}
