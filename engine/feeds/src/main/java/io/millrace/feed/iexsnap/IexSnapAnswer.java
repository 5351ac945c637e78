// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iexsnap;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.deep10.PriceLevelBuyUpdateDecoder;
import io.millrace.codec.deep10.PriceLevelSellUpdateDecoder;
import io.millrace.codec.iexsnap.SnapshotDataDecoder;
import io.millrace.codec.iexsnap.SnapshotEndDecoder;
import io.millrace.codec.iexsnap.SnapshotErrorDecoder;
import io.millrace.codec.iexsnap.SnapshotStartDecoder;
import io.millrace.codec.iextp.MessageBlockDecoder;
import io.millrace.codec.iextp.SegmentHeaderDecoder;
import io.millrace.codec.tops16.QuoteUpdateDecoder;
import io.millrace.feed.iextp.IexTpStream;
import io.millrace.feed.snapshot.SnapshotHandler;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The frames of one answer, each checked whole before it is believed. A message is handed on once
 * the one behind it is seen, so that the last level of an instrument is known: the levels of an
 * instrument follow each other. Owned by the ingress thread.
 */
final class IexSnapAnswer {
    static final int PREFIX_LENGTH = Short.BYTES;

    /** What a frame was. */
    enum Outcome {
        /** One among others. */
        PART,
        /** The last one; the snapshot is whole. */
        END,
        /** The server has no snapshot; {@link #reason()} tells why. */
        ERROR,
        /** None that can be right. */
        BAD
    }

    private static final int VERSION = 1;
    private static final int SEGMENT_OFFSET = SnapshotDataDecoder.BLOCK_LENGTH;
    private static final int BLOCK_OFFSET = SEGMENT_OFFSET + SegmentHeaderDecoder.BLOCK_LENGTH;
    private static final int MESSAGE_OFFSET = BLOCK_OFFSET + MessageBlockDecoder.BLOCK_LENGTH;
    private static final int SYMBOL_OFFSET = QuoteUpdateDecoder.symbolEncodingOffset();
    private static final int SYMBOL_END = SYMBOL_OFFSET + QuoteUpdateDecoder.symbolLength();

    private final SnapshotStartDecoder startFrame = new SnapshotStartDecoder();
    private final SnapshotEndDecoder endFrame = new SnapshotEndDecoder();
    private final SnapshotErrorDecoder errorFrame = new SnapshotErrorDecoder();
    private final SegmentHeaderDecoder segment = new SegmentHeaderDecoder();
    private final UnsafeBuffer pending = new UnsafeBuffer(new byte[1 << 16]);
    private IexTpStream stream;
    private SnapshotHandler handler;
    private long channelId;
    private long sessionId;
    private boolean isStarted;
    private long announcedLength;
    private long length;
    private long lastIncluded;
    private byte reason;
    private int pendingLength;
    private long pendingSequence;
    private long pendingTimeNs;

    /** Awaits an answer from its first frame on: about the stream as it is now. */
    void begin(IexTpStream wanted, SnapshotHandler snapshotHandler) {
        stream = wanted;
        handler = snapshotHandler;
        channelId = wanted.channelId();
        sessionId = wanted.sessionId();
        isStarted = false;
        length = 0;
        pendingLength = 0;
    }

    /** Why the server has no snapshot. */
    byte reason() {
        return reason;
    }

    /** Number of the last live message that the snapshot contains. */
    long lastIncluded() {
        return lastIncluded;
    }

    /** Bytes of the frame at a place; 0 while its length is not there. */
    static int frameLength(DirectBuffer buffer, int offset, int available) {
        return available < PREFIX_LENGTH ? 0
            : PREFIX_LENGTH + (buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF);
    }

    /** Takes a whole frame; what it completes goes to the handler. */
    Outcome onFrame(DirectBuffer buffer, int offset, int frameLength, long receiveTimeNs) {
        if (frameLength == PREFIX_LENGTH) {
            return Outcome.BAD;
        }
        length += frameLength;
        int type = buffer.getByte(offset + PREFIX_LENGTH);
        if (type == SnapshotErrorDecoder.TEMPLATE_ID) {
            return onError(buffer, offset, frameLength);
        }
        if (type == SnapshotStartDecoder.TEMPLATE_ID) {
            return onStart(buffer, offset, frameLength);
        }
        if (!isStarted || length > announcedLength) {
            return Outcome.BAD;
        }
        if (type == SnapshotDataDecoder.TEMPLATE_ID) {
            return onData(buffer, offset, frameLength, receiveTimeNs);
        }
        return type == SnapshotEndDecoder.TEMPLATE_ID ? onEnd(buffer, offset, frameLength)
            : Outcome.BAD;
    }

    private Outcome onError(DirectBuffer buffer, int offset, int frameLength) {
        if (frameLength < SnapshotErrorDecoder.BLOCK_LENGTH) {
            return Outcome.BAD;
        }
        reason = errorFrame.wrap(buffer, offset, SnapshotErrorDecoder.BLOCK_LENGTH, 0).reason();
        return Outcome.ERROR;
    }

    private Outcome onStart(DirectBuffer buffer, int offset, int frameLength) {
        if (isStarted || frameLength < SnapshotStartDecoder.BLOCK_LENGTH) {
            return Outcome.BAD;
        }
        isStarted = true;
        announcedLength =
            startFrame.wrap(buffer, offset, SnapshotStartDecoder.BLOCK_LENGTH, 0).snapshotLength();
        return Outcome.PART;
    }

    private Outcome onEnd(DirectBuffer buffer, int offset, int frameLength) {
        if (frameLength < SnapshotEndDecoder.BLOCK_LENGTH || length != announcedLength) {
            return Outcome.BAD;
        }
        lastIncluded =
            endFrame.wrap(buffer, offset, SnapshotEndDecoder.BLOCK_LENGTH, 0).snapshotSequence();
        if (lastIncluded < 0 || lastIncluded == Long.MAX_VALUE) {
            return Outcome.BAD;
        }
        handOnPending(isLevel(pending, 0, pendingLength));
        return Outcome.END;
    }

    private Outcome onData(DirectBuffer buffer, int offset, int frameLength, long receiveTimeNs) {
        if (frameLength <= MESSAGE_OFFSET || !isOfStream(buffer, offset, frameLength)) {
            return Outcome.BAD;
        }
        int message = offset + MESSAGE_OFFSET;
        int blockLength = buffer.getShort(offset + BLOCK_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        int messageLength = blockLength;
        if (isTwiceFramed(buffer, message, blockLength)) {
            message += PREFIX_LENGTH;
            messageLength -= PREFIX_LENGTH;
        }
        handOnPending(isLevel(pending, 0, pendingLength)
            && !isOfPendingSymbol(buffer, message, messageLength));
        pending.putBytes(0, buffer, message, messageLength);
        pendingLength = messageLength;
        pendingSequence = segment.firstMessageSequenceNumber();
        pendingTimeNs = receiveTimeNs;
        return Outcome.PART;
    }

    /** True when a frame holds one segment of one message of the wanted session. */
    private boolean isOfStream(DirectBuffer buffer, int offset, int frameLength) {
        segment.wrap(buffer, offset + SEGMENT_OFFSET, SegmentHeaderDecoder.BLOCK_LENGTH, 0);
        int blockLength = buffer.getShort(offset + BLOCK_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        return segment.version() == VERSION && segment.messageCount() == 1
            && segment.messageProtocolIdRaw() == stream.protocolId()
            && segment.channelId() == channelId && segment.sessionId() == sessionId
            && segment.firstMessageSequenceNumber() >= 0 && blockLength > 0
            && segment.payloadLength() == MessageBlockDecoder.BLOCK_LENGTH + blockLength
            && frameLength == BLOCK_OFFSET + segment.payloadLength();
    }

    /** True when a block holds its message with the length once more, as the document shows it. */
    private static boolean isTwiceFramed(DirectBuffer buffer, int message, int blockLength) {
        return blockLength > PREFIX_LENGTH
            && (buffer.getShort(message, LITTLE_ENDIAN) & 0xFFFF) == blockLength - PREFIX_LENGTH;
    }

    private void handOnPending(boolean isLast) {
        int messageLength = pendingLength;
        pendingLength = 0;
        if (messageLength == 0) {
            return;
        }
        if (isLast) {
            handler.onLastSnapshotMessage(pending, 0, messageLength, pendingSequence,
                pendingTimeNs);
        } else {
            handler.onSnapshotMessage(pending, 0, messageLength, pendingSequence, pendingTimeNs);
        }
    }

    private boolean isOfPendingSymbol(DirectBuffer buffer, int message, int messageLength) {
        return isLevel(buffer, message, messageLength)
            && buffer.getLong(message + SYMBOL_OFFSET) == pending.getLong(SYMBOL_OFFSET);
    }

    /** True of a message that says what a book holds. */
    private static boolean isLevel(DirectBuffer buffer, int message, int messageLength) {
        if (messageLength < SYMBOL_END) {
            return false;
        }
        int type = buffer.getByte(message);
        return type == PriceLevelBuyUpdateDecoder.TEMPLATE_ID
            || type == PriceLevelSellUpdateDecoder.TEMPLATE_ID
            || type == QuoteUpdateDecoder.TEMPLATE_ID;
    }
}
