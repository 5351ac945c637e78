// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.SegmentHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Segments as bytes, for tests. */
final class SegmentBytes {
    private SegmentBytes() {
    }

    static byte[] of(int channelId, int sessionId, long sequence, long streamOffset,
                     String... messages) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
        IexTpSegmentEncoder encoder = new IexTpSegmentEncoder(MessageProtocol.DEEP_1_0, channelId,
            sessionId).begin(target, 0, target.capacity(), sequence, streamOffset);
        for (String message : messages) {
            encoder.append(new UnsafeBuffer(message.getBytes()), 0, message.length());
        }
        byte[] segment = new byte[encoder.length()];
        target.getBytes(0, segment);
        return segment;
    }

    static byte[] sentAt(long timeNs, byte[] segment) {
        new SegmentHeaderEncoder().wrap(new UnsafeBuffer(segment), 0).sendTime(timeNs);
        return segment;
    }
}
