// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventFlag;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.instrument.Venue;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Wire bytes from memory through the ITCH decoder into a pipeline, received when the exchange sent
 * them as at import. As an agent it ends with the last chunk. Owned by the ingress thread.
 */
public final class MemoryFeed implements Agent {
    /** The date of the simulated day. */
    public static final LocalDate DATE = LocalDate.of(2026, 1, 5);

    private static final int DUTY_MESSAGES = 256;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FeedCounters counters = new FeedCounters();
    private final Itch50Decoder decoder;
    private final MessageFile messages;
    private ByteBuffer chunk;
    private int nextChunk;
    private int offset;
    private long sequence;

    /** A feed of a file's messages into a pipeline. */
    public MemoryFeed(MessageFile messages, Pipeline pipeline) {
        this.messages = messages;
        decoder = new Itch50Decoder(pipeline.inbound(),
            new FeedChannel(Venue.XNAS, 1, EventFlag.SIMULATED), counters,
            pipeline.instruments());
        decoder.tradingDate(TradingDate.of(DATE));
    }

    /** Decodes a whole chunk. */
    public void apply(ByteBuffer whole) {
        open(whole);
        decode(Integer.MAX_VALUE);
    }

    /** Messages decoded so far; throws when one of them could not be. */
    public long messageCount() {
        if (counters.malformedMessages() > 0 || counters.unknownTypes() > 0) {
            throw new IllegalStateException("messages that could not be decoded: " + counters);
        }
        return sequence;
    }

    @Override
    public int doWork() {
        if (chunk == null || offset == chunk.capacity()) {
            if (nextChunk == messages.chunkCount()) {
                throw new AgentTerminationException();
            }
            open(messages.chunk(nextChunk++));
        }
        return decode(DUTY_MESSAGES);
    }

    @Override
    public String roleName() {
        return "memory-feed";
    }

    /** Begins a chunk. */
    void open(ByteBuffer next) {
        chunk = next;
        offset = 0;
        buffer.wrap(next);
    }

    /** Decodes some messages of the chunk; returns their number, 0 at its end. */
    int decode(int limit) {
        int end = chunk.capacity();
        int count = 0;
        while (offset < end && count < limit) {
            int length = chunk.getShort(offset) & 0xFFFF;
            int at = offset + MessageFile.LENGTH_BYTES;
            sequence++;
            long timeNs = decoder.exchangeTimeNs(buffer, at, length);
            decoder.onMessage(buffer, at, length, sequence, timeNs);
            offset = at + length;
            count++;
        }
        return count;
    }
}
