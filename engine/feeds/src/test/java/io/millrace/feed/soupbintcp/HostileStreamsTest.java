// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import static io.millrace.feed.soupbintcp.ServerBytes.accepted;
import static io.millrace.feed.soupbintcp.ServerBytes.bare;
import static io.millrace.feed.soupbintcp.ServerBytes.data;
import static io.millrace.feed.soupbintcp.ServerBytes.join;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.ChainClock;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SnapshotRecovery;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.ScriptedConnection;
import io.millrace.instrument.Venue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Streams that go wrong in every way: what came before goes through once and in order. */
class HostileStreamsTest {
    private static final int HOSTILE = Boolean.getBoolean("millrace.full") ? 1_000_000 : 50_000;
    private static final long LATER_NS = 60_000_000_000L;
    private static final int POLLS = 4;

    private final Random random = new Random(17);
    private final EventLog log = new EventLog().countOnly();
    private final FeedCounters counters = new FeedCounters();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final SoupBinTcpSession session = new SoupBinTcpSession(new SoupBinTcpContext()
        .credentials(new SoupBinTcpCredentials("USER", "PASS")).startSequence(1), connection,
        new SoupBinTcpSession.Parts(log.publisher(), new ChainClock(log.publisher(), 0),
            new FeedChannel(Venue.SIMA, 1, 0), counters, new Messages(), SnapshotRecovery.NONE));
    private long delivered;
    private long sent;
    private long repeated;
    private long doubtful;
    private long nowNs = 1;

    @Test
    void shouldDeliverTheGoodMessagesOnceWhateverFollowsThem() {
        for (int i = 0; i < HOSTILE; i++) {
            session.onTime(nowNs);
            connection.write(hostile());
            connection.end();
            for (int k = 0; k < POLLS; k++) {
                session.onTime(nowNs);
            }
            connection.sent().clear();
            log.count();
            nowNs += LATER_NS;
        }
        SoupBinTcpCounters client = session.client().counters();
        long ended = Arrays.stream(Disconnection.values()).mapToLong(client::disconnections).sum();
        assertEquals(List.of((long) HOSTILE, (long) HOSTILE, sent, sent + 1),
            List.of(client.connections(), ended, delivered, session.expectedSequence()));
        assertEquals(List.of(repeated, doubtful, 0L, 0L, 0L), List.of(counters.duplicates(),
            counters.suspiciousPackets(), counters.missing(), counters.gaps(),
            counters.sessionChanges()));
        assertEquals(sent + repeated, client.sequenced());
        for (Disconnection reason : List.of(Disconnection.BAD_LENGTH, Disconnection.BAD_TYPE,
            Disconnection.BAD_LOGIN_ANSWER, Disconnection.OTHER_SESSION,
            Disconnection.SUSPICIOUS_SEQUENCE, Disconnection.CLOSED_BY_SERVER)) {
            assertTrue(client.disconnections(reason) > HOSTILE / 50, client.toString());
        }
        System.out.printf("hostile SoupBinTCP: %,d streams, %,d good messages; %s%n", HOSTILE,
            delivered, client);
    }

    /** A login's answer that is wrong, or a right one with good messages and a wrong end. */
    private byte[] hostile() {
        switch (random.nextInt(9)) {
            case 0:
                return noise();
            case 1:
                return withoutNumber();
            case 2:
                doubtful++;
                return accepted("S", 1L << 40 | random.nextLong() >>> 8);
            case 3:
                doubtful++;
                return accepted("X" + random.nextInt(1_000_000_000), 1);
            case 4:
                return join(good(), new byte[2 + random.nextInt(2)]);
            case 5:
                return join(good(), bare((char) random.nextInt('0')));
            case 6:
                return join(good(), accepted("S", sent));
            case 7:
                return join(good(), new byte[] {(byte) 0xFF, (byte) 0xFF, 'S'}, noise());
            default:
                byte[] cut = join(good(), message(sent + 1));
                return Arrays.copyOf(cut, cut.length - 1 - random.nextInt(Long.BYTES + 2));
        }
    }

    /** The right session, now and then from further back than was asked for. */
    private byte[] good() {
        long first = Math.max(1, sent + 1 - random.nextInt(3));
        repeated += sent + 1 - first;
        byte[] stream = accepted("S", first);
        long last = sent + random.nextInt(5);
        for (long number = first; number <= Math.max(sent, last); number++) {
            stream = join(stream, message(number));
        }
        sent = Math.max(sent, last);
        return stream;
    }

    private byte[] withoutNumber() {
        byte[] answer = accepted("S", sent + 1);
        String[] numbers = {"0", "-1", " ", "1x", "9223372036854775808"};
        byte[] number = String.format("%20s", numbers[random.nextInt(numbers.length)])
            .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(number, 0, answer, answer.length - number.length, number.length);
        return answer;
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(60)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] message(long number) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);
        message.putLong(0, number, BIG_ENDIAN);
        return data('S', message.byteArray());
    }

    /** Every message is its own number. */
    private final class Messages implements MessageHandler {
        @Override
        public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                              long receiveTimeNs) {
            delivered++;
            assertEquals(List.of(delivered, delivered),
                List.of(channelSequence, buffer.getLong(offset, BIG_ENDIAN)));
        }

        @Override
        public void onSessionChanged() {
            throw new AssertionError("another session was believed");
        }
    }
}
