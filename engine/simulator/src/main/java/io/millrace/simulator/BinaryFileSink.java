// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a BinaryFILE: each message behind its length, an empty one at the end; gzip when the name
 * ends in .gz.
 */
public final class BinaryFileSink implements FlowSink {
    private static final int CAPACITY = 1 << 20;

    private final byte[] bytes = new byte[CAPACITY];
    private final UnsafeBuffer buffered = new UnsafeBuffer(bytes);
    private final OutputStream out;
    private int position;

    /** @param file created, or overwritten */
    public BinaryFileSink(Path file) {
        out = open(file);
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long timeNs) {
        if (position + Short.BYTES + length > CAPACITY) {
            flush();
        }
        buffered.putShort(position, (short) length, BIG_ENDIAN);
        buffered.putBytes(position + Short.BYTES, buffer, offset, length);
        position += Short.BYTES + length;
    }

    @Override
    public void close() {
        onMessage(buffered, 0, 0, 0);
        flush();
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        try {
            out.write(bytes, 0, position);
            position = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OutputStream open(Path file) {
        try {
            OutputStream stream = Files.newOutputStream(file);
            boolean isPacked = file.toString().endsWith(".gz");
            return isPacked ? new GZIPOutputStream(stream, CAPACITY) : stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
