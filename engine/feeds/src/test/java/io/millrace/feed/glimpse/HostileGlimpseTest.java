// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.glimpse;

import static io.millrace.feed.soupbintcp.ServerBytes.accepted;
import static io.millrace.feed.soupbintcp.ServerBytes.bare;
import static io.millrace.feed.soupbintcp.ServerBytes.data;
import static io.millrace.feed.soupbintcp.ServerBytes.join;

import io.millrace.event.ChainClock;
import io.millrace.feed.EventLog;
import io.millrace.feed.snapshot.BesiegedChannel;
import io.millrace.feed.soupbintcp.SoupBinTcpContext;
import io.millrace.feed.soupbintcp.SoupBinTcpCredentials;
import io.millrace.feed.transport.ScriptedConnection;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Snapshots that go wrong in every way while the channel goes on: none of them is believed. */
class HostileGlimpseTest {
    private static final int HOSTILE = Boolean.getBoolean("millrace.full") ? 1_000_000 : 50_000;
    private static final int SIEGES = 100;

    private final Random random = new Random(23);
    private final EventLog log = new EventLog().countOnly();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final BesiegedChannel channel = new BesiegedChannel(log, connection,
        new GlimpseSource(new SoupBinTcpContext().credentials(
            new SoupBinTcpCredentials("USER", "PASS")), connection, log.publisher(),
            new ChainClock(log.publisher(), 0)));
    /** Whether answers have messages, which void the books; else the channel goes on with them. */
    private boolean hasMessages;

    @Test
    void shouldHealWithTheFirstRightAnswerAndLoseNothingMeanwhile() {
        for (int siege = 0; siege < SIEGES; siege++) {
            hasMessages = siege % 2 == 0;
            channel.begin();
            for (int i = 0; i < HOSTILE / SIEGES; i++) {
                channel.answer(hostile());
            }
            channel.answer(join(good(), end(Long.toString(channel.next()))));
            channel.assertHealed();
        }
        System.out.println("hostile GLIMPSE: " + channel.assertAccounted());
    }

    private byte[] hostile() {
        switch (random.nextInt(hasMessages ? 9 : 7)) {
            case 0:
                return noise();
            case 1:
                return accepted("S", 2 + (random.nextLong() >>> 1));
            case 2:
                return join(good(), bare('Z'));
            case 3:
                return join(good(), new byte[2]);
            case 4:
                return join(good(), bare((char) random.nextInt('0')));
            case 5:
                return join(good(), end("not a number"));
            case 6:
                byte[] whole = join(good(), end("1"));
                return Arrays.copyOf(whole, whole.length - 1 - random.nextInt(20));
            case 7:
                return join(good(), end("0"));
            default:
                return join(good(), end(Long.toString(1L << 40 | random.nextLong() >>> 1)));
        }
    }

    /** A login's answer and some messages. */
    private byte[] good() {
        byte[] stream = accepted("S", 1);
        for (int i = hasMessages ? random.nextInt(4) : 0; i > 0; i--) {
            stream = join(stream, data('S', new byte[] {BesiegedChannel.MARK, 1, 2}));
        }
        return stream;
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(60)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] end(String next) {
        return data('S', "G" + String.format("%20s", next));
    }
}
