// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.codec.glimpse.EndOfSnapshotEncoder;
import io.millrace.feed.soupbintcp.AsciiNumber;
import io.millrace.simulator.wire.StreamMessages;
import org.agrona.MutableDirectBuffer;

/**
 * One snapshot for one connection: it begins once the desk has everything that was sent before the
 * login, and ends with the number at which to join the live session. Owned by the thread of the
 * GLIMPSE server.
 */
final class GlimpseMessages implements StreamMessages {
    private static final long FIRST = 1;

    private final GlimpseDesk desk;
    private final EndOfSnapshotEncoder end = new EndOfSnapshotEncoder();
    private long sentBefore;
    private boolean hasBegun;
    private boolean hasEnded;

    GlimpseMessages(GlimpseDesk desk) {
        this.desk = desk;
    }

    @Override
    public byte[] session() {
        return desk.session();
    }

    @Override
    public long open(boolean isActiveSession, long requested) {
        sentBefore = desk.messagesSent();
        return isActiveSession && requested >= 0 && requested <= FIRST ? FIRST : 0;
    }

    @Override
    public int next(MutableDirectBuffer target, int offset) {
        if (hasEnded) {
            return NOTHING;
        }
        if (!hasBegun) {
            hasBegun = desk.begin(this, sentBefore);
            if (!hasBegun) {
                return NOTHING;
            }
        }
        int length = desk.cursor().next(target, offset);
        return length > 0 ? length : end(target, offset);
    }

    @Override
    public void close() {
        desk.end(this);
    }

    private int end(MutableDirectBuffer target, int offset) {
        end.wrap(target, offset).messageType((byte) EndOfSnapshotEncoder.TEMPLATE_ID);
        AsciiNumber.put(target, offset + EndOfSnapshotEncoder.sequenceNumberEncodingOffset(),
            EndOfSnapshotEncoder.sequenceNumberLength(), desk.nextSequence());
        hasEnded = true;
        desk.end(this);
        return EndOfSnapshotEncoder.BLOCK_LENGTH;
    }
}
