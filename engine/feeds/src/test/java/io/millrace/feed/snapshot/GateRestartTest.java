// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.feed.ChannelEvents;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.instrument.Venue;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** An earlier life ended while a snapshot was due, being read, or had just been read. */
class GateRestartTest {
    private final EventLog earlier = new EventLog();
    private final ChannelEvents told =
        new ChannelEvents(earlier.publisher(), new FeedChannel(Venue.SIMA, 3, 0));
    private final GateStory teller = new GateStory();
    private final ScriptedSource source = new ScriptedSource();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
    private final SnapshotGate gate = teller.gate(source,
        new SnapshotContext(SnapshotContext.MIN_HOLD_LENGTH_BYTES, 3, 1_000));

    @Test
    void shouldReadASnapshotAnewThatWasNotWhole() {
        loseSome();
        told.snapshotBegun(7, 1);
        told.cleared(ClearReason.SNAPSHOT, 7);
        resume();
        live(5, 6);
        source.asked();
        source.last(1);
        source.ended(7);
        gate.onTime(1);
        live(7, 7);
        assertEquals(List.of("BEGUN", "CLEARED", "S1!", "ENDED 7", "HEALED 3 5", "7"),
            teller.story());
        assertEquals(List.of("start", "stop"), source.calls());
    }

    @Test
    void shouldAskForASnapshotThatWasDue() {
        loseSome();
        resume();
        live(5, 5);
        source.asked();
        live(6, 6);
        source.last(1);
        source.ended(6);
        gate.onTime(1);
        assertEquals(List.of("5", "BEGUN", "CLEARED", "S1!", "ENDED 6", "HEALED 3 5", "6"),
            teller.story());
    }

    @Test
    void shouldTellThatAHoleIsHealedWhenThatWasCutOff() {
        loseSome();
        told.snapshotBegun(5, 1);
        told.cleared(ClearReason.SNAPSHOT, 5);
        told.snapshotEnded(7);
        resume();
        live(7, 7);
        assertEquals(List.of("HEALED 3 5", "7"), teller.story());
        assertEquals(List.of(), source.calls());
    }

    private void loseSome() {
        told.session(SessionEventKind.SESSION_CHANGED, "DAY1".getBytes(), 1);
        told.lost(3, 5);
    }

    private void resume() {
        ChannelHistory history = ChannelHistory.none();
        earlier.events().forEach(history::onEvent);
        gate.resume(history);
        gate.onStart();
    }

    private void live(int from, int to) {
        for (int sequence = from; sequence <= to; sequence++) {
            gate.onMessage(message, 0, 4, sequence, 1);
        }
    }
}
