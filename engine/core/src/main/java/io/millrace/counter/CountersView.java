// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiFunction;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

/** Reads the {@link CountersFile} of a running or ended engine, from any process. One thread. */
public final class CountersView implements AutoCloseable {
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer memory;
    private final CountersReader counters;

    /**
     * @param path a counters file
     * @throws IllegalArgumentException when it is not one of this version
     */
    public CountersView(Path path) {
        mapping = IoUtil.mapExistingFile(path.toFile(), FileChannel.MapMode.READ_ONLY,
            "counters file");
        memory = new UnsafeBuffer(mapping);
        if (!CountersDescriptor.isWhole(memory)) {
            IoUtil.unmap(mapping);
            throw new IllegalArgumentException(path + " is not a counters file of version "
                + CountersDescriptor.VERSION);
        }
        counters = new CountersReader(CountersDescriptor.metadata(memory),
            CountersDescriptor.values(memory));
    }

    /** Process that writes, or wrote, the file. */
    public long pid() {
        return memory.getLong(CountersDescriptor.PID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Ms since the Unix epoch at which the file was made. */
    public long startTimeMs() {
        return memory.getLong(CountersDescriptor.START_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** The labels and values. */
    public CountersReader counters() {
        return counters;
    }

    /** Visits the distinct errors; returns their number. */
    public int forEachError(ErrorConsumer consumer) {
        return ErrorLogReader.read(CountersDescriptor.errorLog(memory), consumer);
    }

    /** Prints all counters, then all distinct errors with their counts and times. */
    public void printTo(PrintStream out) {
        printTo(out, (label, value) -> String.format("%,d", value));
    }

    /**
     * The same with values in other words.
     *
     * @param wording text of a value, by the counter's label
     */
    public void printTo(PrintStream out, BiFunction<String, Long, String> wording) {
        out.println("pid " + pid() + " since " + Instant.ofEpochMilli(startTimeMs()));
        counters.forEach((value, id, label) ->
            out.printf("%20s  %s%n", wording.apply(label, value), label));
        int errorCount = forEachError(
            (count, firstTimeMs, lastTimeMs, error) -> out.printf("%n%d times from %s to %s%n%s%n",
            count, Instant.ofEpochMilli(firstTimeMs), Instant.ofEpochMilli(lastTimeMs), error));
        out.println(errorCount + " distinct errors");
    }

    @Override
    public void close() {
        IoUtil.unmap(mapping);
    }
}
