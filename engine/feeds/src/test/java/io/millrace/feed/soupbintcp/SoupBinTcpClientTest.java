// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import static io.millrace.feed.soupbintcp.ServerBytes.accepted;
import static io.millrace.feed.soupbintcp.ServerBytes.bare;
import static io.millrace.feed.soupbintcp.ServerBytes.data;
import static io.millrace.feed.soupbintcp.ServerBytes.join;
import static io.millrace.feed.soupbintcp.ServerBytes.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.feed.transport.ConnectionState;
import io.millrace.feed.transport.ScriptedConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoupBinTcpClientTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final byte[] STREAM = join(data('+', "welcome"), accepted("000120426A", 7),
        data('S', "first"), bare('H'), data('S', ""), data('U', "loose"), data('+', ""),
        data('S', "second and longer"), bare('Z'));
    private static final List<String> HEARD = List.of("login due", "alive", "accepted 000120426A 7",
        "7:first", "alive", "8:", "U:loose", "alive", "9:second and longer", "end",
        "END_OF_SESSION");

    private static final String ACCEPTED = "accepted S" + " ".repeat(10) + "1";

    private final List<String> heard = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final EventRing ring = new EventRing(64);
    private final EventReader reader = ring.newGatingReader();
    private final EventPublisher publisher = new EventPublisher(ring, () -> { }, null, 4);
    private final SoupBinTcpClient client = client(1);
    private long nowNs = 1;

    @Test
    void shouldHearEveryPacketCutAtEveryByte() {
        for (int cut = 1; cut < STREAM.length; cut++) {
            logIn();
            connection.write(Arrays.copyOf(STREAM, cut));
            connection.write(Arrays.copyOfRange(STREAM, cut, STREAM.length));
            work(2);
            assertEquals(HEARD, heard, "cut at " + cut);
        }
    }

    @Test
    void shouldHearThemInChunksOfEveryLength() {
        for (int length = 1; length <= STREAM.length; length++) {
            logIn();
            for (int from = 0; from < STREAM.length; from += length) {
                connection.write(Arrays.copyOfRange(STREAM, from,
                    Math.min(STREAM.length, from + length)));
            }
            work(STREAM.length + 1);
            assertEquals(HEARD, heard, "chunks of " + length);
        }
    }

    @Test
    void shouldNotHearAPacketBeforeItsLastByte() {
        logIn();
        connection.write(accepted("S", 1));
        byte[] packet = data('S', "message");
        connection.write(Arrays.copyOf(packet, packet.length - 1));
        work(5);
        assertEquals(List.of("login due", ACCEPTED), heard);
        connection.write(Arrays.copyOfRange(packet, packet.length - 1, packet.length));
        work(1);
        assertEquals("1:message", heard.get(2));
    }

    @Test
    void shouldLogInWithWhatIsWanted() {
        logIn();
        assertEquals(List.of("/LUSER01PASS1234  WANTED" + " ".repeat(20) + "4711"), sent());
    }

    @Test
    void shouldTakeASessionPaddedOnTheLeft() {
        logIn();
        byte[] answer = accepted("", 3);
        System.arraycopy("      0042".getBytes(StandardCharsets.US_ASCII), 0, answer, 3, 10);
        connection.write(answer);
        work(1);
        assertEquals("accepted 0042" + " ".repeat(7) + "3", heard.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "00 00", "0001 53", "FFFF 4C", "0001 4F", "0001 52", "0001 58",
        "0000 53 00 00 00", "002F 41", "001F 00", "0003 4A", "FFFF 48", "FFFF 5A"})
    void shouldCloseAndComeBackAfterBytesThatCannotBeRight(String hex) {
        logIn();
        connection.write(bytes(hex));
        work(1);
        boolean isLeftToTime = hex.equals("0003 4A") || hex.equals("002F 41");
        assertEquals(isLeftToTime ? SoupBinTcpState.LOGGING_IN : SoupBinTcpState.WAITING,
            client.state());
        assertEquals(isLeftToTime ? 1 : 2, heard.size());
        nowNs += SECOND_NS;
        work(2);
        assertEquals(isLeftToTime ? 1 : 2, connection.connects());
        assertEquals(SoupBinTcpState.LOGGING_IN, client.state());
    }

    @ParameterizedTest
    @CsvSource({"0000,BAD_LENGTH", "0042 48,BAD_LENGTH", "FFFF 5A,BAD_LENGTH", "0001 41,BAD_TYPE",
        "001F 41,BAD_TYPE", "0002 4A,BAD_TYPE", "0001 4C,BAD_TYPE", "1234 00,BAD_TYPE"})
    void shouldTellWhyAPacketCannotBeRightBeforeTheRestOfItCame(String hex, Disconnection why) {
        logIn();
        connection.write(accepted("S", 1));
        connection.write(bytes(hex));
        work(2);
        assertEquals(why.toString(), heard.get(2));
        assertEquals(1, client.counters().disconnections(why));
    }

    @Test
    void shouldHearWhatStandsInFrontOfBytesThatCannotBeRight() {
        logIn();
        connection.write(join(accepted("S", 1), data('S', "good"), bytes("0000")));
        work(1);
        assertEquals(List.of("login due", ACCEPTED, "1:good", "BAD_LENGTH"), heard);
    }

    @Test
    void shouldSurviveAnyBytes() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            logIn();
            byte[] garbage = new byte[1 + random.nextInt(40)];
            random.nextBytes(garbage);
            garbage[0] = random.nextInt(4) == 0 ? garbage[0] : 0;
            connection.write(join(accepted("S", 1), garbage));
            work(2);
            drain();
        }
        SoupBinTcpCounters counters = client.counters();
        assertEquals(20_000, counters.logins());
        assertTrue(counters.disconnections(Disconnection.BAD_TYPE) > 1_000);
        assertTrue(counters.disconnections(Disconnection.BAD_LENGTH) > 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"                    ", "                   0", "                  -1",
        " 9223372036854775807", "                  1x"})
    void shouldRefuseAnAnswerWithoutASequence(String number) {
        logIn();
        byte[] answer = accepted("S", 1);
        System.arraycopy(number.getBytes(StandardCharsets.US_ASCII), 0, answer, 13, 20);
        connection.write(answer);
        work(1);
        assertEquals(List.of("login due", "BAD_LOGIN_ANSWER"), heard);
    }

    @Test
    void shouldRefuseAnAnswerWithoutASession() {
        logIn();
        connection.write(accepted("", 1));
        work(1);
        assertEquals(List.of("login due", "BAD_LOGIN_ANSWER"), heard);
    }

    @Test
    void shouldAskNoMoreOnceItWasNotAuthorisedTooOften() {
        logIn();
        for (int i = 0; i < 3; i++) {
            connection.write(rejected('A'));
            work(1);
            nowNs += 100 * SECOND_NS;
            work(1);
        }
        assertEquals(SoupBinTcpState.REFUSED, client.state());
        assertEquals(3, connection.connects());
        assertEquals(List.of("login due", "rejected A", "NOT_AUTHORISED", "login due",
            "rejected A", "NOT_AUTHORISED", "login due", "rejected A", "NOT_AUTHORISED"), heard);
    }

    @Test
    void shouldAskOnWhenASessionIsNotAvailable() {
        logIn();
        for (int i = 0; i < 10; i++) {
            connection.write(rejected('S'));
            work(1);
            nowNs += 100 * SECOND_NS;
            work(1);
        }
        assertEquals(11, connection.connects());
        assertEquals(10, client.counters().disconnections(Disconnection.SESSION_NOT_AVAILABLE));
    }

    @Test
    void shouldSendAHeartbeatAfterASecondWithoutAnythingElse() {
        up();
        nowNs += SECOND_NS - 1;
        work(1);
        assertEquals(1, connection.sent().size());
        nowNs++;
        work(2);
        assertEquals(2, connection.sent().size());
        assertEquals("[0, 1, 82]", Arrays.toString(connection.sent().get(1)));
    }

    @Test
    void shouldSendNothingButTheLoginBeforeItIsAnswered() {
        logIn();
        nowNs += 20 * SECOND_NS;
        work(1);
        assertEquals(1, connection.sent().size());
        assertEquals(SoupBinTcpState.LOGGING_IN, client.state());
    }

    @Test
    void shouldGiveUpALoginThatIsNotAnswered() {
        logIn();
        nowNs += 30 * SECOND_NS;
        work(1);
        assertEquals(List.of("login due", "LOGIN_TIMED_OUT"), heard);
    }

    @Test
    void shouldGiveUpAConnectionThatIsNotMade() {
        connection.next(ConnectionState.CONNECTING);
        client.start();
        work(1);
        nowNs += 5 * SECOND_NS;
        work(1);
        assertEquals(List.of("CONNECT_TIMED_OUT"), heard);
    }

    @Test
    void shouldComeBackLaterAndLaterWhileTheServerCannotBeReached() {
        connection.next(ConnectionState.BROKEN);
        client.start();
        work(1);
        assertEquals(List.of("CONNECT_FAILED"), heard);
        int soon = connectsWithin(SECOND_NS);
        int later = connectsWithin(10 * SECOND_NS);
        assertTrue(soon >= 2 && soon <= 6, soon + " at first");
        assertTrue(later >= 1 && later <= 10, later + " later");
        assertEquals("SoupBinTCP script user USER01: the server cannot be reached (scripted)",
            failures.get(0));
    }

    @Test
    void shouldTakeSilenceOfFifteenSecondsForTheEnd() {
        up();
        nowNs += 15 * SECOND_NS - 1;
        work(1);
        assertEquals(SoupBinTcpState.UP, client.state());
        nowNs++;
        work(1);
        assertEquals("SILENT", heard.get(2));
    }

    @Test
    void shouldTakeAnyPacketForASignOfLife() {
        up();
        for (byte[] packet : List.of(bare('H'), data('+', "x"), data('S', "x"), data('U', "x"))) {
            nowNs += 14 * SECOND_NS;
            connection.write(packet);
            work(1);
        }
        assertEquals(SoupBinTcpState.UP, client.state());
    }

    @Test
    void shouldComeBackWhenTheServerClosesWithoutAnEnd() {
        up();
        connection.write(Arrays.copyOf(data('S', "cut off"), 5));
        connection.end();
        work(3);
        assertEquals("CLOSED_BY_SERVER", heard.get(2));
        nowNs += SECOND_NS;
        work(1);
        assertEquals(2, connection.connects());
    }

    @Test
    void shouldNotComeBackAfterTheEndOfTheSession() {
        up();
        connection.write(bare('Z'));
        connection.end();
        work(3);
        nowNs += 100 * SECOND_NS;
        work(3);
        assertEquals(SoupBinTcpState.ENDED, client.state());
        assertEquals(1, connection.connects());
    }

    @Test
    void shouldTakeNoPacketWithoutRoomInTheRingAndLoseNone() {
        up();
        fillRing();
        connection.write(join(data('S', "a"), data('S', "b")));
        connection.end();
        nowNs += 20 * SECOND_NS;
        work(3);
        assertEquals(2, heard.size(), heard.toString());
        drain();
        work(3);
        assertEquals(List.of("1:a", "2:b", "CLOSED_BY_SERVER"), heard.subList(2, 5));
    }

    @Test
    void shouldKnowALoginThatWaitsForRoomFromOneThatIsNotAnswered() {
        logIn();
        fillRing();
        connection.write(accepted("S", 1));
        work(1);
        nowNs += 40 * SECOND_NS;
        work(1);
        drain();
        work(1);
        assertEquals(SoupBinTcpState.UP, client.state());
    }

    @Test
    void shouldCloseWhenTheServerTakesNothingAnyMore() {
        up();
        connection.block();
        nowNs += SECOND_NS;
        work(1);
        assertEquals("SEND_BLOCKED", heard.get(2));
    }

    @Test
    void shouldLogOutWhenItIsStopped() {
        up();
        client.stop();
        assertEquals("[0, 1, 79]", Arrays.toString(connection.sent().get(1)));
        assertEquals(SoupBinTcpState.STOPPED, client.state());
        assertEquals(ConnectionState.CLOSED, connection.state());
    }

    @Test
    void shouldShowThePasswordToNobodyButTheServer() {
        SoupBinTcpCredentials credentials = new SoupBinTcpCredentials("USER01", "PASS1234");
        logIn();
        connection.write(rejected('A'));
        work(1);
        String shown = credentials + failures.toString() + client.counters()
            + client.state() + heard;
        assertFalse(shown.contains("PASS"), shown);
        String refusal = "";
        try {
            new SoupBinTcpCredentials("USER01", "SECRET-MUCH-TOO-LONG");
        } catch (IllegalArgumentException failure) {
            refusal = failure.getMessage();
        }
        assertEquals("password is not of at most 10 printable ASCII characters", refusal);
    }

    private void logIn() {
        client.stop();
        heard.clear();
        client.start();
        work(1);
        assertEquals(SoupBinTcpState.LOGGING_IN, client.state());
    }

    private void up() {
        logIn();
        connection.write(accepted("S", 1));
        work(1);
        assertEquals(SoupBinTcpState.UP, client.state());
    }

    private void work(int times) {
        for (int i = 0; i < times; i++) {
            client.onTime(nowNs);
        }
    }

    private int connectsWithin(long spanNs) {
        int before = connection.connects();
        for (long ns = 0; ns < spanNs; ns += SECOND_NS / 100) {
            nowNs += SECOND_NS / 100;
            work(1);
        }
        return connection.connects() - before;
    }

    private void fillRing() {
        while (publisher.hasCapacity(8)) {
            publisher.claim(25, 48);
        }
    }

    private void drain() {
        publisher.commit();
        reader.release(reader.available());
    }

    private List<String> sent() {
        return connection.sent().stream()
            .map(bytes -> new String(bytes, 1, bytes.length - 1, StandardCharsets.US_ASCII))
            .toList();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private SoupBinTcpClient client(long seed) {
        SoupBinTcpContext context = new SoupBinTcpContext().jitterSeed(seed)
            .credentials(new SoupBinTcpCredentials("USER01", "PASS1234"))
            .errors(failure -> failures.add(failure.getMessage()));
        return new SoupBinTcpClient(context, connection, publisher, new ChainClock(publisher, 0),
            new Hearing());
    }

    private final class Hearing implements SoupBinTcpListener {
        @Override
        public void onLoginDue() {
            heard.add("login due");
        }

        @Override
        public byte[] wantedSession() {
            return SoupBinTcpName.of("session", "WANTED", 10);
        }

        @Override
        public long wantedSequence() {
            return 4711;
        }

        @Override
        public void onLoginAccepted(byte[] session, long sequence) {
            heard.add("accepted " + new String(session, StandardCharsets.US_ASCII) + ' '
                + sequence);
        }

        @Override
        public void onLoginRejected(byte reason) {
            heard.add("rejected " + (char) reason);
        }

        @Override
        public void onSequenced(DirectBuffer buffer, int offset, int length, long sequence,
                                long receiveTimeNs) {
            heard.add(sequence + ":" + buffer.getStringWithoutLengthAscii(offset, length));
        }

        @Override
        public void onUnsequenced(DirectBuffer buffer, int offset, int length,
                                  long receiveTimeNs) {
            heard.add("U:" + buffer.getStringWithoutLengthAscii(offset, length));
        }

        @Override
        public void onSignOfLife() {
            heard.add("alive");
        }

        @Override
        public void onEndOfSession() {
            heard.add("end");
        }

        @Override
        public void onDisconnected(Disconnection reason, long silenceNs) {
            heard.add(reason.toString());
        }
    }
}
