// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iexsnap;

import static io.millrace.feed.iexsnap.SnapFrames.data;
import static io.millrace.feed.iexsnap.SnapFrames.end;
import static io.millrace.feed.iexsnap.SnapFrames.error;
import static io.millrace.feed.iexsnap.SnapFrames.framed;
import static io.millrace.feed.iexsnap.SnapFrames.snapshot;
import static io.millrace.feed.iexsnap.SnapFrames.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.ChainClock;
import io.millrace.feed.EventLog;
import io.millrace.feed.iex.IexMessages;
import io.millrace.feed.iextp.IexTpStream;
import io.millrace.feed.snapshot.SnapshotHandler;
import io.millrace.feed.transport.ConnectionState;
import io.millrace.feed.transport.ScriptedConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IexSnapSourceTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final byte[] DIRECTORY = IexMessages.securityDirectory(0, 1);
    private static final byte[] LEVEL = IexMessages.buyUpdate(1, 100, 5);
    private static final byte[] OTHER_LEVEL = IexMessages.of("B", IexMessages.sellUpdate(1, 9, 5));

    private final List<String> heard = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final EventLog log = new EventLog();
    private final Stream stream = new Stream();
    private final IexSnapSource source = new IexSnapSource(new IexSnapContext("secret")
        .errors(failure -> errors.add(failure.getMessage())), connection, log.publisher(),
        new ChainClock(log.publisher(), 0)).follow(stream);
    private long nowNs = 1;

    @Test
    void shouldAskInTheNameOfTheSessionThatIsFollowed() {
        stream.isKnown = false;
        begin();
        assertEquals(0, connection.connects());
        stream.isKnown = true;
        work(1);
        assertEquals("3900" + "72" + HexFormat.of().formatHex("secret".getBytes())
            + "20".repeat(34) + "01000000" + "07000000" + "e803000000000000",
            HexFormat.of().formatHex(connection.sent().get(0)));
        assertEquals(List.of("asked"), heard);
    }

    @Test
    void shouldMarkTheLastLevelOfEachInstrument() {
        begin();
        connection.write(snapshot(1_200, List.of(data(1, IexMessages.systemEvent('O')),
            data(2, DIRECTORY), data(3, LEVEL), data(4, LEVEL), data(5, OTHER_LEVEL),
            data(6, LEVEL), data(7, DIRECTORY))));
        work(2);
        assertEquals(List.of("asked", "S 1", "D 2", "8 3", "8 4 last", "5 5 last", "8 6 last",
            "D 7", "next 1201"), heard);
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldPassOverALengthThatStandsTwice() {
        begin();
        connection.write(snapshot(9, List.of(data(1, framed(DIRECTORY)),
            data(2, framed(LEVEL)))));
        work(2);
        assertEquals(List.of("asked", "D 1", "8 2 last", "next 10"), heard);
    }

    @Test
    void shouldTakeAnAnswerInAnyPieces() {
        byte[] answer = snapshot(9, List.of(data(1, DIRECTORY), data(2, LEVEL)));
        begin();
        for (byte b : answer) {
            connection.write(new byte[] {b});
        }
        work(answer.length + 1);
        assertEquals(List.of("asked", "D 1", "8 2 last", "next 10"), heard);
    }

    @Test
    void shouldFailWhereverTheAnswerIsCut() {
        byte[] answer = snapshot(9, List.of(data(1, DIRECTORY), data(2, LEVEL)));
        begin();
        for (int length = 0; length < answer.length; length++) {
            heard.clear();
            connection.write(Arrays.copyOf(answer, length));
            connection.end();
            work(4);
            assertEquals("failed", heard.get(heard.size() - 1), "cut at " + length);
            assertFalse(heard.contains("next 10"));
            nowNs += 20 * SECOND_NS;
            work(1);
        }
        assertEquals(answer.length, errors.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "01007a", "030078aabb", "03007302", "09006400",
        "020065", "0100780000", "0500640101020304"})
    void shouldFailAtAFrameThatCannotBeRight(String hex) {
        begin();
        connection.write(start(1_000));
        connection.write(data(1, DIRECTORY));
        byte[] frame = Arrays.copyOf(HexFormat.of().parseHex(hex), 40);
        connection.write(frame);
        work(5);
        assertTrue(heard.contains("failed"), () -> heard + " " + hex);
        assertFalse(heard.stream().anyMatch(line -> line.startsWith("next")));
    }

    @Test
    void shouldFailAtALengthThatIsNotTheOneAnnounced() {
        begin();
        byte[] level = data(1, LEVEL);
        connection.write(start(11 + 11 + level.length + 1));
        connection.write(level);
        connection.write(end(9));
        work(4);
        assertEquals(List.of("asked", "failed"), heard);
    }

    @Test
    void shouldFailAsSoonAsAnAnswerIsLongerThanAnnounced() {
        begin();
        byte[] level = data(1, LEVEL);
        connection.write(start(11 + level.length));
        connection.write(level);
        connection.write(level);
        connection.write(level);
        work(4);
        assertEquals(List.of("asked", "failed"), heard);
    }

    @Test
    void shouldFailAtAMessageOfAnotherSession() {
        begin();
        connection.write(snapshot(9, List.of(data(1, DIRECTORY), data(8, 2, LEVEL))));
        work(2);
        assertEquals(List.of("asked", "failed"), heard);
    }

    @Test
    void shouldFailAtDataBeforeTheStart() {
        begin();
        connection.write(data(1, DIRECTORY));
        work(2);
        assertEquals(List.of("asked", "failed"), heard);
    }

    @ParameterizedTest
    @ValueSource(chars = {'E', 'Q', 'R', 'S', '?'})
    void shouldAskAgainWhenThereIsNoneYet(char reason) {
        begin();
        connection.write(error(reason));
        work(2);
        nowNs += SECOND_NS;
        work(1);
        connection.write(snapshot(2_000, List.of(data(1, LEVEL))));
        work(2);
        assertEquals(List.of("asked", "failed", "asked", "8 1 last", "next 2001"), heard);
        assertEquals(2, connection.connects());
    }

    @ParameterizedTest
    @ValueSource(chars = {'A', 'C', 'U'})
    void shouldNotAskAgainWhenTheServerWillNotHaveUs(char reason) {
        begin();
        connection.write(error(reason));
        work(2);
        nowNs += 100 * SECOND_NS;
        work(3);
        assertEquals(List.of("asked", "refused"), heard);
        assertEquals(List.of("SNAP script: refused, reason " + reason), errors);
    }

    @Test
    void shouldGiveASilentServerUp() {
        begin();
        connection.write(start(1_000));
        work(1);
        nowNs += 10 * SECOND_NS - 1;
        work(1);
        assertEquals(List.of("asked"), heard);
        nowNs++;
        work(1);
        assertEquals(List.of("asked", "failed"), heard);
    }

    @Test
    void shouldComeBackWhenThereIsNoConnection() {
        connection.next(ConnectionState.BROKEN);
        begin();
        assertEquals(List.of("failed"), heard);
        connection.next(ConnectionState.CONNECTING);
        nowNs += SECOND_NS;
        work(1);
        nowNs += 5 * SECOND_NS;
        work(1);
        assertEquals(List.of("failed", "failed"), heard);
        source.stop();
        connection.next(ConnectionState.CONNECTED);
        nowNs += 100 * SECOND_NS;
        work(2);
        assertEquals(2, connection.connects());
    }

    @Test
    void shouldNeverBelieveNoise() {
        Random random = new Random(5);
        byte[] answer = snapshot(9, List.of(data(1, DIRECTORY), data(2, LEVEL)));
        int count = Boolean.getBoolean("millrace.full") ? 1_000_000 : 20_000;
        begin();
        int believed = 0;
        for (int i = 0; i < count; i++) {
            byte[] noise = answer.clone();
            for (int k = 1 + random.nextInt(3); k > 0; k--) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            heard.clear();
            connection.write(noise);
            connection.end();
            work(3);
            believed += heard.stream().anyMatch(line -> line.startsWith("next")) ? 1 : 0;
            assertTrue(heard.size() > 0, "each attempt ends");
            source.stop();
            begin();
        }
        assertTrue(believed < count, "damage within a message cannot be told");
        assertTrue(errors.size() > count / 4, () -> errors.size() + " errors");
    }

    @Test
    void shouldRefuseATokenThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new IexSnapContext(""));
        assertThrows(IllegalArgumentException.class, () -> new IexSnapContext("a\tb"));
        assertThrows(IllegalArgumentException.class, () -> new IexSnapContext("a".repeat(41)));
    }

    private void begin() {
        source.start(new Hearing());
        work(1);
    }

    private void work(int times) {
        for (int i = 0; i < times; i++) {
            source.onTime(nowNs);
        }
        log.events();
    }

    /** Session 7 of channel 1, which goes on with message 1,000. */
    private static final class Stream implements IexTpStream {
        private boolean isKnown = true;

        @Override
        public boolean isKnown() {
            return isKnown;
        }

        @Override
        public int protocolId() {
            return MessageProtocol.DEEP_1_0.value();
        }

        @Override
        public long channelId() {
            return 1;
        }

        @Override
        public long sessionId() {
            return SnapFrames.SESSION;
        }

        @Override
        public long expectedSequence() {
            return 1_000;
        }
    }

    private final class Hearing implements SnapshotHandler {
        @Override
        public void onSnapshotAsked() {
            heard.add("asked");
        }

        @Override
        public void onSnapshotMessage(DirectBuffer buffer, int offset, int length, long sequence,
                                      long receiveTimeNs) {
            heard.add((char) buffer.getByte(offset) + " " + sequence);
        }

        @Override
        public void onLastSnapshotMessage(DirectBuffer buffer, int offset, int length,
                                          long sequence, long receiveTimeNs) {
            heard.add((char) buffer.getByte(offset) + " " + sequence + " last");
        }

        @Override
        public void onSnapshotEnded(long next) {
            heard.add("next " + next);
            source.stop();
        }

        @Override
        public void onSnapshotFailed() {
            heard.add("failed");
        }

        @Override
        public void onSnapshotRefused() {
            heard.add("refused");
        }
    }
}
