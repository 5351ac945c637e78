// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SnapshotRecovery;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.TcpReceiver;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real loopback sockets; time is the test's. */
class SoupBinTcpSessionTest {
    private static final int PATIENCE = 3_000_000;
    private static final long SECOND_NS = 1_000_000_000L;

    private final List<String> heard = new ArrayList<>();
    private final EventLog log = new EventLog();
    private final FeedChannel channel = new FeedChannel(Venue.SIMA, 3, EventFlag.SIMULATED);
    private final FeedCounters counters = new FeedCounters();
    private final MessageHandler handler = new Recorder();
    private SnapshotRecovery recovery = SnapshotRecovery.NONE;
    private SoupBinTcpServer server;
    private SoupBinTcpSession session;
    private long nowNs = 1;

    @BeforeEach
    void open() throws IOException {
        server = new SoupBinTcpServer();
    }

    @AfterEach
    void close() throws IOException {
        if (session != null) {
            session.close();
        }
        server.close();
    }

    @Test
    void shouldHearTheWholeSessionFromItsFirstMessage() throws IOException {
        server.message("a").message("").message("c");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 2);
        assertEquals(List.of("1:a", "3:c"), heard);
        assertEquals(List.of("USER  1"), server.logins());
        assertEquals(List.of("SESSION_CHANGED DAY1 1", "UP 0"), events());
        assertEquals(List.of(1L, 4L), List.of(counters.emptyMessages(),
            session.expectedSequence()));
    }

    @Test
    void shouldHearWhatIsNewFromNowOn() throws IOException {
        server.message("a").message("b");
        start(new SoupBinTcpContext().startSequence(0));
        await(() -> session.client().state() == SoupBinTcpState.UP);
        server.message("c");
        await(() -> heard.size() == 1);
        assertEquals(List.of("3:c"), heard);
        assertEquals(0, counters.gaps());
    }

    @Test
    void shouldHearWhatItIsToldToBeginWith() throws IOException {
        server.message("a").message("b").message("c");
        start(new SoupBinTcpContext().session("DAY1").startSequence(2));
        await(() -> heard.size() == 2);
        assertEquals(List.of("USER DAY1 2"), server.logins());
        assertEquals(List.of("2:b", "3:c"), heard);
    }

    @Test
    void shouldGoOnWithExactlyTheNextMessageAfterEveryCut() throws IOException {
        IntStream.rangeClosed(1, 200).forEach(i -> server.message("message " + i));
        for (int cutAfter = 34; heard.size() < 200; cutAfter++) {
            server.cutAfter(cutAfter);
            if (session == null) {
                start(new SoupBinTcpContext());
            }
            int before = server.logins().size();
            await(() -> server.logins().size() > before && !server.isConnected()
                || heard.size() == 200);
        }
        assertEquals(IntStream.rangeClosed(1, 200).mapToObj(i -> i + ":message " + i).toList(),
            heard);
        assertTrue(server.logins().size() > 20, server.logins().size() + " logins");
        assertEquals(List.of(0L, 0L, 0L), List.of(counters.gaps(), counters.duplicates(),
            counters.missing()));
    }

    @Test
    void shouldHearASlowServerByteByByte() throws IOException {
        IntStream.rangeClosed(1, 50).forEach(i -> server.message("message " + i));
        server.slice(1);
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 50);
        assertEquals("50:message 50", heard.get(49));
    }

    @Test
    void shouldGiveUpWhatTheServerSkips() throws IOException {
        server.message("a").message("b");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 2);
        server.message("c").message("d").message("e").shift(2).cut();
        await(() -> heard.size() == 3);
        assertEquals(List.of("1:a", "2:b", "5:e"), heard);
        assertEquals(List.of("USER  1", "USER DAY1 3"), server.logins());
        assertEquals(List.of("SESSION_CHANGED DAY1 1", "UP 0", "DOWN 0", "UP 0", "LOST 3 5"),
            events());
        assertEquals(List.of(1L, 2L), List.of(counters.gaps(), counters.missing()));
        assertTrue((channel.flags() & EventFlag.MAYBE_BAD) != 0);
    }

    @Test
    void shouldLeaveAHoleToTheSnapshotsWhenThereAreSome() throws IOException {
        recovery = (from, to) -> heard.add("hole " + from + " " + to);
        server.message("a").message("b").message("c").shift(2);
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 2);
        assertEquals(List.of("hole 1 3", "3:c"), heard);
        assertEquals(List.of("SESSION_CHANGED DAY1 1", "UP 0"), events());
        assertEquals(0, channel.flags() & EventFlag.MAYBE_BAD);
    }

    @Test
    void shouldAskForASnapshotOfWhatCameBeforeWhenItJoins() throws IOException {
        recovery = (from, to) -> heard.add("hole " + from + " " + to);
        server.message("a").message("b");
        start(new SoupBinTcpContext().startSequence(0));
        await(() -> heard.size() == 1);
        server.message("c");
        await(() -> heard.size() == 2);
        assertEquals(List.of("hole 1 3", "3:c"), heard);
    }

    @Test
    void shouldCountWhatTheServerRepeats() throws IOException {
        server.message("a").message("b").message("c");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 3);
        server.message("d").shift(-2).cut();
        await(() -> heard.size() == 4);
        assertEquals(List.of("1:a", "2:b", "3:c", "4:d"), heard);
        assertEquals(List.of(2L, 0L), List.of(counters.duplicates(), counters.gaps()));
    }

    @Test
    void shouldBelieveAGreatJumpOnlyWhenItIsToldTwice() throws IOException {
        server.message("a").shift(5_000_000);
        start(new SoupBinTcpContext());
        await(() -> session.expectedSequence() > 1);
        assertEquals(List.of("USER  1", "USER  1"), server.logins());
        assertEquals(List.of(1L, 5_000_000L), List.of(counters.suspiciousPackets(),
            counters.missing()));
    }

    @Test
    void shouldNotBelieveAGreatJumpThatIsNotToldAgain() throws IOException {
        server.message("a").shift(5_000_000);
        start(new SoupBinTcpContext());
        await(() -> counters.suspiciousPackets() == 1);
        server.shift(0);
        await(() -> heard.size() == 1);
        assertEquals(List.of("1:a"), heard);
        assertEquals(0, counters.gaps());
    }

    @Test
    void shouldBeginAnewWhenItsSessionIsGone() throws IOException {
        server.message("a").message("b");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 2);
        server.session("DAY2").message("x").cut();
        await(() -> heard.size() == 4);
        assertEquals(List.of("1:a", "2:b", "session", "1:x"), heard);
        assertEquals(List.of("USER  1", "USER DAY1 3", "USER  1"), server.logins());
        assertEquals(List.of("SESSION_CHANGED DAY1 1", "UP 0", "DOWN 0", "DOWN 83",
            "SESSION_CHANGED DAY2 1", "CLEARED", "UP 0"), events());
        assertEquals(1, counters.sessionChanges());
    }

    @Test
    void shouldTellTheVenuesReasonWhenItIsRejected() throws IOException {
        server.reject('A');
        start(new SoupBinTcpContext().rejectionLimit(2));
        await(() -> session.client().state() == SoupBinTcpState.REFUSED);
        assertEquals(List.of("DOWN 65", "DOWN 65"), events());
        assertEquals(2, server.logins().size());
    }

    @Test
    void shouldComeBackToAServerThatFallsSilent() throws IOException {
        server.message("a");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 1);
        server.message("b");
        nowNs += 15 * SECOND_NS;
        session.onTime(nowNs);
        session.onTime(nowNs);
        long silent = session.client().counters().disconnections(Disconnection.SILENT);
        await(() -> heard.size() == 2);
        assertEquals(List.of("1:a", "2:b"), heard);
        assertEquals(1, silent);
        assertEquals("USER DAY1 2", server.logins().get(1));
    }

    @Test
    void shouldLeaveASilentServerAndAskAnewWhenItIsProbed() throws IOException {
        server.message("a");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 1);
        session.probe();
        session.probe();
        server.message("b");
        await(() -> heard.size() == 2);
        assertEquals(List.of("1:a", "2:b"), heard);
        assertEquals(List.of(1L, 2, "USER DAY1 2"), List.of(
            session.client().counters().disconnections(Disconnection.SILENT),
            server.logins().size(), server.logins().get(1)));
    }

    @Test
    void shouldComeBackFromAServerThatNeverAnswers() throws IOException {
        server.message("a").mute();
        start(new SoupBinTcpContext());
        await(() -> session.client().state() == SoupBinTcpState.LOGGING_IN);
        nowNs += 30 * SECOND_NS;
        session.onTime(nowNs);
        assertEquals(1, session.client().counters()
            .disconnections(Disconnection.LOGIN_TIMED_OUT));
        assertEquals(SoupBinTcpState.WAITING, session.client().state());
    }

    @Test
    void shouldStayAwayAfterTheEndOfTheSession() throws IOException {
        server.message("a").end();
        start(new SoupBinTcpContext());
        await(() -> session.hasEnded());
        nowNs += 100 * SECOND_NS;
        for (int i = 0; i < 1_000; i++) {
            session.onTime(nowNs);
            server.poll();
        }
        assertEquals(List.of("1:a"), heard);
        assertEquals(1, server.logins().size());
        assertEquals(List.of("SESSION_CHANGED DAY1 1", "UP 0", "MESSAGES_ENDED DAY1 2", "DOWN 0"),
            events());
    }

    @Test
    void shouldWaitForAnotherSessionThanThatOfTheDateBefore() throws IOException {
        server.message("a").end();
        start(new SoupBinTcpContext().session("DAY1").startSequence(0));
        await(() -> session.hasEnded());
        LeftSession yesterday = session.leave();
        session.close();
        start(new SoupBinTcpContext().session("DAY1").startSequence(0));
        session.follow(yesterday);
        await(() -> server.logins().size() == 4);
        assertEquals(yesterday, session.leave());
        server.session("DAY2").message("b");
        await(() -> session.hasEnded());
        assertEquals(List.of("1:b"), heard);
        assertEquals(List.of("USER DAY1 0", "USER  1", "USER  1", "USER  1"),
            server.logins().subList(0, 4));
        assertEquals(List.of("SESSION_CHANGED DAY1 2", "UP 0", "MESSAGES_ENDED DAY1 2", "DOWN 0",
            "SESSION_CHANGED DAY2 1", "UP 0", "MESSAGES_ENDED DAY2 2", "DOWN 0"), events());
    }

    @Test
    void shouldSendSignsOfLifeAndAGoodBye() throws IOException {
        start(new SoupBinTcpContext());
        await(() -> session.client().state() == SoupBinTcpState.UP);
        nowNs += SECOND_NS;
        await(() -> server.heard().size() == 1);
        session.close();
        await(() -> server.heard().size() == 2);
        assertEquals(List.of('R', 'O'), server.heard());
    }

    @Test
    void shouldCountUnsequencedAndDebugPacketsWithoutNumbers() throws IOException {
        server.message("a");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 1);
        server.raw(ServerBytes.data('U', "loose")).raw(ServerBytes.data('+', "text"))
            .raw(ServerBytes.bare('H')).message("b");
        await(() -> heard.size() == 2);
        SoupBinTcpCounters client = session.client().counters();
        assertEquals(List.of("1:a", "2:b"), heard);
        assertEquals(List.of(1L, 1L, 1L), List.of(client.unsequenced(), client.debugs(),
            client.heartbeats()));
    }

    @Test
    void shouldComeBackAfterALengthThatCannotBeRight() throws IOException {
        server.message("a");
        start(new SoupBinTcpContext());
        await(() -> heard.size() == 1);
        server.raw(new byte[] {0, 0});
        await(() -> server.logins().size() == 2);
        server.message("b");
        await(() -> heard.size() == 2);
        assertEquals(List.of("1:a", "2:b"), heard);
        assertEquals("USER DAY1 2", server.logins().get(1));
    }

    private void start(SoupBinTcpContext context) throws IOException {
        context.credentials(new SoupBinTcpCredentials("USER", "PASS"))
            .retryNs(1_000_000, 2_000_000);
        session = new SoupBinTcpSession(context,
            new TcpReceiver(server.address(), 1 << 16, () -> 1_000_000_000_000L),
            new SoupBinTcpSession.Parts(log.publisher(), new ChainClock(log.publisher(), 0),
                channel, counters, handler, recovery));
    }

    /** Runs both sides, and time with them, slowly enough that nobody takes the other for dead. */
    private void await(BooleanSupplier condition) throws IOException {
        boolean holds = false;
        for (int i = 0; i < PATIENCE && !holds; i++) {
            nowNs += 1_000;
            session.onTime(nowNs);
            server.poll();
            holds = condition.getAsBoolean();
        }
        assertTrue(holds, () -> heard + " " + server.logins() + " "
            + session.client().counters());
    }

    private List<String> events() {
        return log.events().stream().map(SoupBinTcpSessionTest::text)
            .filter(text -> !text.isEmpty()).toList();
    }

    private static String text(EventView event) {
        DirectBuffer buffer = event.buffer();
        int offset = event.offset();
        int length = event.blockLength();
        switch (event.templateId()) {
            case GapDecoder.TEMPLATE_ID:
                GapDecoder gap = new GapDecoder().wrap(buffer, offset, length, 0);
                return gap.state() + " " + gap.fromSequence() + " " + gap.toSequence();
            case SessionEventDecoder.TEMPLATE_ID:
                SessionEventDecoder session = new SessionEventDecoder()
                    .wrap(buffer, offset, length, 0);
                return session.kind() + " " + session.session().trim() + " "
                    + session.channelSequence();
            case LineStatusDecoder.TEMPLATE_ID:
                LineStatusDecoder line = new LineStatusDecoder().wrap(buffer, offset, length, 0);
                return line.state() + " " + line.code();
            case BookClearedDecoder.TEMPLATE_ID:
                return "CLEARED";
            default:
                return "";
        }
    }

    private final class Recorder implements MessageHandler {
        @Override
        public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                              long receiveTimeNs) {
            heard.add(channelSequence + ":" + buffer.getStringWithoutLengthAscii(offset, length));
        }

        @Override
        public void onSessionChanged() {
            heard.add("session");
        }
    }
}
