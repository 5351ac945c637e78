// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.GapDecoder;
import io.millrace.event.EventView;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.instrument.Venue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredHolesTest {
    private final EventLog log = new EventLog();
    private final ChannelEvents events =
        new ChannelEvents(log.publisher(), new FeedChannel(Venue.XNAS, 0, 0));
    private final DeclaredHoles holes = new DeclaredHoles();

    @Test
    void shouldLeaveLostWhatIsBeyondTheLimit() {
        for (int i = 0; i < DeclaredHoles.LIMIT + 3; i++) {
            holes.addLost(10 * i + 1, 10 * i + 3);
        }
        List<String> healed = heal();
        assertEquals(DeclaredHoles.LIMIT, healed.size());
        assertEquals(List.of("1-3", "631-633"), List.of(healed.get(0), healed.get(63)));
    }

    @Test
    void shouldGiveUpALostOneForOneThatIsStillOpen() {
        for (int i = 0; i < DeclaredHoles.LIMIT; i++) {
            holes.addLost(10 * i + 1, 10 * i + 3);
        }
        holes.addOpen(1_001, 1_002);
        List<String> healed = heal();
        assertEquals(DeclaredHoles.LIMIT, healed.size());
        assertEquals(List.of("11-13", "1001-1002"), List.of(healed.get(0), healed.get(63)));
    }

    @Test
    void shouldForgetWhatIsDeclaredOnceMore() {
        holes.addLost(1, 3);
        holes.addOpen(5, 6);
        holes.addOpen(8, 9);
        holes.forgetFrom(5);
        holes.addLost(5, 12);
        assertEquals(List.of("1-3", "5-12"), heal());
        assertEquals(List.of(), heal());
    }

    private List<String> heal() {
        int before = log.events().size();
        holes.heal(events);
        List<String> healed = new ArrayList<>();
        GapDecoder gap = new GapDecoder();
        for (EventView event : log.events().subList(before, log.events().size())) {
            gap.wrap(event.buffer(), event.offset(), GapDecoder.BLOCK_LENGTH, 0);
            healed.add(gap.fromSequence() + "-" + gap.toSequence());
        }
        return healed;
    }
}
