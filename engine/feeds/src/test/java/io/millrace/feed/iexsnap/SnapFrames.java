// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iexsnap;

import io.millrace.codec.iexsnap.SnapshotDataEncoder;
import io.millrace.codec.iexsnap.SnapshotEndEncoder;
import io.millrace.codec.iexsnap.SnapshotErrorEncoder;
import io.millrace.codec.iexsnap.SnapshotStartEncoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames of a snapshot server, for session 7 of channel 1 of DEEP. */
final class SnapFrames {
    static final int SESSION = 7;
    private static final int PREFIX_LENGTH = 2;

    private SnapFrames() {
    }

    static byte[] error(char reason) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[SnapshotErrorEncoder.BLOCK_LENGTH]);
        new SnapshotErrorEncoder().wrap(frame, 0).frameLength(frame.capacity() - PREFIX_LENGTH)
            .frameType((byte) 'e').reason((byte) reason);
        return frame.byteArray();
    }

    static byte[] start(long length) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[SnapshotStartEncoder.BLOCK_LENGTH]);
        new SnapshotStartEncoder().wrap(frame, 0).frameLength(frame.capacity() - PREFIX_LENGTH)
            .frameType((byte) 's').snapshotLength(length);
        return frame.byteArray();
    }

    static byte[] end(long lastIncluded) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[SnapshotEndEncoder.BLOCK_LENGTH]);
        new SnapshotEndEncoder().wrap(frame, 0).frameLength(frame.capacity() - PREFIX_LENGTH)
            .frameType((byte) 'x').snapshotSequence(lastIncluded);
        return frame.byteArray();
    }

    static byte[] data(long sequence, byte[] message) {
        return data(SESSION, sequence, message);
    }

    static byte[] data(int sessionId, long sequence, byte[] message) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[200]);
        int head = SnapshotDataEncoder.BLOCK_LENGTH;
        IexTpSegmentEncoder segment =
            new IexTpSegmentEncoder(MessageProtocol.DEEP_1_0, 1, sessionId).begin(frame, head,
                frame.capacity() - head, sequence, 0);
        segment.append(new UnsafeBuffer(message), 0, message.length);
        int length = head + segment.length();
        new SnapshotDataEncoder().wrap(frame, 0).frameLength(length - PREFIX_LENGTH)
            .frameType((byte) 'd');
        return Arrays.copyOf(frame.byteArray(), length);
    }

    /** A message with its length once more in front of it. */
    static byte[] framed(byte[] message) {
        byte[] framed = new byte[PREFIX_LENGTH + message.length];
        framed[0] = (byte) message.length;
        System.arraycopy(message, 0, framed, PREFIX_LENGTH, message.length);
        return framed;
    }

    /** A whole snapshot, its length told first. */
    static byte[] snapshot(long lastIncluded, List<byte[]> data) {
        byte[] end = end(lastIncluded);
        int length = start(0).length + end.length + data.stream().mapToInt(d -> d.length).sum();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start(length));
        data.forEach(bytes::writeBytes);
        bytes.writeBytes(end);
        return bytes.toByteArray();
    }
}
