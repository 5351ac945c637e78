// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.glimpse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.ChainClock;
import io.millrace.feed.EventLog;
import io.millrace.feed.itch50.WireMessages;
import io.millrace.feed.snapshot.SnapshotHandler;
import io.millrace.feed.soupbintcp.ServerBytes;
import io.millrace.feed.soupbintcp.SoupBinTcpContext;
import io.millrace.feed.soupbintcp.SoupBinTcpCredentials;
import io.millrace.feed.soupbintcp.SoupBinTcpState;
import io.millrace.feed.transport.ScriptedConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlimpseSourceTest {
    private final List<String> heard = new ArrayList<>();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final EventLog log = new EventLog();
    private final GlimpseSource source = new GlimpseSource(new SoupBinTcpContext()
        .credentials(new SoupBinTcpCredentials("U", "P")).rejectionLimit(2), connection,
        log.publisher(), new ChainClock(log.publisher(), 0));
    private boolean isStoppedAtTheEnd = true;
    private long nowNs = 1;

    @Test
    void shouldAskForAllOfTheActiveSession() {
        start();
        String login = new String(connection.sent().get(0), 3, 46, StandardCharsets.US_ASCII);
        assertEquals("U" + " ".repeat(5) + "P" + " ".repeat(9) + " ".repeat(10)
            + " ".repeat(19) + "1", login);
    }

    @Test
    void shouldMarkTheLastOrderOfEachInstrument() {
        start();
        send(WireMessages.systemEvent('Q'), directory(1), directory(2), order(1, 1), order(1, 2),
            order(2, 3), order(3, 4), order(3, 5), ItchMarket.end(77));
        assertEquals(List.of("asked", "S 1", "R 2", "R 3", "A 4", "A 5 last", "A 6 last", "A 7",
            "A 8 last", "next 77"), heard);
        assertEquals(SoupBinTcpState.STOPPED, source.client().state());
    }

    @Test
    void shouldMarkAnOrderAsLastWhenAnotherKindOfMessageFollows() {
        start();
        send(order(1, 1), WireMessages.systemEvent('Q'), order(1, 2), ItchMarket.end(2));
        assertEquals(List.of("asked", "A 1 last", "S 2", "A 3 last", "next 2"), heard);
    }

    @Test
    void shouldHearNothingBehindTheEnd() {
        start();
        send(ItchMarket.end(5), order(1, 1));
        assertEquals(List.of("asked", "next 5"), heard);
    }

    @Test
    void shouldFailWhenItIsCutOffAndBeginAnew() {
        start();
        send(order(1, 1), order(1, 2));
        connection.end();
        work(2);
        later();
        send(order(2, 9), ItchMarket.end(6));
        assertEquals(List.of("asked", "A 1", "failed", "asked", "A 1 last", "next 6"), heard);
    }

    @Test
    void shouldFailAtAnEndOfSessionBeforeTheEnd() {
        start();
        send(order(1, 1));
        connection.write(ServerBytes.bare('Z'));
        work(1);
        assertEquals(List.of("asked", "failed"), heard);
        later();
        assertEquals("asked", heard.get(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "G  123", "G                    ", "G                   0",
        "G                  -7", "G99999999999999999999", "G              12three"})
    void shouldFailAtAnEndThatTellsNoNumber(String end) {
        start();
        send(end.getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of("asked", "failed"), heard);
    }

    @Test
    void shouldFailWhenTheSnapshotDoesNotBeginAtItsBeginning() {
        start();
        connection.write(ServerBytes.accepted("S", 2));
        work(1);
        assertEquals(List.of("asked", "failed"), heard);
    }

    @Test
    void shouldTellWhenTheServerWillNotHaveUs() {
        start();
        connection.write(ServerBytes.rejected('A'));
        work(1);
        later();
        connection.write(ServerBytes.rejected('A'));
        work(1);
        assertEquals(List.of("asked", "failed", "asked", "refused"), heard);
    }

    @Test
    void shouldAskAgainWithoutAFailureWhenItIsTold() {
        isStoppedAtTheEnd = false;
        start();
        send(order(1, 1), order(1, 2));
        source.retry();
        later();
        send(ItchMarket.end(9));
        assertEquals(List.of("asked", "A 1", "asked", "next 9"), heard);
    }

    private void start() {
        source.start(new Hearing());
        work(1);
    }

    private void send(byte[]... messages) {
        connection.write(ServerBytes.accepted("S", 1));
        for (byte[] message : messages) {
            connection.write(ServerBytes.data('S', message));
        }
        work(messages.length + 1);
    }

    private void later() {
        nowNs += 1_000_000_000L;
        work(1);
    }

    private void work(int times) {
        for (int i = 0; i < times; i++) {
            source.onTime(nowNs);
        }
    }

    private static byte[] directory(int locate) {
        return at(locate, WireMessages.stockDirectory(100));
    }

    private static byte[] order(int locate, long reference) {
        return at(locate, WireMessages.addOrder(reference, 'B', 100, 10_000));
    }

    private static byte[] at(int locate, byte[] message) {
        new UnsafeBuffer(message).putByte(2, (byte) locate);
        return message;
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
            if (isStoppedAtTheEnd) {
                source.stop();
            }
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
