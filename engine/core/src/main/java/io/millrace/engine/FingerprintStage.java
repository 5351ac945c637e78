// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookStage;
import io.millrace.codec.event.FingerprintEncoder;
import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventStage;
import io.millrace.event.EventView;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.DirectBuffer;

/**
 * Hashes everything that was derived, measurements left out, and publishes it together with the
 * books' hash of everything applied: at every multiple of an interval of inbound sequences, behind
 * a hole of the journal, whose outbound end it marks, and finally when the engine stops. Two runs
 * with equal fingerprints did the same. Owned by the chain's thread.
 */
final class FingerprintStage implements EventStage {
    private static final long[] FACTORS = factors();
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final DerivedEvents derived;
    private final BookStage books;
    private final int interval;
    private final FingerprintEncoder encoder = new FingerprintEncoder();
    private long nextAt;
    private long outputHash;
    private long outputCount;

    FingerprintStage(DerivedEvents derived, BookStage books, int interval) {
        this.derived = derived;
        this.books = books;
        this.interval = interval;
    }

    @Override
    public void onEvent(EventView event) {
        int count = derived.count();
        for (int i = 0; i < count; i++) {
            EventView output = derived.get(i);
            hash(output.buffer(), output.offset(), output.blockLength());
        }
        outputCount += count;
        if (event.sequence() >= nextAt) {
            onInterval(event);
        } else if (event.templateId() == JournalGapDecoder.TEMPLATE_ID) {
            publish(event, 0);
        }
        if (event.templateId() == SessionEventDecoder.TEMPLATE_ID && isStop(event)) {
            publish(event, 1);
        }
    }

    void save(StateWriter writer) {
        writer.begin("prints");
        writer.putInt(interval);
        writer.putLong(nextAt);
        writer.putLong(outputHash);
        writer.putLong(outputCount);
    }

    void restore(StateReader reader) {
        reader.begin("prints");
        reader.expect("engine.fingerprint-interval", interval);
        nextAt = reader.getLong();
        outputHash = reader.getLong();
        outputCount = reader.getLong();
    }

    private void onInterval(EventView event) {
        long past = event.sequence() % interval;
        if (past == 0 || event.templateId() == JournalGapDecoder.TEMPLATE_ID) {
            publish(event, 0);
        }
        nextAt = event.sequence() - past + interval;
    }

    private void publish(EventView cause, int isFinal) {
        int offset =
            derived.claim(FingerprintEncoder.TEMPLATE_ID, FingerprintEncoder.BLOCK_LENGTH, cause);
        encoder.wrap(derived.publisher().buffer(), offset)
            .appliedHash(books.appliedHash())
            .outputHash(outputHash)
            .appliedCount(books.appliedCount())
            .outputCount(outputCount)
            .isFinal((short) isFinal);
    }

    private void hash(DirectBuffer buffer, int blockOffset, int blockLength) {
        long sum = buffer.getLong(blockOffset - EventDescriptor.HEADER_LENGTH) * MULTIPLIER;
        int words = (blockLength - EventDescriptor.MEASUREMENT_LENGTH) / Long.BYTES;
        for (int i = 0; i < words; i++) {
            sum += buffer.getLong(blockOffset + i * Long.BYTES) * FACTORS[i];
        }
        outputHash = (Long.rotateLeft(outputHash, 23) ^ sum) * MULTIPLIER;
    }

    private static boolean isStop(EventView event) {
        int kind = event.buffer()
            .getByte(event.offset() + SessionEventDecoder.kindEncodingOffset());
        return kind == SessionEventKind.ENGINE_STOPPED.value();
    }

    private static long[] factors() {
        long[] factors = new long[EventDescriptor.MAX_BLOCK_LENGTH / Long.BYTES];
        long factor = MULTIPLIER;
        for (int i = 0; i < factors.length; i++) {
            factor = factor * 0xD134_2543_DE82_EF95L + 1;
            factors[i] = factor | 1;
        }
        return factors;
    }
}
