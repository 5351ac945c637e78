// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A memory-mapped file with the counters and errors of a running engine; {@link CountersView} reads
 * it from any process. Owned by the control thread, which closes it after everything that counts
 * has stopped.
 */
public final class CountersFile implements AutoCloseable {
    private final Path path;
    private final MappedByteBuffer mapping;
    private final Counters counters;

    private CountersFile(Path path, MappedByteBuffer mapping, Counters counters) {
        this.path = path;
        this.mapping = mapping;
        this.counters = counters;
    }

    /** Makes the file, in place of one that an earlier process left. */
    public static CountersFile create(Path path) {
        IoUtil.deleteIfExists(path.toFile());
        IoUtil.ensureDirectoryExists(path.toAbsolutePath().getParent().toFile(),
            "counters directory");
        MappedByteBuffer mapping = map(path);
        UnsafeBuffer memory = new UnsafeBuffer(mapping);
        EngineClock clock = new EngineClock();
        Counters counters = new Counters(memory, clock);
        CountersDescriptor.writeHeader(memory, ProcessHandle.current().pid(), clock.time());
        return new CountersFile(path, mapping, counters);
    }

    /** Zeros by a channel first: a full disk is an exception there, and a signal in a mapping. */
    private static MappedByteBuffer map(Path path) {
        try (FileChannel channel = FileChannel.open(path, CREATE_NEW, READ, WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(CountersDescriptor.LENGTH);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            return channel.map(MapMode.READ_WRITE, 0, CountersDescriptor.LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path, e);
        }
    }

    /** The counters and errors in the file. */
    public Counters counters() {
        return counters;
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    /** Writes everything out and ends the mapping; the file stays. */
    @Override
    public void close() {
        mapping.force();
        IoUtil.unmap(mapping);
    }
}
