// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.instrument.Venue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line is silent after 100 ms, the feed after 300 ms; it is probed and takes 3 packets. */
class FeedBreakerTest {
    private static final long MS = 1_000_000L;

    private final EventLog log = new EventLog();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 7, 0);
    private final FeedCounters counters = new FeedCounters();
    private final ScriptedFeed feed = new ScriptedFeed(2);
    private FeedBreaker breaker = breaker(log.publisher());
    /** Monotonic time may be below zero. */
    private long nowNs = -5_000 * MS;

    @Test
    void shouldTellWhenALineFallsSilentAndWhenItIsHeardAgain() {
        pass(1);
        assertEquals(List.of(), told(), "nothing is known of a line before its first packet");
        heard(1);
        for (int i = 0; i < 30; i++) {
            pass(10);
            heard(2);
        }
        heard(1);
        assertEquals(List.of("1 UP after 0", "2 UP after 0", "1 SILENT after 100", "1 UP after 0"),
            told());
        assertEquals(List.of(LineState.UP, LineState.UP, 1L), List.of(
            breaker.counters().shownLine(1), breaker.counters().shownLine(2),
            breaker.counters().shownSilences()));
    }

    @Test
    void shouldOpenWhenAllLinesWereSilentForTooLong() {
        heard(1);
        heard(2);
        pass(299);
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
        pass(1);
        assertEquals(BreakerState.OPEN, breaker.counters().shownState());
        assertEquals(List.of("1 UP after 0", "2 UP after 0", "1 SILENT after 100",
            "2 SILENT after 100", "0 BREAKER_OPEN after 300"), told());
    }

    @Test
    void shouldTellWhatTheChannelHeardAndLost() {
        heard(1);
        heard(2);
        heard(2);
        counters.onGap(5, 9);
        pass(300);
        EventView last = log.events().get(log.events().size() - 1);
        LineStatusDecoder status = decode(last);
        assertEquals(List.of(3L, 4L, 77L, 7, Venue.XNAS.id(), EventFlag.LAST), List.of(
            status.packetCount(), status.lostCount(), status.channelSequence(), last.channelId(),
            last.venueId(), last.flags()));
    }

    @Test
    void shouldOpenWhenNothingEverCame() {
        pass(300);
        assertEquals(List.of("1 SILENT after 100", "2 SILENT after 100",
            "0 BREAKER_OPEN after 300"), told());
    }

    @Test
    void shouldStayClosedWhileOneLineIsHeard() {
        for (int i = 0; i < 100; i++) {
            pass(299);
            heard(2);
        }
        assertEquals(0, breaker.counters().opened());
    }

    @Test
    void shouldBeHalfOpenWhenItIsHeardAndCloseOnceEnoughCame() {
        pass(300);
        pass(100);
        heard(2);
        assertEquals(BreakerState.HALF_OPEN, breaker.counters().shownState());
        pass(50);
        heard(2);
        assertEquals(BreakerState.HALF_OPEN, breaker.counters().shownState());
        pass(50);
        heard(1);
        assertEquals(BreakerState.CLOSED, breaker.counters().shownState());
        assertEquals(List.of("0 BREAKER_OPEN after 300", "0 BREAKER_HALF_OPEN after 0",
            "0 BREAKER_CLOSED after 0"), toldOfFeed());
        assertEquals(List.of(0, 200 * MS, 400 * MS, 1L, 1L), List.of(feed.probes,
            breaker.counters().openNs(), breaker.counters().longestSilenceNs(),
            breaker.counters().opened(), breaker.counters().closed()));
    }

    @Test
    void shouldProbeASilentFeedAfterGrowingWaits() {
        List<Long> probed = new ArrayList<>();
        feed.onProbe = () -> probed.add(nowNs / MS);
        long openedMs = (nowNs + 300 * MS) / MS;
        pass(3_000);
        assertEquals(BreakerState.OPEN, breaker.counters().state());
        assertTrue(probed.size() >= 4, probed.toString());
        assertWait(openedMs, probed.get(0), 200);
        for (int i = 1; i < probed.size(); i++) {
            assertWait(probed.get(i - 1) + 300, probed.get(i), 400);
        }
        assertEquals(List.of((long) probed.size(), (long) probed.size(), 1L), List.of(
            breaker.counters().shownProbes(), breaker.counters().shownFailed(),
            breaker.counters().shownOpened()));
        assertEquals(List.of("0 BREAKER_OPEN after 300"), toldOfFeed().subList(0, 1));
    }

    @Test
    void shouldCloseAfterAProbeThatBringsTheFeedBack() {
        boolean[] isBack = {false};
        feed.onProbe = () -> isBack[0] = true;
        for (int i = 0; i < 600; i++) {
            pass(1);
            if (isBack[0]) {
                heard(1);
            }
        }
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
        assertEquals(List.of(1, 0L), List.of(feed.probes, breaker.counters().failed()));
    }

    @Test
    void shouldOpenAgainWhenTooLittleCame() {
        pass(300);
        heard(1);
        pass(150);
        heard(1);
        pass(299);
        assertEquals(BreakerState.HALF_OPEN, breaker.counters().state());
        pass(1);
        assertEquals(List.of("0 BREAKER_OPEN after 300", "0 BREAKER_HALF_OPEN after 0",
            "0 BREAKER_OPEN after 300"), toldOfFeed());
        assertEquals(List.of(1L, 1L), List.of(breaker.counters().opened(),
            breaker.counters().failed()));
    }

    @Test
    void shouldStayHalfOpenWhileMessagesAreMissingThatMayStillCome() {
        pass(300);
        feed.isWaiting = true;
        listenFor(900);
        assertEquals(BreakerState.HALF_OPEN, breaker.counters().state());
        feed.isWaiting = false;
        pass(1);
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
    }

    @Test
    void shouldWaitForMissingMessagesOnlySoLong() {
        pass(300);
        feed.isWaiting = true;
        listenFor(1_100);
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
    }

    @Test
    void shouldTakeTheEndOfASessionForNoSilence() {
        heard(1);
        feed.hasEnded = true;
        pass(5_000);
        assertEquals(List.of("1 UP after 0"), told());
        feed.hasEnded = false;
        pass(1);
        assertEquals(BreakerState.OPEN, breaker.counters().state());
    }

    @Test
    void shouldLeaveTheLinesToASessionThatTellsOfThem() {
        feed.tellsOfLines = true;
        heard(1);
        pass(300);
        assertEquals(List.of("0 BREAKER_OPEN after 300"), told());
    }

    @Test
    void shouldLeaveEverythingAsItIsWhileTheRingHasNoRoom() {
        EventRing ring = new EventRing(16);
        EventReader reader = ring.newGatingReader();
        EventPublisher publisher = new EventPublisher(ring, () -> { }, null, 16);
        breaker = breaker(publisher);
        BreakerTask task = new BreakerTask(publisher, feed, breaker);
        task.onTime(nowNs);
        for (int i = 0; i < 12; i++) {
            publisher.claim(LineStatusDecoder.TEMPLATE_ID, LineStatusDecoder.BLOCK_LENGTH);
        }
        publisher.commit();
        assertEquals(0, task.onTime(nowNs + 1_000 * MS));
        assertEquals(List.of(0L, 12L), List.of(breaker.counters().opened(), publisher.claimed()));
        reader.release(reader.available());
        assertEquals(3, task.onTime(nowNs + 1_000 * MS));
        assertEquals(BreakerState.OPEN, breaker.counters().state());
    }

    @Test
    void shouldHearWhateverComesOnAConnection() {
        BreakerTask task = new BreakerTask(log.publisher(), feed, breaker);
        task.onTime(nowNs);
        feed.packets[0] = 5;
        task.onTime(nowNs + 200 * MS);
        task.onTime(nowNs + 499 * MS);
        assertEquals(BreakerState.CLOSED, breaker.counters().state());
        task.onTime(nowNs + 500 * MS);
        assertEquals(BreakerState.OPEN, breaker.counters().state());
    }

    @Test
    void shouldSayThatItBeganSoThatARecordingCanBeginAtTheSameTime() {
        assertEquals(List.of(1, 0), List.of(breaker.onTime(nowNs), breaker.onTime(nowNs)));
    }

    @Test
    void shouldRefuseTimesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new BreakerContext().openAfterNs(0));
        assertThrows(IllegalArgumentException.class, () -> new BreakerContext().probeNs(2, 1));
        assertThrows(IllegalArgumentException.class,
            () -> new BreakerContext().closeAfterPackets(0));
        assertThrows(IllegalArgumentException.class,
            () -> new BreakerContext().lineSilenceNs(BreakerContext.MAX_TIME_NS + 1));
    }

    private FeedBreaker breaker(EventPublisher publisher) {
        return new FeedBreaker(new BreakerContext().lineSilenceNs(100 * MS).openAfterNs(300 * MS)
            .probeNs(200 * MS, 400 * MS).closeAfterPackets(3).closeLimitNs(1_000 * MS), publisher,
            channel, counters, feed);
    }

    /** Lets time pass, with a duty cycle every millisecond. */
    private void pass(long ms) {
        for (long i = 0; i < ms; i++) {
            breaker.onTime(nowNs);
            nowNs += MS;
        }
        breaker.onTime(nowNs);
    }

    private void heard(int line) {
        feed.packets[line - 1]++;
        breaker.onHeard(line, nowNs);
    }

    private void listenFor(long ms) {
        for (long i = 0; i < ms; i += 10) {
            pass(10);
            heard(1);
        }
    }

    /** A wait is shortened by up to a quarter, so that not all come back together. */
    private static void assertWait(long fromMs, long toMs, long waitMs) {
        long waited = toMs - fromMs;
        assertTrue(waited >= waitMs * 3 / 4 && waited <= waitMs + 1, waited + " of " + waitMs);
    }

    private List<String> toldOfFeed() {
        return told().stream().filter(text -> text.startsWith("0")).toList();
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (EventView event : log.events()) {
            LineStatusDecoder status = decode(event);
            told.add(status.line() + " " + status.state() + " after " + status.silenceNs() / MS);
        }
        assertEquals("0 BREAKER_CLOSED after 0", told.remove(0), "it is closed at first");
        return told;
    }

    private static LineStatusDecoder decode(EventView event) {
        assertEquals(LineStatusDecoder.TEMPLATE_ID, event.templateId());
        return new LineStatusDecoder().wrap(event.buffer(), event.offset(), event.blockLength(),
            LineStatusDecoder.SCHEMA_VERSION);
    }
}
