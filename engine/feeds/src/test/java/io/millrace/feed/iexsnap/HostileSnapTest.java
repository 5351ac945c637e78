// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iexsnap;

import static io.millrace.feed.iexsnap.SnapFrames.data;
import static io.millrace.feed.iexsnap.SnapFrames.snapshot;

import io.millrace.codec.iexsnap.SnapshotDataEncoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.SegmentHeaderEncoder;
import io.millrace.event.ChainClock;
import io.millrace.feed.EventLog;
import io.millrace.feed.iextp.IexTpStream;
import io.millrace.feed.snapshot.BesiegedChannel;
import io.millrace.feed.transport.ScriptedConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Snapshots that go wrong in every way while the stream goes on: none of them is believed. */
class HostileSnapTest {
    private static final int HOSTILE = Boolean.getBoolean("millrace.full") ? 1_000_000 : 50_000;
    private static final int SIEGES = 100;
    private static final int START_LENGTH = SnapFrames.start(0).length;
    private static final byte[] MESSAGE = {BesiegedChannel.MARK, 1, 2};

    private final Random random = new Random(29);
    private final EventLog log = new EventLog().countOnly();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final BesiegedChannel channel = new BesiegedChannel(log, connection,
        new IexSnapSource(new IexSnapContext("secret"), connection, log.publisher(),
            new ChainClock(log.publisher(), 0)).follow(new Stream()));
    /** Whether answers have messages, which void the books; else the stream goes on with them. */
    private boolean hasMessages;

    @Test
    void shouldHealWithTheFirstRightAnswerAndLoseNothingMeanwhile() {
        for (int siege = 0; siege < SIEGES; siege++) {
            hasMessages = siege % 2 == 0;
            channel.begin();
            for (int i = 0; i < HOSTILE / SIEGES; i++) {
                channel.answer(hostile());
            }
            channel.answer(snapshot(channel.next() - 1, frames()));
            channel.assertHealed();
        }
        System.out.println("hostile SNAP: " + channel.assertAccounted());
    }

    private byte[] hostile() {
        List<byte[]> frames = frames();
        switch (random.nextInt(hasMessages ? 8 : 7)) {
            case 0:
                return noise();
            case 1:
                frames.add(data(100 + random.nextInt(1_000), 1, MESSAGE));
                return snapshot(channel.next(), frames);
            case 2:
                frames.add(damaged());
                return snapshot(channel.next(), frames);
            case 3:
                frames.add(SnapFrames.start(1));
                return snapshot(channel.next(), frames);
            case 4:
                byte[] longer = snapshot(channel.next(), frames);
                longer[START_LENGTH - 1 - random.nextInt(8)] += (byte) (1 + random.nextInt(100));
                return longer;
            case 5:
                return SnapFrames.end(channel.next());
            case 6:
                byte[] whole = snapshot(channel.next(), frames);
                return Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
            default:
                return snapshot(1L << 40 | random.nextLong() >>> 1, frames);
        }
    }

    private List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = hasMessages ? random.nextInt(4) : 0; i > 0; i--) {
            frames.add(data(1, MESSAGE));
        }
        return frames;
    }

    /** A frame whose segment says something else than it holds. */
    private byte[] damaged() {
        byte[] frame = data(1, MESSAGE);
        SegmentHeaderEncoder segment = new SegmentHeaderEncoder()
            .wrap(new UnsafeBuffer(frame), SnapshotDataEncoder.BLOCK_LENGTH);
        switch (random.nextInt(4)) {
            case 0:
                segment.messageCount(2 + random.nextInt(60_000));
                break;
            case 1:
                segment.payloadLength(6 + random.nextInt(60_000));
                break;
            case 2:
                segment.version((short) (2 + random.nextInt(200)));
                break;
            default:
                segment.firstMessageSequenceNumber(Long.MIN_VALUE | random.nextLong());
        }
        return frame;
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(60)];
        random.nextBytes(noise);
        return noise;
    }

    /** Session 7 of channel 1, where the channel stands. */
    private final class Stream implements IexTpStream {
        @Override
        public boolean isKnown() {
            return true;
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
            return channel.next();
        }
    }
}
