// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import static io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder.HEADER_LENGTH;
import static io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder.LENGTH_LENGTH;

import io.millrace.codec.soupbintcp.ClientHeartbeatDecoder;
import io.millrace.codec.soupbintcp.EndOfSessionEncoder;
import io.millrace.codec.soupbintcp.LoginRequestDecoder;
import io.millrace.codec.soupbintcp.LogoutRequestDecoder;
import io.millrace.codec.soupbintcp.SequencedDataEncoder;
import io.millrace.codec.soupbintcp.ServerHeartbeatEncoder;
import io.millrace.feed.soupbintcp.AsciiNumber;
import io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder;
import io.millrace.simulator.OrderFlow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client of a SoupBinTCP server: its login, then its messages as fast as it reads them, then
 * the end. What waits for the socket is bounded; a client that does not read or does not speak is
 * given up. Owned by the thread of its server.
 */
final class SoupConnection implements AutoCloseable {
    private static final int INPUT_LENGTH = 1_024;
    private static final int LONGEST_PACKET = HEADER_LENGTH
        + OrderFlow.MAX_MESSAGE_LENGTH;

    private final ByteChannel channel;
    private final StreamContext context;
    private final StreamMessages messages;
    private final Tally<StreamCount> truth;
    private final SoupBinTcpPacketEncoder packets = new SoupBinTcpPacketEncoder();
    private final LoginRequestDecoder login = new LoginRequestDecoder();
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_LENGTH);
    private final UnsafeBuffer inputBuffer = new UnsafeBuffer(input);
    private final ByteBuffer output;
    private final UnsafeBuffer outputBuffer;
    private int outputLength;
    private long heardNs;
    private long writtenNs;
    private long messagesSent;
    private boolean isLoggedIn;
    private boolean isLast;
    private StreamCount ending;

    SoupConnection(ByteChannel channel, StreamContext context, StreamMessages messages,
        Tally<StreamCount> truth, long nowNs) {
        this.channel = channel;
        this.context = context;
        this.messages = messages;
        this.truth = truth;
        output = ByteBuffer.allocateDirect(context.bufferLengthBytes());
        outputBuffer = new UnsafeBuffer(output);
        output.limit(0);
        heardNs = nowNs;
        writtenNs = nowNs;
    }

    /** Reads, answers and writes what it can without waiting. */
    int doWork(long nowNs) {
        try {
            int work = read(nowNs);
            if (ending == null && !output.hasRemaining()) {
                fill(nowNs);
            }
            work += write(nowNs);
            checkTime(nowNs);
            return work;
        } catch (IOException broken) {
            end(StreamCount.DISCONNECTED);
            return 1;
        }
    }

    /** True when it is to be closed. */
    boolean isOver() {
        return ending != null || isLast && !output.hasRemaining();
    }

    @Override
    public void close() {
        if (ending != null) {
            truth.increment(ending);
        }
        messages.close();
        CloseHelper.quietClose(channel);
    }

    private int read(long nowNs) throws IOException {
        int length = channel.read(input);
        if (length < 0) {
            end(StreamCount.DISCONNECTED);
        } else if (length > 0) {
            heardNs = nowNs;
            takePackets();
        }
        return Math.max(0, length);
    }

    private void takePackets() {
        input.flip();
        int position = 0;
        while (ending == null && input.limit() - position >= LENGTH_LENGTH) {
            int length = LENGTH_LENGTH
                + (inputBuffer.getShort(position, ByteOrder.BIG_ENDIAN) & 0xFFFF);
            if (length < HEADER_LENGTH || length > INPUT_LENGTH) {
                end(StreamCount.MALFORMED);
                return;
            }
            if (input.limit() - position < length) {
                break;
            }
            onPacket(position, length);
            position += length;
        }
        input.position(position);
        input.compact();
    }

    private void onPacket(int offset, int length) {
        int type = inputBuffer.getByte(offset + LENGTH_LENGTH);
        if (type == LogoutRequestDecoder.TEMPLATE_ID) {
            end(StreamCount.LOGGED_OUT);
        } else if (type == LoginRequestDecoder.TEMPLATE_ID) {
            boolean isFirst = !isLoggedIn && !isLast && length >= LoginRequestDecoder.BLOCK_LENGTH;
            if (isFirst) {
                onLogin(offset);
            } else {
                end(StreamCount.MALFORMED);
            }
        } else if (!isLoggedIn && type != ClientHeartbeatDecoder.TEMPLATE_ID) {
            end(StreamCount.MALFORMED);
        }
    }

    private void onLogin(int offset) {
        login.wrap(inputBuffer, offset, LoginRequestDecoder.BLOCK_LENGTH, 0);
        if (!login.username().trim().equalsIgnoreCase(context.username())
            || !login.password().trim().equalsIgnoreCase(context.password())) {
            reject('A', StreamCount.NOT_AUTHORISED);
            return;
        }
        long first = messages.open(isActive(login.requestedSession()),
            AsciiNumber.parse(inputBuffer,
                offset + LoginRequestDecoder.requestedSequenceNumberEncodingOffset(),
                LoginRequestDecoder.requestedSequenceNumberLength()));
        if (first == 0) {
            reject('S', StreamCount.NOT_AVAILABLE);
            return;
        }
        isLoggedIn = true;
        truth.increment(StreamCount.ACCEPTED);
        outputLength += packets.loginAccepted(outputBuffer, outputLength, messages.session(),
            first);
        output.limit(outputLength);
    }

    /** True when a session's name is left open, or is that of the active one. */
    private boolean isActive(String requested) {
        String active = new String(messages.session(), StandardCharsets.US_ASCII).trim();
        return requested.isBlank() || requested.trim().equals(active);
    }

    private void reject(char reason, StreamCount count) {
        truth.increment(count);
        outputLength += packets.loginRejected(outputBuffer, outputLength, (byte) reason);
        output.limit(outputLength);
        isLast = true;
    }

    private void fill(long nowNs) {
        outputLength = 0;
        output.clear().limit(0);
        int length = StreamMessages.NOTHING;
        while (isLoggedIn && !isLast && outputBuffer.capacity() - outputLength >= LONGEST_PACKET) {
            length = messages.next(outputBuffer, outputLength + HEADER_LENGTH);
            if (length <= 0) {
                break;
            }
            outputLength += packets.header(outputBuffer, outputLength,
                SequencedDataEncoder.TEMPLATE_ID, length);
            truth.increment(StreamCount.MESSAGES);
            if (++messagesSent == context.cutAfterMessages()) {
                truth.increment(StreamCount.CUT);
                isLast = true;
            }
        }
        onMessagesEnd(length);
        if (outputLength == 0 && isLoggedIn && nowNs - writtenNs >= context.heartbeatIntervalNs()) {
            truth.increment(StreamCount.HEARTBEATS);
            outputLength = packets.header(outputBuffer, 0, ServerHeartbeatEncoder.TEMPLATE_ID, 0);
        }
        output.limit(outputLength);
    }

    private void onMessagesEnd(int length) {
        if (length == StreamMessages.ENDED) {
            outputLength += packets.header(outputBuffer, outputLength,
                EndOfSessionEncoder.TEMPLATE_ID, 0);
            truth.increment(StreamCount.ENDED);
            isLast = true;
        } else if (length == StreamMessages.GONE) {
            end(StreamCount.TOO_SLOW);
        }
    }

    private int write(long nowNs) throws IOException {
        if (!output.hasRemaining()) {
            return 0;
        }
        int length = channel.write(output);
        if (length > 0) {
            writtenNs = nowNs;
        }
        return length;
    }

    private void checkTime(long nowNs) {
        boolean isDeaf = output.hasRemaining() && nowNs - writtenNs >= context.clientTimeoutNs();
        if (ending == null && (isDeaf || nowNs - heardNs >= context.clientTimeoutNs())) {
            end(StreamCount.TIMED_OUT);
        }
    }

    private void end(StreamCount how) {
        ending = ending == null ? how : ending;
    }
}
